import {
  type Definition,
  isSingleton,
  type ObjectDefinition,
} from "../../../../provider/core/definition/define";
import { isObject, type Json, type JsonObject, objectIn, pick } from "../../../../provider/core/json";
import { sharedFields } from "../../../../provider/core/roster/definition";
import { membersOf } from "../../../../provider/core/roster/state";
import { definitions, memberKey, participant, roster } from "../../../../provider/resources";
import { type Store, settingKey } from "./store";

/** What a stack held of one object, decrypted: a resource, or one member of a roster. */
export interface Managed {
  /** `Participant alice`, or `Roster crew`. */
  readonly resource: string;
  readonly name: string;
  readonly type: string;
  readonly definition: Definition;
  /** By what the store has it. */
  readonly key: string;
  readonly inputs: JsonObject;
  readonly outputs: JsonObject;
  /** Its label in a roster. */
  readonly label?: string;
}

/** A resource of an exported stack. */
export interface Exported {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly external?: boolean;
  readonly delete?: boolean;
  readonly inputs?: JsonObject;
  readonly outputs?: JsonObject;
}

/** What the stack holds: what it only reads is not its own. */
export function managedIn(resources: readonly Exported[]): Managed[] {
  return resources
    .filter(({ type, external }) => type.includes("dynamic/twilio:") && external !== true)
    .flatMap(managedBy);
}

function managedBy({ urn, type: token, id = "", inputs = {}, outputs = {} }: Exported): Managed[] {
  const type = token.slice(token.lastIndexOf(":") + 1);
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  const own = { resource: `${type} ${name}`, name, type };
  if (type === roster.type) {
    const itself = { ...own, definition: roster, key: `roster ${id}`, inputs, outputs };
    return [itself, ...membersIn(own, inputs, outputs)];
  }
  const definition = definitions.find((each) => each.type === type);
  if (definition === undefined) throw new Error(`${type} is no type of ours`);
  const key = isSingleton(definition) ? settingKey(definition, inputs) : id;
  return [{ ...own, definition, key, inputs, outputs }];
}

function membersIn(
  own: Pick<Managed, "resource" | "name" | "type">,
  inputs: JsonObject,
  outputs: JsonObject,
) {
  const members = objectIn(inputs, "members");
  const texts = outputs["written"];
  const states = isObject(texts) ? membersOf(texts) : objectIn(outputs, "members");
  const shared = pick(inputs, sharedFields(roster));
  return Object.entries(objectIn(outputs, "sids")).flatMap(([label, sid]): Managed[] => {
    const declared = members[label];
    const state = states[label];
    if (!isObject(declared)) return [];
    const both = { inputs: { ...shared, ...declared }, outputs: isObject(state) ? state : {} };
    return [{ ...own, definition: participant, key: String(sid), label, ...both }];
  });
}

/** One object before and after an `up`; the same one, or one in the place of the other. */
export interface Course {
  readonly before?: Managed;
  readonly after?: Managed;
}

/**
 * Who is who: by SID; else by its URN, or the one that it was renamed from; and a member of a roster that is made anew
 * by who it is.
 */
export function coursesOf(
  before: readonly Managed[],
  after: readonly Managed[],
  renamed: Readonly<Record<string, string>>,
  store: Store,
): Course[] {
  const left = new Set(after);
  const pairs = new Map<Managed, Managed>();
  const pair = (isPair: (one: Managed, other: Managed) => boolean) => {
    for (const one of before) {
      if (pairs.has(one)) continue;
      const other = [...left].find((candidate) => isPair(one, candidate));
      if (other === undefined) continue;
      pairs.set(one, other);
      left.delete(other);
    }
  };
  pair((one, other) => one.key === other.key && one.definition === other.definition);
  const rosters = (all: readonly Managed[], name: string) =>
    all.find((one) => one.type === roster.type && one.name === name && one.label === undefined)?.key;
  const isMoved = (name: string) => rosters(before, name) !== rosters(after, name);
  const nameBefore = (name: string) => renamed[name] ?? name;
  pair(
    (one, other) =>
      one.label === undefined &&
      other.label === undefined &&
      one.type === other.type &&
      (one.name === other.name || one.name === nameBefore(other.name)),
  );
  pair(
    (one, other) =>
      one.label !== undefined &&
      other.label !== undefined &&
      one.name === other.name &&
      (!store.has(one.key) || isMoved(one.name)) &&
      memberKey(one.inputs) === memberKey(other.inputs),
  );
  return [
    ...before.map((one) => ({ before: one, after: pairs.get(one) })),
    ...[...left].map((one) => ({ after: one })),
  ];
}

export function isThere({ key, definition, outputs }: Managed, store: Store): boolean {
  // A roster is as long as its conversation is.
  if (definition.type === roster.type)
    return store.has(String((outputs["resolvedConversationSid"] ?? outputs["conversationSid"]) as Json));
  return store.has(key);
}

export function isMember({ definition }: Managed): boolean {
  return (definition as ObjectDefinition).type === participant.type;
}
