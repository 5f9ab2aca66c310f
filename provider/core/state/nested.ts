import { type Described, type FieldPolicy, isSame, nestedFields } from "../definition/field";
import { isObject, type Json, type JsonObject } from "../json";

/** Patches of nested fields: only members that differ are sent, so that the others stay untouched. */

/** A change of a field. A value no longer declared is restored to its original value, or cleared. */
interface Change {
  readonly from: Json | undefined;
  readonly to: Json | undefined;
  /** The original value; null if the field was not set. */
  readonly before?: Json | undefined;
}

/** The values that change `from` into `to` in place; undefined if there are none to send. */
export function patchFor(entry: Described, { from, to, before }: Change): Json | undefined {
  if (isSame(entry, from, to, {})) return undefined;
  const members = nestedFields(entry);
  if (members === undefined)
    return entry.policy.change === "update" ? (to ?? before ?? entry.policy.cleared) : undefined;
  const parts = members.map((member) => {
    const change = { from: at(from, member.name), to: at(to, member.name), before: at(before, member.name) };
    return [member.name, patchFor(member, change)] as const;
  });
  return objectOf(parts);
}

/** A value that the program no longer declares and no request can clear. */
export interface NotClearable {
  readonly path: string;
  /** Whether Twilio returns the value. */
  readonly isTold: boolean;
}

/** All such values in one change; `path` is the field's. */
export function notClearableIn(entry: Described, { from, to, before }: Change, path: string): NotClearable[] {
  if (from === undefined || isSame(entry, from, to, {})) return [];
  const members = nestedFields(entry);
  if (members === undefined) {
    const { change, cleared, writeOnly } = entry.policy;
    const comesBack = (to ?? before ?? cleared) !== undefined;
    return comesBack || change !== "update" ? [] : [{ path, isTold: writeOnly !== true }];
  }
  return members.flatMap((member) => {
    const change = { from: at(from, member.name), to: at(to, member.name), before: at(before, member.name) };
    return notClearableIn(member, change, `${path}.${member.name}`);
  });
}

/** Whether a member differs that only a new object can change. */
export function differsInFixedPart(entry: Described, from: Json | undefined, to: Json | undefined): boolean {
  if (isSame(entry, from, to, {})) return false;
  const members = nestedFields(entry);
  if (members === undefined) return entry.policy.change === "replace";
  return members.some((member) => differsInFixedPart(member, at(from, member.name), at(to, member.name)));
}

/**
 * The part of a live value that the declaration covers: undeclared members are left to Twilio, and those that Twilio
 * never returns count as declared.
 */
export function projectToDeclared(
  entry: Described,
  declared: Json | undefined,
  live: Json | undefined,
): Json | undefined {
  const members = nestedFields(entry);
  if (members === undefined || !isObject(declared) || !isObject(live)) return live;
  const parts = members
    .filter(({ name }) => declared[name] !== undefined)
    .map((member) => {
      const wanted = declared[member.name];
      const isTold = member.policy.writeOnly !== true;
      return [member.name, isTold ? projectToDeclared(member, wanted, live[member.name]) : wanted] as const;
    });
  return objectOf(parts);
}

/** Whether a value has parts that Twilio never returns. */
export function hasWriteOnlyPart(entry: Described, value: Json | undefined): boolean {
  return writeOnlyParts(entry, value, "").length > 0;
}

/** A part of a value that Twilio never returns. */
export interface WriteOnlyPart {
  readonly path: string;
  readonly policy: FieldPolicy;
}

/** All such parts; `path` is the field's. */
export function writeOnlyParts(entry: Described, value: Json | undefined, path: string): WriteOnlyPart[] {
  if (value === undefined || value === null) return [];
  const { policy } = entry;
  const members = nestedFields(entry);
  if (members === undefined || !isObject(value)) return policy.writeOnly === true ? [{ path, policy }] : [];
  return members.flatMap((member) =>
    writeOnlyParts(member, at(value, member.name), `${path}.${member.name}`),
  );
}

/** The live value, with declared members in place of its own. */
export function withDeclared(
  entry: Described,
  live: Json | undefined,
  declared: Json | undefined,
): Json | undefined {
  const members = nestedFields(entry);
  if (members === undefined || declared === undefined) return declared ?? live;
  return objectOf(
    members.map((member) => [
      member.name,
      withDeclared(member, at(live, member.name), at(declared, member.name)),
    ]),
  );
}

/** A member of a nested value. */
export function at(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined;
}

function objectOf(parts: readonly (readonly [string, Json | undefined])[]): JsonObject | undefined {
  const kept = parts.filter(([, part]) => part !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
