import { isObject, type Json, type JsonObject, objectIn, pick, withoutNulls } from "../../engine/json";
import { undeclaredLabel } from "../../engine/roster/roster-member";
import { memberKey } from "../../resources";
import type { Observation } from "./observation";
import type { Row } from "./row";
import { memberName, type NameOf } from "./subject";

/** A conversation whose members are looked through. */
export interface WatchedConversation {
  readonly sid: string;
  /** The resource that declares it, or the roster that declares all its members: `Conversation desk`. */
  readonly resource: string;
  /** What locates it, and says whose it is. */
  readonly place: JsonObject;
  /** What the state knows of where it lives. */
  readonly state: JsonObject;
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
  for (const { type, name, live, wanted } of observations) {
    if (live === undefined || wanted === undefined || !(type === "Conversation" || type === "Roster"))
      continue;
    const sid = type === "Conversation" ? live.id : conversationOf(live.outputs);
    if (sid === undefined || (type === "Roster" && watched.has(sid))) continue;
    const place = { ...pick(live.inputs, ["serviceSid", "account"]), conversationSid: sid };
    watched.set(sid, { sid, resource: `${type} ${name}`, place, state: live.outputs });
  }
  return [...watched.values()];
}

export function knownTo(observations: readonly Observation[]): Known {
  const [sids, keys, leaving] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { type, stored, live, wanted } of observations) {
    const conversation =
      conversationOf(live?.outputs ?? stored?.outputs ?? {}) ?? conversationOf(wanted?.inputs ?? {});
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
        for (const sid of Object.values(objectIn(snapshot?.outputs ?? {}, "sids"))) sids.add(String(sid));
      const members = objectIn(wanted?.inputs ?? {}, "members");
      for (const member of Object.values(members)) declare(member);
      for (const label of Object.keys(objectIn(live?.inputs ?? {}, "members")))
        if (!Object.hasOwn(members, label)) leaving.add(label);
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
        willBe: !known.leaving.has(undeclaredLabel(sid)),
      };
    });
}

function conversationOf({ resolvedConversationSid, conversationSid }: JsonObject): string | undefined {
  const sid = resolvedConversationSid ?? conversationSid;
  return typeof sid === "string" ? sid : undefined;
}

function keyIn(conversation: string | undefined, member: JsonObject): string | undefined {
  // Twilio says null of what a member has not.
  const who = withoutNulls(member);
  const key = isObject(who) ? memberKey(who) : undefined;
  return conversation === undefined || key === undefined ? undefined : `${conversation} ${key}`;
}
