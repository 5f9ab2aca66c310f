import fc from "fast-check";
import type { Json, JsonObject } from "../../../../provider/core/json";
import { MEMBERS, type Model } from "../model";
import { type Declaration, KINDS, type Kind } from "./declaration";

/** From which a declaration is made: numbers that choose among what there is. */
export interface Recipe {
  readonly kind: Kind;
  readonly choice: number;
  readonly variant: number;
}

export const recipes: fc.Arbitrary<Recipe> = fc.record({
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constant("Participant" as const) },
    { weight: 3, arbitrary: fc.constant("Conversation" as const) },
    { weight: 7, arbitrary: fc.constantFrom(...KINDS) },
  ),
  choice: fc.nat(11),
  variant: fc.nat(11),
});

/** A declaration that the program can take in; undefined where it has no place for one. */
export function declarationOf(model: Model, { kind, choice, variant }: Recipe): Declaration | undefined {
  const number = model.next();
  const label = `${kind.toLowerCase()}-${number}`;
  const base = { kind, label, name: label, aliases: [] };
  const value = variant % 3;
  const conversationSid = pick(placesOf(model), choice);
  const history = variant % 5 === 1 ? { dateCreated: `2019-03-0${1 + value}T10:00:00Z` } : {};
  switch (kind) {
    case "Service":
      return { ...base, fields: { friendlyName: `service ${number}` }, refs: {} };
    case "Role": {
      const fields = {
        friendlyName: `role ${number}`,
        type: "conversation",
        permissions: PERMISSIONS[value] ?? [],
      };
      return { ...base, fields, refs: {} };
    }
    case "Conversation": {
      const named: JsonObject = choice % 3 === 0 ? {} : { uniqueName: `desk-${number}` };
      const friendlyName = choice % 4 === 1 ? {} : { friendlyName: `Desk ${value}` };
      const timers = TIMERS[choice % TIMERS.length];
      const fields = { ...friendlyName, ...named, ...attributes(variant), ...timers, ...history };
      return { ...base, fields, refs: {} };
    }
    case "User": {
      const identity = pick(["yan", "eve", "fay"], choice);
      if (isUsed(model, "User", { identity })) return undefined;
      const more = [
        { friendlyName: `User ${value}`, attributes: { team: value } },
        { friendlyName: `User ${value}` },
        { attributes: { team: value } },
      ];
      return { ...base, fields: { identity, ...pick(more, variant) }, refs: {} };
    }
    case "Participant": {
      const identity = pick(MEMBERS, variant);
      const refs = { conversationSid, ...roleRef(model, choice + variant) };
      const isByName = choice % 3 === 2;
      const rest = { ...attributes(choice), ...history };
      if (variant % 4 === 3)
        return { ...base, fields: { messagingBinding: bindingOf(number), ...rest }, refs, isByName };
      if (isUsed(model, "Participant", { identity }, conversationSid)) return undefined;
      return { ...base, fields: { identity, ...rest }, refs, isByName };
    }
    case "ConversationWebhook": {
      const inIt = [...model.program.values()].filter(
        (each) => each.refs["conversationSid"] === conversationSid,
      );
      if (inIt.filter((each) => each.kind === kind).length >= 3) return undefined;
      const configuration = { url: `https://example.com/${number}`, filters: ["onMessageAdded"] };
      return { ...base, fields: { target: "webhook", configuration }, refs: { conversationSid } };
    }
    case "Message": {
      const subject = choice % 2 === 0 ? {} : { subject: "news" };
      const fields = {
        author: "desk",
        body: `hello ${number}`,
        ...attributes(choice),
        ...subject,
        ...history,
      };
      return { ...base, fields, refs: { conversationSid }, isByName: variant % 2 === 0 };
    }
    case "ServiceConfiguration": {
      const serviceSid = pick(["default", "theirs", ...labelsOf(model, "Service")], choice);
      const isTaken = [...model.program.values()].some((each) => each.refs["serviceSid"] === serviceSid);
      if (isTaken) return undefined;
      const fields = variant % 3 === 2 ? {} : { reachabilityEnabled: variant % 3 === 0 };
      return { ...base, fields, refs: { serviceSid } };
    }
    case "Credential":
      return { ...base, fields: { friendlyName: `push ${number}`, ...secretOf(choice, number) }, refs: {} };
  }
}

/** A push service, and the secret that it needs. */
export function secretOf(choice: number, number: number): JsonObject {
  return choice % 2 === 0 ? { type: "fcm", secret: `s-${number}` } : { type: "gcm", apiKey: `k-${number}` };
}

/** The conversations that take new members. */
export function placesOf(model: Model): string[] {
  const open = [...model.program.values()].filter(
    ({ kind, fields }) => kind === "Conversation" && fields["state"] !== "closed",
  );
  return ["standing", ...open.map(({ label }) => label)];
}

export function labelsOf(model: Model, kind: Kind): string[] {
  return [...model.program.values()].filter((each) => each.kind === kind).map(({ label }) => label);
}

export function pick<Item>(items: readonly Item[], choice: number): Item {
  const item = items[choice % items.length];
  if (item === undefined) throw new Error("there is nothing to choose from");
  return item;
}

export const PERMISSIONS: readonly string[][] = [
  ["sendMessage"],
  ["leaveConversation", "sendMessage"],
  ["editOwnMessage"],
];

const TIMERS: readonly JsonObject[] = [
  {},
  {},
  { timers: { inactive: "PT1H" } },
  {},
  { timers: { inactive: "PT3H", closed: "P30D" }, state: "active" },
];

export function attributes(variant: number): { attributes?: Json } {
  return variant % 3 === 0 ? {} : { attributes: { shift: variant % 5 } };
}

export function roleRef(model: Model, choice: number): Record<string, string> {
  const roleSid = pick(["", "", "channel admin", ...labelsOf(model, "Role")], choice);
  return roleSid === "" ? {} : { roleSid };
}

export function bindingOf(number: number): JsonObject {
  return { address: `+1500555${1000 + number}`, proxyAddress: "+15005550001" };
}

export function isUsed(
  model: Model,
  kind: Kind,
  { identity }: JsonObject,
  conversationSid?: string,
): boolean {
  return (
    identity !== undefined &&
    [...model.program.values()].some(
      (each) =>
        each.kind === kind &&
        each.fields["identity"] === identity &&
        each.refs["conversationSid"] === conversationSid,
    )
  );
}
