import { isSid } from "../../core/definition/sid";
import { isObject, type Json, type JsonObject, objectIn, pick, withoutNulls } from "../../core/json";
import { isLeftOver, unmanagedLabel, unmanagedLabelOf } from "../../core/roster/member";
import { memberKey } from "../../resources";
import type { Observation } from "./observation";
import type { Row } from "./report/row";
import { MEMBER_TYPES, memberName, type NameOf } from "./subject";
import { LATER, SECRET } from "./value";

/** A conversation whose members are looked through. */
export interface WatchedConversation {
  readonly sid: string;
  /** The resource that declares it, or the roster that declares all its members: `Conversation desk`. */
  readonly resource: string;
  /** What locates it, and says whose it is. */
  readonly location: JsonObject;
  /** What the state knows of where it lives. */
  readonly state: JsonObject;
  /** Another conversation takes its place, and who is in it is in none. */
  readonly isGoing: boolean;
}

/** Whom the programs know, over all stacks: members of one stack can be in the conversation of another. */
export interface Known {
  readonly sids: ReadonlySet<string>;
  /** Conversation and identity or addresses. */
  readonly keys: ReadonlySet<string>;
  /** Labels of members that an exclusive roster has found and will remove. */
  readonly leaving: ReadonlySet<string>;
}

/** The conversations that a stack declares, by themselves or by a roster, and that are there and stay. */
export function watchedIn(observations: readonly Observation[]): WatchedConversation[] {
  const watched = new Map<string, WatchedConversation>();
  for (const { type, name, live, wanted, isReplaced, isReleased, isSwept } of observations) {
    if (live === undefined || wanted === undefined || !(type === "Conversation" || type === "Roster"))
      continue;
    // A roster that moves leaves the conversation to others.
    if (type === "Roster" && isReplaced === true) continue;
    // A roster goes by the SID of its conversation.
    const sid = live.id;
    const isGoing = isSwept === true || (isReplaced === true && isReleased !== true);
    if (sid === "" || (type === "Roster" && watched.has(sid))) continue;
    const location = { ...pick(live.inputs, ["serviceSid", "account"]), conversationSid: sid };
    watched.set(sid, { sid, resource: `${type} ${name}`, location, state: live.outputs, isGoing });
  }
  return [...watched.values()];
}

/** What a unique name means that a program comes to give; undefined where that is no conversation yet. */
export type Meanings = ReadonlyMap<Observation, string | undefined>;

/** Whether only Twilio can say in which conversation the program wants the members. */
export function isToBeAsked(observation: Observation): boolean {
  const { type, wanted } = observation;
  if (!MEMBER_TYPES.has(type) || wanted === undefined) return false;
  const isTold = ![SECRET, LATER].includes(String(wanted.inputs["conversationSid"]));
  return isTold && placeWanted(observation, new Map()) === undefined;
}

/** The conversation that the program wants the members in. The same identity can be in many. */
function placeWanted(observation: Observation, meanings: Meanings): string | undefined {
  const { stored, live, wanted } = observation;
  const named = wanted?.inputs["conversationSid"];
  const standing = live ?? stored;
  // By now the name can mean another one than it did when the members came.
  if (named === standing?.inputs["conversationSid"]) return conversationOf(standing?.outputs ?? {});
  return typeof named === "string" && isSid("CH", named) ? named : meanings.get(observation);
}

export function knownTo(observations: readonly Observation[], meanings: Meanings = new Map()): Known {
  const [sids, keys, leaving] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const observation of observations) {
    const { type, stored, live, wanted } = observation;
    const conversation = placeWanted(observation, meanings);
    const declare = (member: Json | undefined) => {
      const key = isObject(member) ? keyIn(conversation, member) : undefined;
      if (key !== undefined) keys.add(key);
    };
    if (type === "Participant") {
      for (const id of [stored?.id, live?.id]) if (id) sids.add(id);
      declare(wanted?.inputs);
    }
    if (type === "Roster") {
      for (const snapshot of [stored, live])
        for (const [label, sid] of Object.entries(objectIn(snapshot?.outputs ?? {}, "sids")))
          if (!isLeftOver({ label })) sids.add(String(sid));
      const members = objectIn(wanted?.inputs ?? {}, "members");
      for (const member of Object.values(members)) declare(member);
      for (const label of Object.keys(objectIn(live?.inputs ?? {}, "members")))
        if (!Object.hasOwn(members, label)) leaving.add(unmanagedLabelOf(label));
    }
  }
  return { sids, keys, leaving };
}

/** A row for each member of the list that no program knows. */
export function strangersAmong(
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
  // Twilio says null of what a member has not.
  const who = withoutNulls(member);
  const key = isObject(who) ? memberKey(who) : undefined;
  return conversation === undefined || key === undefined ? undefined : `${conversation} ${key}`;
}
