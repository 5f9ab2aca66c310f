import { isDeepStrictEqual } from "node:util";
import type { Json, JsonObject } from "../../../../provider/core/json";
import type { Held } from "../held";
import { MEMBERS, type Model } from "../model";
import { type Declaration, type Kind, REPLACING } from "./declaration";
import { OPEN } from "./fields";
import {
  attributes,
  bindingOf,
  isUsed,
  labelsOf,
  PERMISSIONS,
  pick,
  placesOf,
  roleRef,
  secretOf,
} from "./recipe";

/** What the program can edit: nothing in what it has closed. */
export function editable(model: Model): Declaration[] {
  return [...model.program.values()].filter(({ fields }) => fields["state"] !== "closed");
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
    Message: () => ({ ...rest, body: `hello ${number}`, ...attributes(variant) }),
    ServiceConfiguration: () => ({ ...fields, reachabilityEnabled: fields["reachabilityEnabled"] !== true }),
    Credential: () => ({ friendlyName: fields["friendlyName"] as Json, ...secretOf(variant, number) }),
  };
  return { ...declaration, fields: others[kind]() };
}

/** The same with another value in a field that can be left open, which is no key; undefined where there is none. */
export function withField(
  model: Model,
  declaration: Declaration,
  [field, value]: readonly [field: string, value: Json | undefined],
): Declaration {
  const { [field]: _field, ...fields } = declaration.fields;
  const { [field]: _ref, ...refs } = declaration.refs;
  if (field === "roleSid")
    return { ...declaration, refs: value === undefined ? refs : { ...refs, roleSid: String(value) } };
  model.next();
  return { ...declaration, fields: value === undefined ? fields : { ...fields, [field]: value } };
}

/** A field that the program can leave open, declared otherwise or taken back. */
export function withOpenField(
  model: Model,
  declaration: Declaration,
  choice: number,
): Declaration | undefined {
  const open = Object.entries(OPEN[declaration.kind] ?? {});
  if (open.length === 0) return undefined;
  const [field, { values }] = pick(open, choice);
  const value = pick([null, ...values], Math.floor(choice / 2));
  return withField(model, declaration, [field, value ?? undefined]);
}

/** The fields of its kind that a declaration leaves open. */
export function openIn({ kind, fields, refs }: Declaration): string[] {
  return Object.keys(OPEN[kind] ?? {}).filter((name) => !(name in fields) && !(name in refs));
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
    case "Credential":
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

/** Two conversations exchange their unique names, or the second gets a new one. */
export function withNamesExchanged(model: Model, choice: number): Declaration[] {
  const named = editable(model).filter(({ fields }) => typeof fields["uniqueName"] === "string");
  const first = named[choice % Math.max(1, named.length)];
  const second = named.find((each) => each !== first);
  if (first === undefined || second === undefined) return [];
  const given = choice % 3 === 0 ? `desk-${model.next()}` : first.fields["uniqueName"];
  const withName = (declaration: Declaration, uniqueName: Json | undefined) => ({
    ...declaration,
    fields: { ...declaration.fields, uniqueName } as JsonObject,
  });
  return [withName(first, second.fields["uniqueName"]), withName(second, given)];
}

/** The same resource in another conversation or service; undefined where it can be in no other. */
export function moved(model: Model, declaration: Declaration, choice: number): Declaration | undefined {
  const { kind, fields, refs } = declaration;
  const field = kind === "ServiceConfiguration" ? "serviceSid" : "conversationSid";
  if (refs[field] === undefined) return undefined;
  const places =
    field === "serviceSid" ? ["default", "theirs", ...labelsOf(model, "Service")] : placesOf(model);
  const place = pick(places, choice);
  const { identity } = fields;
  const isTaken =
    kind === "ServiceConfiguration"
      ? [...model.program.values()].some((each) => each.refs["serviceSid"] === place)
      : place === refs[field] ||
        (kind === "Participant" && identity !== undefined && isUsed(model, kind, { identity }, place));
  return isTaken ? undefined : { ...declaration, refs: { ...refs, [field]: place } };
}

/** The same, with its conversation by unique name instead of the SID, or by the SID again. */
export function respelt({ isByName, ...declaration }: Declaration): Declaration | undefined {
  if (declaration.refs["conversationSid"] === undefined) return undefined;
  return { ...declaration, isByName: isByName !== true };
}

export function renamed(model: Model, declaration: Declaration, hasAlias: boolean): Declaration {
  const { label, name, aliases } = declaration;
  return { ...declaration, name: `${label}-${model.next()}`, aliases: hasAlias ? [name, ...aliases] : [] };
}

export function withOtherRole(model: Model, declaration: Declaration, choice: number): Declaration {
  const { roleSid: _roleSid, ...refs } = declaration.refs;
  return { ...declaration, refs: { ...refs, ...roleRef(model, choice) } };
}

/** The declaration before its last edit; undefined where another object or name stood there. */
export function undone(
  model: Model,
  declaration: Declaration,
  rows: readonly Held[],
): Declaration | undefined {
  const past = model.past.get(declaration.label);
  if (past === undefined || model.rowOf(declaration.label, rows) === undefined) return undefined;
  const key = ({ kind, name, fields, refs }: Declaration) => [
    name,
    fields["uniqueName"],
    ...REPLACING[kind].map((field) => fields[field] ?? refs[field]),
  ];
  const isThere = Object.values(past.refs).every((to) => model.anchors.has(to) || model.program.has(to));
  if (!isThere || !isDeepStrictEqual(key(past), key(declaration))) return undefined;
  // The edit is taken back, and not the answer to what became of the message.
  return declaration.fields["resend"] === true ? withField(model, past, ["resend", true]) : past;
}
