import { isSid } from "../../core/definition/sid";
import { isObject, type Json, type JsonObject, objectIn, pick, withoutNulls } from "../../core/json";
import { isLeftOver, unmanagedLabel, unmanagedLabelOf } from "../../core/roster/member";
import { memberKey } from "../../resources";
import type { Observation } from "./observation";
import type { Row } from "./report/row";
import { MEMBER_TYPES, memberName, type NameOf } from "./subject";
import { LATER, SECRET } from "./value";

/** A conversation whose members are reviewed. */
export interface WatchedConversation {
  readonly sid: string;
  /** The resource that declares it, or the roster for all its members: `Conversation desk`. */
  readonly resource: string;
  /** Its location, and the account it belongs to. */
  readonly location: JsonObject;
  /** Its recorded location. */
  readonly state: JsonObject;
  /** It is deleted or replaced, so its members will be in no conversation. */
  readonly isGoing: boolean;
}

/** The members in all programs: those of one stack can be in the conversation of another. */
export interface Known {
  readonly sids: ReadonlySet<string>;
  /** Natural keys: conversation and identity or addresses. */
  readonly keys: ReadonlySet<string>;
  /** Labels of unmanaged members that an exclusive roster has found and will remove. */
  readonly leaving: ReadonlySet<string>;
}

/** The existing conversations that a stack keeps declaring, by themselves or by a roster. */
export function watchedIn(observations: readonly Observation[]): WatchedConversation[] {
  const watched = new Map<string, WatchedConversation>();
  for (const { type, name, live, planned, isReplaced, isReleased, isSwept } of observations) {
    if (live === undefined || planned === undefined || !(type === "Conversation" || type === "Roster"))
      continue;
    // A roster that moves to another conversation no longer declares the members of this one.
    if (type === "Roster" && isReplaced === true) continue;
    // A roster's ID is the SID of its conversation.
    const sid = live.id;
    const isGoing = isSwept === true || (isReplaced === true && isReleased !== true);
    if (sid === "" || (type === "Roster" && watched.has(sid))) continue;
    const location = { ...pick(live.inputs, ["serviceSid", "account"]), conversationSid: sid };
    watched.set(sid, { sid, resource: `${type} ${name}`, location, state: live.outputs, isGoing });
  }
  return [...watched.values()];
}

/** Conversation SIDs of unique names that a program starts to use; undefined where no such conversation exists yet. */
export type Meanings = ReadonlyMap<Observation, string | undefined>;

/** Whether only Twilio can tell which conversation the program means. */
export function isToBeAsked(observation: Observation): boolean {
  const { type, planned } = observation;
  if (!MEMBER_TYPES.has(type) || planned === undefined) return false;
  const isTold = ![SECRET, LATER].includes(String(planned.inputs["conversationSid"]));
  return isTold && placeWanted(observation, new Map()) === undefined;
}

/** The conversation that the program means; the same identity can be in many. */
function placeWanted(observation: Observation, meanings: Meanings): string | undefined {
  const { recorded, live, planned } = observation;
  const named = planned?.inputs["conversationSid"];
  const standing = live ?? recorded;
  // The name may mean another conversation now than when the members were created.
  if (named === standing?.inputs["conversationSid"]) return conversationOf(standing?.outputs ?? {});
  return typeof named === "string" && isSid("CH", named) ? named : meanings.get(observation);
}

export function knownTo(observations: readonly Observation[], meanings: Meanings = new Map()): Known {
  const [sids, keys, leaving] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const observation of observations) {
    const { type, recorded, live, planned } = observation;
    const conversation = placeWanted(observation, meanings);
    const declare = (member: Json | undefined) => {
      const key = isObject(member) ? keyIn(conversation, member) : undefined;
      if (key !== undefined) keys.add(key);
    };
    if (type === "Participant") {
      for (const id of [recorded?.id, live?.id]) if (id) sids.add(id);
      declare(planned?.inputs);
    }
    if (type === "Roster") {
      for (const snapshot of [recorded, live])
        for (const [label, sid] of Object.entries(objectIn(snapshot?.outputs ?? {}, "sids")))
          if (!isLeftOver({ label })) sids.add(String(sid));
      const members = objectIn(planned?.inputs ?? {}, "members");
      for (const member of Object.values(members)) declare(member);
      for (const label of Object.keys(objectIn(live?.inputs ?? {}, "members")))
        if (!Object.hasOwn(members, label)) leaving.add(unmanagedLabelOf(label));
    }
  }
  return { sids, keys, leaving };
}

/** A row for each listed member that no program declares. */
export function unmanagedAmong(
  stack: string,
  conversation: WatchedConversation,
  members: readonly JsonObject[],
  known: Known,
  nameOf: NameOf,
): Row[] {
  return members
    .filter((member) => !known.sids.has(String(member["sid"])))
    .filter((member) => !known.keys.has(keyIn(conversation.sid, member) ?? ""))
    .map((member) => {
      const sid = String(member["sid"]);
      const { roleSid } = member;
      return {
        class: "undeclared-member",
        stack,
        resource: conversation.resource,
        conversation: nameOf(conversation.sid),
        member: memberName(member) ?? sid,
        field: "",
        sid,
        ...(typeof roleSid === "string" && { roleSid }),
        was: false,
        is: true,
        willBe: !conversation.isGoing && !known.leaving.has(unmanagedLabel(sid)),
      };
    });
}

function conversationOf({ resolvedConversationSid, conversationSid }: JsonObject): string | undefined {
  const sid = resolvedConversationSid ?? conversationSid;
  return typeof sid === "string" && isSid("CH", sid) ? sid : undefined;
}

function keyIn(conversation: string | undefined, member: JsonObject): string | undefined {
  // Twilio returns null for a field that a member lacks.
  const who = withoutNulls(member);
  const key = isObject(who) ? memberKey(who) : undefined;
  return conversation === undefined || key === undefined ? undefined : `${conversation} ${key}`;
}
