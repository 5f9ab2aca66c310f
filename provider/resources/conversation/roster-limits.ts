import { isObject, type JsonObject } from "../../core/json";
import type { Problem } from "../../core/problem";
import type { Wanted } from "../../core/roster/definition";
import { isGroupMms, memberKey } from "./membership";

/** Twilio's limits of one conversation (docs, Conversations limits). */
const MAX_MEMBERS = 1_000;
const MAX_BY_ADDRESS = 50;
const MAX_GROUP_MMS = 10;

/** Reports too many members of a kind, and members declared twice. */
export function rosterLimits(wanted: readonly Wanted[]): Problem[] {
  const members = wanted.map(({ inputs }) => inputs);
  return [
    ...tooMany(members, MAX_MEMBERS, "members", 50417),
    ...tooMany(members.filter(isByAddress), MAX_BY_ADDRESS, "members who are reached by address", 50418),
    ...tooMany(members.filter(isGroupMms), MAX_GROUP_MMS, "members of a group MMS", 50436),
    ...duplicates(wanted),
  ];
}

function tooMany(members: readonly JsonObject[], limit: number, what: string, twilioCode: number): Problem[] {
  if (members.length <= limit) return [];
  const message = `has ${members.length} ${what}, the limit of a conversation is ${limit}`;
  return [
    { path: "members", message, twilioCode, hint: "Remove some, or take another conversation for them." },
  ];
}

function isByAddress({ messagingBinding }: JsonObject): boolean {
  return isObject(messagingBinding) && messagingBinding["address"] !== undefined;
}

function duplicates(wanted: readonly Wanted[]): Problem[] {
  const first = new Map<string, string>();
  return wanted.flatMap(({ label, inputs }) => {
    const key = memberKey(inputs);
    if (key === undefined) return [];
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, label);
      return [];
    }
    const what = `members.${label}`;
    return [{ path: what, message: `is the same member as members.${other}`, hint: "Declare it once." }];
  });
}
