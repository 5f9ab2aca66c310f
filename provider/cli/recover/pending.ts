import { TYPE_PREFIX } from "../../core/program/provider-text";
import type { PendingOperation } from "./checkpoint";

/** What is adopted when it was made, or is nothing outside the state. */
const RECOVERABLE_TYPES = [TYPE_PREFIX, "pulumi:providers:"];

/**
 * The engine drops by itself what was interrupted, but for creations: it cannot know whether the object was made.
 * Ours are found again by the next `up`; those of another provider would be made a second time.
 */
export function isRecoverable({ type, resourceType }: PendingOperation): boolean {
  return type !== "creating" || RECOVERABLE_TYPES.some((prefix) => resourceType.startsWith(prefix));
}

const CONSEQUENCES: Record<string, string> = {
  creating: "`up` finds the object if it was made, and adopts it",
  updating: "the state has it as it was before; `up` compares and sends it again",
  deleting: "it is still in the state; `up` deletes it again",
};

export function describePending(operation: PendingOperation): string {
  const { type, urn } = operation;
  if (!isRecoverable(operation))
    return `creating ${urn}: of another provider, left as it is. Look whether it exists, then run \`pulumi refresh\` in a terminal, which clears or imports it`;
  return `${type} ${urn}: ${CONSEQUENCES[type] ?? "`up` does it again"}`;
}
