import type { Route } from "../resources/route";
import { findConversation } from "../rules/conversations";
import type { ErrorCode } from "../rules/error-codes";
import { CodedError } from "../rules/errors";
import type { Call } from "../rules/world";
import { memberKey } from "../state/account-state";

/** What a request keeps to itself while it is under way, and the code with which it is refused where another keeps it. */
interface Contention {
  readonly holds: readonly string[];
  readonly refusals: readonly (readonly [key: string, code: ErrorCode])[];
}

/** What the requests that take time keep to themselves: with a latency, or while a pre-webhook is asked. */
export class UnderWay {
  readonly #held = new Set<string>();

  get isEmpty(): boolean {
    return this.#held.size === 0;
  }

  /** Refuses a request for something that another holds. The function returned lets go of what this one holds. */
  enter(route: Route, call: Call): () => void {
    const { holds, refusals } = contentionOf(route, call);
    for (const [key, code] of refusals) if (this.#held.has(key)) throw new CodedError(code);
    for (const key of holds) this.#held.add(key);
    return () => {
      for (const key of holds) this.#held.delete(key);
    };
  }
}

const none: Contention = { holds: [], refusals: [] };

/** Holds keys against every other request that holds one of them. */
function exclusive(keys: readonly string[], code: ErrorCode): Contention {
  return { holds: keys, refusals: keys.map((key) => [key, code]) };
}

/**
 * What Twilio refuses while another request adds, removes or changes the same: of two requests under way it is the
 * later one.
 */
function contentionOf(route: Route, call: Call): Contention {
  if (route.method === "GET") return none;
  const { holds, refusals } = ownContention(route, call);
  if (route.isAccountWide) return { holds, refusals };
  // "The resource your request relates to is currently being deleted." https://www.twilio.com/docs/api/errors/50002
  return { holds, refusals: [[serviceKey(call.service.sid), 50002], ...refusals] };
}

function ownContention({ resource, operation }: Route, call: Call): Contention {
  const isAdded = operation === "create";
  const isRemoved = operation === "delete";
  switch (resource) {
    case "Service":
      return isRemoved ? exclusive([serviceKey(call.parameters["Sid"] ?? "")], 50002) : none;
    case "User":
      if (isAdded) return exclusive(userKeys(call, sent(call, "Identity")), 50213);
      return isRemoved ? removedUser(call) : none;
    case "Conversation":
    case "ConversationWithParticipants":
      if (isAdded) return exclusive(nameKeys(call, sent(call, "UniqueName")), 50391);
      return isRemoved ? removedConversation(call) : updatedConversation(call);
    case "Participant":
      if (isAdded) return addedMember(call);
      return isRemoved ? removedMember(call, call.parameters["Sid"] ?? "") : none;
    case "UserConversation":
      return isRemoved ? removedMember(call, userOf(call, call.parameters["UserSid"] ?? "")) : none;
    case "Message":
      return operation === "update" ? updatedMessage(call) : none;
    default:
      return none;
  }
}

/** https://www.twilio.com/docs/api/errors/50213: the same identity added or removed twice at the same moment. */
function removedUser(call: Call): Contention {
  return exclusive(userKeys(call, userOf(call, call.parameters["Sid"] ?? "")), 50213);
}

/** https://www.twilio.com/docs/api/errors/50391: the same conversation or unique name, added or removed twice. */
function removedConversation(call: Call): Contention {
  const row = findConversation(call, call.parameters["Sid"] ?? "");
  return row ? exclusive([row.sid, ...nameKeys(call, row.unique_name)], 50391) : none;
}

/**
 * https://www.twilio.com/docs/api/errors/50334: an update while the deletion is in progress. It speaks of a channel, as
 * the conversation was called before, and no code takes its place.
 */
function updatedConversation(call: Call): Contention {
  const row = findConversation(call, call.parameters["Sid"] ?? "");
  return row ? { holds: [], refusals: [[row.sid, 50334]] } : none;
}

/** https://www.twilio.com/docs/api/errors/50419: the same member added or removed twice at the same moment. */
function addedMember(call: Call): Contention {
  const identity = sent(call, "Identity");
  const conversation = findConversation(call, call.parameters["ConversationSid"] ?? "");
  return conversation && identity !== "" ? exclusive(memberKeys(conversation.sid, identity), 50419) : none;
}

function removedMember(call: Call, id: string): Contention {
  const conversation = findConversation(call, call.parameters["ConversationSid"] ?? "");
  const { participants } = call.account;
  const row =
    participants.get(id) ?? participants.having("member", memberKey(conversation?.sid ?? "", id) ?? "")[0];
  return row ? exclusive([row.sid, ...memberKeys(row.conversation_sid, row.identity)], 50419) : none;
}

/** https://www.twilio.com/docs/api/errors/50514: the same message changed twice at the same moment. */
function updatedMessage(call: Call): Contention {
  return exclusive([call.parameters["Sid"] ?? ""], 50514);
}

function sent(call: Call, name: string): string {
  return call.form.get(name)?.[0] ?? "";
}

/** The identity of a user who is named by SID or identity. */
function userOf(call: Call, id: string): string {
  return call.account.users.get(id)?.identity ?? id;
}

function serviceKey(sid: string): string {
  return `service ${sid}`;
}

function userKeys({ service }: Call, identity: string): string[] {
  return identity === "" ? [] : [`user ${memberKey(service.sid, identity)}`];
}

function nameKeys({ service }: Call, uniqueName: string | null): string[] {
  return uniqueName ? [`name ${memberKey(service.sid, uniqueName)}`] : [];
}

function memberKeys(conversationSid: string, identity: string | null): string[] {
  return identity === null ? [] : [`member ${memberKey(conversationSid, identity)}`];
}
