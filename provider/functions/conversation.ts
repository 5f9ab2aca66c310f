import { parseAttributes } from "../core/attributes";
import type { ArgsOf } from "../core/definition/args";
import { text } from "../core/definition/constraint";
import type { ObjectDefinition } from "../core/definition/define";
import { sid } from "../core/definition/sid";
import type { Json, JsonObject } from "../core/json";
import type { Problem } from "../core/problem";
import { type Conversation, conversation } from "../resources";
import { type InServiceArgs, type InServiceOutputArgs, type PlainArgsOf, upToLimit } from "./call/arguments";
import { find } from "./call/find";
import { list } from "./call/list";
import {
  type Call,
  callOf,
  type OptionalCall,
  type OptionalOutputCall,
  type OutputCall,
  outputCallOf,
} from "./call/lookup";
import { moment, momentText } from "./call/moment";
import type { ResultOf } from "./call/result";

const naming = {
  /** SID (CH…) of the conversation. */
  sid: sid("CH", 50350).optional(),
  /** Name for programs. */
  uniqueName: text(256, { long: 50004 }).optional(),
};

const filters = {
  /** Only the conversations in this state: `active`, `inactive` or `closed`. */
  state: conversation.schema.shape.state,
  /** Only those created then or later, ISO 8601: `2026-01-31T12:00:00Z`, or `2026-01-31` from the start of the day. */
  startDate: moment(50308).optional(),
  /** Only those created then or before, ISO 8601: `2026-01-31T12:00:00Z`, or `2026-01-31` until the end of the day. */
  endDate: moment(50308).optional(),
  /** Only those with this chat user as a participant. Not with `address` or the filters above. */
  identity: text(256, { empty: 50204, long: 50207 }).optional(),
  /** Only those with the person at this address as a participant. Not with `identity` or the filters above. */
  address: text(256, { empty: 50411, long: 50407 }).optional(),
};

const limited = {
  /**
   * Most conversations to return, 1 or more; reading stops there. With `state`, `startDate` or `endDate` Twilio lists
   * the newest first, without them the oldest. Default: all.
   */
  limit: upToLimit.limit,
};

/** Which conversation {@link getConversation} looks for: by `sid`, or by `uniqueName`. */
export type GetConversationArgs = PlainArgsOf<typeof naming> & InServiceArgs;
/** The same arguments, as values or outputs. */
export type GetConversationOutputArgs = ArgsOf<typeof naming> & InServiceOutputArgs;
/** Which conversations {@link getConversations} lists. */
export type GetConversationsArgs = PlainArgsOf<typeof filters> & PlainArgsOf<typeof limited> & InServiceArgs;
/** The same arguments, as values or outputs. */
export type GetConversationsOutputArgs = ArgsOf<typeof filters> &
  ArgsOf<typeof limited> &
  InServiceOutputArgs;
/** A conversation on Twilio. */
export interface GetConversationResult extends ResultOf<Conversation, "state" | "timers" | "uniqueName"> {
  /** Name for programs. */
  readonly uniqueName: string | undefined;
  /** The state. Only Twilio sets `initializing`. */
  readonly state: "initializing" | "active" | "inactive" | "closed";
}

/** The list of a participant's conversations, in which Twilio omits `messagingServiceSid` and `bindings`. */
const memberships: ObjectDefinition = {
  ...conversation,
  path: () => ["ParticipantConversations"],
  pageSize: 50,
  observe: conversationIn,
};

export const conversationLookup = find(conversation, naming, { ways: [{ by: "uniqueName" }] });

export const conversationsLookup = list("getConversations", conversation, {
  filters: { ...filters, ...limited },
  rules: problems,
  list: ({ identity, address }) => ((identity ?? address) === undefined ? conversation : memberships),
  query: ({ state, startDate, endDate, identity, address }) => ({
    State: state,
    StartDate: momentText(startDate, "start"),
    EndDate: momentText(endDate, "end"),
    Identity: identity,
    Address: address,
  }),
});

/** The conversation in a row of that list: `conversationUniqueName` becomes `uniqueName`. */
function conversationIn(row: JsonObject): JsonObject {
  const { accountSid, chatServiceSid } = row;
  const own = Object.entries(row).flatMap(([key, value]): [string, Json | undefined][] => {
    const name = /^conversation([A-Z].*)$/.exec(key)?.[1];
    return name === undefined ? [] : [[name.charAt(0).toLowerCase() + name.slice(1), value]];
  });
  const live: JsonObject = { accountSid, chatServiceSid, ...Object.fromEntries(own) };
  return { ...live, attributes: parseAttributes(live["attributes"]) as Json | undefined };
}

function problems(inputs: JsonObject): Problem[] {
  const { identity, address, startDate, endDate } = inputs;
  const found: Problem[] = [];
  if (identity !== undefined && address !== undefined)
    found.push({
      path: "address",
      message: "cannot be combined with identity",
      twilioCode: 50451,
      hint: "List the conversations of each by itself.",
    });
  const others = ["state", "startDate", "endDate"].filter((name) => inputs[name] !== undefined);
  if ((identity ?? address) !== undefined && others.length > 0)
    found.push({
      path: others.join(" and "),
      message: "cannot be combined with identity or address: Twilio filters by one or the other",
      hint: "Leave it out, and filter the result.",
    });
  const [start, end] = [momentText(startDate, "start"), momentText(endDate, "end")];
  if (start !== undefined && end !== undefined && end < start)
    found.push({ path: "endDate", message: "is before startDate", twilioCode: 50396, hint: "Swap them." });
  return found;
}

/**
 * Finds a conversation, with one request.
 *
 * @example
 * ```ts
 * const support = await getConversation({ uniqueName: "eu-support" });
 * ```
 */
export const getConversation: Call<GetConversationArgs, GetConversationResult> = callOf(conversationLookup);

/** {@link getConversation} with outputs as arguments; unknown in a preview while one of them is. */
export const getConversationOutput: OutputCall<GetConversationOutputArgs, GetConversationResult> =
  outputCallOf(conversationLookup);

/**
 * Lists the conversations of a service, with one request for every 100. By `identity` or `address` it takes one for
 * every 50, and Twilio omits `messagingServiceSid` and `bindings`.
 *
 * @example
 * ```ts
 * const open = await getConversations({ state: "active", startDate: "2026-01-01" });
 * const hers = await getConversations({ identity: "alice" });
 * ```
 */
export const getConversations: OptionalCall<GetConversationsArgs, GetConversationResult[]> =
  callOf(conversationsLookup);

/** {@link getConversations} with outputs as arguments; unknown in a preview while one of them is. */
export const getConversationsOutput: OptionalOutputCall<GetConversationsOutputArgs, GetConversationResult[]> =
  outputCallOf(conversationsLookup);
