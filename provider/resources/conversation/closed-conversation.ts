import type { JsonObject } from "../../core/json";

// What is wrong with a closed conversation, in words. The hooks that ask are in conversation.ts (`onClosed`, `replaces`,
// `rejectUpdate`); members, messages and webhooks name their codes in `undeletableCodes`.

/** Whether a conversation is closed and not declared so. Twilio never opens one again. */
export function isClosedForGood(state: JsonObject, inputs: JsonObject): boolean {
  return state["state"] === "closed" && inputs["state"] !== "closed";
}

/** Why Twilio would refuse the update: nothing in a closed conversation changes. */
export function whyClosed(
  state: JsonObject,
  inputs: JsonObject,
  unmet: readonly string[],
): string | undefined {
  const again = "and run `pulumi up --refresh` to delete it with all its messages and create it again.";
  if (isClosedForGood(state, inputs))
    return (
      'It is closed, and Twilio opens no closed conversation. Declare state: "closed" and the rest as it was to ' +
      `keep it as it is, or declare onClosed: "replace" ${again}`
    );
  if (state["state"] !== "closed" || unmet.length === 0) return undefined;
  return (
    `It is closed, and nothing in a closed conversation can change any more. Declare ${unmet.join(" and ")} as ` +
    `it was, or take state: "closed" out, declare onClosed: "replace" ${again}`
  );
}

/** Why a closed conversation with the declared name is not adopted. */
export function whyKept({ state }: JsonObject): string | undefined {
  if (state !== "closed") return undefined;
  return (
    "It is closed, and a closed conversation keeps its uniqueName until it is deleted. Delete it, with all its " +
    "messages, or declare another uniqueName."
  );
}
