import type { Json, JsonObject } from "../../../provider/engine/json";
import type { Declaration, Kind } from "./declaration";
import { MEMBERS, type Model } from "./model";

/** From which a declaration is made: numbers that choose among what there is. */
export interface Recipe {
  readonly kind: Kind;
  readonly choice: number;
  readonly variant: number;
}

/** A declaration that the program can take in; undefined where it has no place for one. */
export function declarationOf(model: Model, { kind, choice, variant }: Recipe): Declaration | undefined {
  const number = model.next();
  const label = `${kind.toLowerCase()}-${number}`;
  const base = { kind, label, name: label, aliases: [] };
  const value = variant % 3;
  const conversations = ["standing", ...labelsOf(model, "Conversation")];
  const conversationSid = pick(conversations, choice);
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
      const named: JsonObject = choice % 2 === 0 ? { uniqueName: `desk-${number}` } : {};
      return {
        ...base,
        fields: { friendlyName: `Desk ${value}`, ...named, ...attributes(variant) },
        refs: {},
      };
    }
    case "User": {
      const identity = pick(["yan", "eve", "fay"], choice);
      if (isUsed(model, "User", { identity })) return undefined;
      const fields = { identity, friendlyName: `User ${value}`, attributes: { team: value } };
      return { ...base, fields, refs: {} };
    }
    case "Participant": {
      const identity = pick(MEMBERS, variant);
      const refs = { conversationSid, ...roleRef(model, choice + variant) };
      if (variant % 4 === 3)
        return { ...base, fields: { messagingBinding: bindingOf(number), ...attributes(choice) }, refs };
      if (isUsed(model, "Participant", { identity }, conversationSid)) return undefined;
      return { ...base, fields: { identity, ...attributes(choice) }, refs };
    }
    case "ConversationWebhook": {
      const inIt = [...model.program.values()].filter(
        (each) => each.refs["conversationSid"] === conversationSid,
      );
      if (inIt.filter((each) => each.kind === kind).length >= 3) return undefined;
      const configuration = { url: `https://example.com/${number}`, filters: ["onMessageAdded"] };
      return { ...base, fields: { target: "webhook", configuration }, refs: { conversationSid } };
    }
    case "ServiceConfiguration": {
      const serviceSid = pick(["default", "theirs", ...labelsOf(model, "Service")], choice);
      const isTaken = [...model.program.values()].some((each) => each.refs["serviceSid"] === serviceSid);
      if (isTaken) return undefined;
      return { ...base, fields: { reachabilityEnabled: variant % 2 === 0 }, refs: { serviceSid } };
    }
  }
}

/** The same resource with another value in what Twilio can change in place. */
export function changed(model: Model, declaration: Declaration, variant: number): Declaration {
  const { kind, fields } = declaration;
  const number = model.next();
  const { attributes: _attributes, ...rest } = fields;
  const others: Record<Kind, () => JsonObject> = {
    // A service has nothing that changes in place.
    Service: () => ({ friendlyName: `service ${number}` }),
    Role: () => ({ ...fields, permissions: PERMISSIONS[variant % 3] ?? [] }),
    Conversation: () => ({ ...rest, friendlyName: `Desk ${variant % 3}`, ...attributes(variant) }),
    User: () => ({ ...fields, friendlyName: `User ${variant % 3}`, attributes: { team: number } }),
    Participant: () => ({ ...rest, ...attributes(variant) }),
    ConversationWebhook: () => ({
      ...fields,
      configuration: { url: `https://example.com/${number}`, filters: ["onMessageAdded"] },
    }),
    ServiceConfiguration: () => ({ ...fields, reachabilityEnabled: fields["reachabilityEnabled"] !== true }),
  };
  return { ...declaration, fields: others[kind]() };
}

/** The same resource with another natural key; undefined where it can have none. */
export function withOtherKey(
  model: Model,
  declaration: Declaration,
  choice: number,
): Declaration | undefined {
  const { kind, fields, refs } = declaration;
  const number = model.next();
  const withFields = (more: JsonObject) => ({ ...declaration, fields: { ...fields, ...more } });
  switch (kind) {
    case "Service":
    case "Role":
      return withFields({ friendlyName: `${kind.toLowerCase()} ${number}` });
    case "Conversation":
      return fields["uniqueName"] === undefined ? undefined : withFields({ uniqueName: `desk-${number}` });
    case "User":
      // Of one that another user gives up in the same run the order decides whether it is on loan.
      return withFields({ identity: `user-${number}` });
    case "Participant": {
      if (fields["identity"] === undefined) return withFields({ messagingBinding: bindingOf(number) });
      const identity = pick(MEMBERS, choice);
      const isFree = !isUsed(model, kind, { identity }, refs["conversationSid"]);
      return isFree ? withFields({ identity }) : undefined;
    }
    default:
      return undefined;
  }
}

/** The same resource in another conversation or service; undefined where it can be in no other. */
export function moved(model: Model, declaration: Declaration, choice: number): Declaration | undefined {
  const { kind, fields, refs } = declaration;
  const field = kind === "ServiceConfiguration" ? "serviceSid" : "conversationSid";
  if (refs[field] === undefined) return undefined;
  const places =
    field === "serviceSid"
      ? ["default", "theirs", ...labelsOf(model, "Service")]
      : ["standing", ...labelsOf(model, "Conversation")];
  const place = pick(places, choice);
  const isTaken =
    kind === "ServiceConfiguration"
      ? [...model.program.values()].some((each) => each.refs["serviceSid"] === place)
      : place === refs[field] ||
        (kind === "Participant" && isUsed(model, kind, only(fields, "identity"), place));
  return isTaken ? undefined : { ...declaration, refs: { ...refs, [field]: place } };
}

export function renamed(model: Model, declaration: Declaration, hasAlias: boolean): Declaration {
  const { label, name, aliases } = declaration;
  return { ...declaration, name: `${label}-${model.next()}`, aliases: hasAlias ? [name, ...aliases] : [] };
}

export function withOtherRole(model: Model, declaration: Declaration, choice: number): Declaration {
  const { roleSid: _roleSid, ...refs } = declaration.refs;
  return { ...declaration, refs: { ...refs, ...roleRef(model, choice) } };
}

export function labelsOf(model: Model, kind: Kind): string[] {
  return [...model.program.values()].filter((each) => each.kind === kind).map(({ label }) => label);
}

export function pick<Item>(items: readonly Item[], choice: number): Item {
  const item = items[choice % items.length];
  if (item === undefined) throw new Error("there is nothing to choose from");
  return item;
}

const PERMISSIONS: readonly string[][] = [
  ["sendMessage"],
  ["leaveConversation", "sendMessage"],
  ["editOwnMessage"],
];

function attributes(variant: number): { attributes?: Json } {
  return variant % 3 === 0 ? {} : { attributes: { shift: variant % 5 } };
}

function roleRef(model: Model, choice: number): Record<string, string> {
  const roleSid = pick(["", ...labelsOf(model, "Role")], choice);
  return roleSid === "" ? {} : { roleSid };
}

function bindingOf(number: number): JsonObject {
  return { address: `+1500555${1000 + number}`, proxyAddress: "+15005550001" };
}

function isUsed(model: Model, kind: Kind, { identity }: JsonObject, conversationSid?: string): boolean {
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

function only(fields: JsonObject, name: string): JsonObject {
  return name in fields ? ({ [name]: fields[name] } as JsonObject) : {};
}
