import type { Json, JsonObject } from "../../../../provider/core/json";
import type { Declaration, Kind } from "./declaration";

/** A field that changes in place and that a program can leave open. */
export interface OpenField {
  readonly values: readonly Json[];
  /** How somebody else sets it: fields of the simulator. Absent where a program that declares it never hears of that. */
  readonly outside?: (value: Json) => Record<string, unknown>;
}

const attributes: OpenField = {
  values: [{ shift: 1 }, { shift: 2 }, { shift: [3] }],
  outside: (value) => ({ attributes: JSON.stringify(value) }),
};

/** By the program's names. Roles stand here by label, since the program refers to them. */
export const OPEN: Partial<Record<Kind, Readonly<Record<string, OpenField>>>> = {
  Conversation: {
    friendlyName: {
      values: ["Desk 0", "Desk 1", "Desk 2"],
      outside: (value) => ({ friendly_name: value }),
    },
    attributes,
    state: { values: ["active", "inactive"], outside: (value) => ({ state: value }) },
    timers: {
      values: [{ inactive: "PT1H" }, { inactive: "PT3H", closed: "P30D" }, { closed: "P40D" }],
    },
  },
  User: {
    friendlyName: { values: ["User 0", "User 1", "User 2"], outside: (value) => ({ friendly_name: value }) },
    attributes,
    roleSid: { values: ["service user", "service admin"] },
  },
  Participant: { attributes, roleSid: { values: ["channel user", "channel admin"] } },
  Message: { attributes, subject: { values: ["news", "more news"] } },
  ServiceConfiguration: {
    reachabilityEnabled: { values: [true, false], outside: (value) => ({ reachability_enabled: value }) },
  },
};

/** What Twilio assigns where a program leaves it open, and what a program then watches. */
export const WATCHED = "roleSid";

/** What Twilio never tells. */
export const UNTOLD = ["timers.inactive", "timers.closed", "subject", "secret", "apiKey"];

/** Of what is on loan, the fields that are given back. */
export const LOANS: Partial<Record<Kind, readonly string[]>> = {
  User: ["friendlyName", "attributes", "roleSid"],
  ServiceConfiguration: ["reachabilityEnabled"],
};

const DURATIONS_MS: Record<string, number> = {
  PT0S: 0,
  PT1H: 3_600_000,
  PT3H: 3 * 3_600_000,
  P30D: 30 * 86_400_000,
  P40D: 40 * 86_400_000,
};

/** Each timer as a field of its own, in ms, as they are declared and taken back one by one. */
export function flat({ timers, ...fields }: JsonObject): JsonObject {
  const each = Object.entries((timers ?? {}) as Record<string, string>).map(([name, text]) => [
    `timers.${name}`,
    DURATIONS_MS[text],
  ]);
  return { ...fields, ...Object.fromEntries(each) } as JsonObject;
}

/** The fields that a declaration names, each timer for itself. */
export function namesOf({ fields, refs }: Declaration): string[] {
  return [...Object.keys(flat(fields)), ...Object.keys(refs)];
}

/** The names of a program's field as the model compares them. */
export function partsOf(field: string): string[] {
  return field === "timers" ? ["timers.inactive", "timers.closed"] : [field];
}
