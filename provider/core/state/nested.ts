import { type Described, type FieldPolicy, isSame, nestedFields } from "../definition/field";
import { isObject, type Json, type JsonObject } from "../json";

/** What of a field is sent: of one with members only those that differ, so that nothing else is touched. */

/** What a program no longer declares comes back as it was before, or as what clears it. */
interface Change {
  readonly from: Json | undefined;
  readonly to: Json | undefined;
  /** What was there before a program declared it; null if nothing was. */
  readonly before?: Json | undefined;
}

/** The values that make `to` of `from` in place; undefined where there are none to send. */
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

/** What the program takes back and no request does. */
export interface NotClearable {
  readonly path: string;
  /** Whether Twilio tells what it holds. */
  readonly isTold: boolean;
}

/** All of that in one change, `path` being the field's. */
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

/** Whether a member differs that only a new object can have otherwise. */
export function differsInFixedPart(entry: Described, from: Json | undefined, to: Json | undefined): boolean {
  if (isSame(entry, from, to, {})) return false;
  const members = nestedFields(entry);
  if (members === undefined) return entry.policy.change === "replace";
  return members.some((member) => differsInFixedPart(member, at(from, member.name), at(to, member.name)));
}

/**
 * The part of a live value that has its like in the declared one: members not declared are left to Twilio, and those
 * that Twilio never tells are as declared.
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

/** Whether a value says something that Twilio never tells. */
export function hasWriteOnlyPart(entry: Described, value: Json | undefined): boolean {
  return writeOnlyParts(entry, value, "").length > 0;
}

/** A part of a value that Twilio never tells. */
export interface WriteOnlyPart {
  readonly path: string;
  readonly policy: FieldPolicy;
}

/** All of them, `path` being the field's. */
export function writeOnlyParts(entry: Described, value: Json | undefined, path: string): WriteOnlyPart[] {
  if (value === undefined || value === null) return [];
  const { policy } = entry;
  const members = nestedFields(entry);
  if (members === undefined || !isObject(value)) return policy.writeOnly === true ? [{ path, policy }] : [];
  return members.flatMap((member) =>
    writeOnlyParts(member, at(value, member.name), `${path}.${member.name}`),
  );
}

/** A live value with what is declared in place of what differs. */
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
