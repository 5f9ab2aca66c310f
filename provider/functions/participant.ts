import type { ArgsOf } from "../core/definition/args";
import { text } from "../core/definition/constraint";
import { sid } from "../core/definition/sid";
import { isObject } from "../core/json";
import { type Participant, participant } from "../resources";
import type {
  InConversationArgs,
  InConversationOutputArgs,
  LimitArgs,
  LimitOutputArgs,
  PlainArgsOf,
} from "./call/arguments";
import { find } from "./call/find";
import { list } from "./call/list";
import { type Call, callOf, type OutputCall, outputCallOf } from "./call/lookup";
import type { InConversationResult, ResultOf } from "./call/result";

const naming = {
  /** SID (MB…) of the participant. */
  sid: sid("MB", 50432).optional(),
  /** Identity of a chat user, case-sensitive. */
  identity: text(256, { empty: 50204, long: 50207 }).optional(),
  /** The address of a person, compared exactly: `+14155550123`, `whatsapp:+14155550123` and so on. */
  address: text(256, { empty: 50411, long: 50407 }).optional(),
  /** The Twilio sender that the person sees, in addition to `address`. Default: any. */
  proxyAddress: text(256, { empty: 50412, long: 50408 }).optional(),
};

/**
 * Which participant {@link getParticipant} looks for: by `sid`, by `identity`, or by `address` (and `proxyAddress`).
 */
export type GetParticipantArgs = PlainArgsOf<typeof naming> & InConversationArgs;
/** The same arguments, as values or outputs. */
export type GetParticipantOutputArgs = ArgsOf<typeof naming> & InConversationOutputArgs;
/** Which conversation's participants {@link getParticipants} lists. */
export type GetParticipantsArgs = LimitArgs & InConversationArgs;
/** The same arguments, as values or outputs. */
export type GetParticipantsOutputArgs = LimitOutputArgs & InConversationOutputArgs;
/** A participant on Twilio. */
export interface GetParticipantResult
  extends ResultOf<Participant, keyof InConversationResult | "resolvedConversationSid">,
    InConversationResult {}

export const participantLookup = find(participant, naming, {
  ways: [{ by: "identity" }, { by: "address", besides: ["proxyAddress"] }],
  criteria: ({ messagingBinding, ...live }) =>
    isObject(messagingBinding) ? { ...live, ...messagingBinding } : live,
});

export const participantsLookup = list("getParticipants", participant);

/**
 * Finds a participant of a conversation. By SID or identity it takes one request; by address, one for every 100
 * participants of the conversation.
 *
 * @example
 * ```ts
 * const { sid } = await getParticipant({ conversationSid: "eu-support", identity: "alice" });
 * ```
 */
export const getParticipant: Call<GetParticipantArgs, GetParticipantResult> = callOf(participantLookup);

/** {@link getParticipant} with outputs as arguments; unknown in a preview while one of them is. */
export const getParticipantOutput: OutputCall<GetParticipantOutputArgs, GetParticipantResult> =
  outputCallOf(participantLookup);

/** Lists the participants of a conversation, with one request for every 100. */
export const getParticipants: Call<GetParticipantsArgs, GetParticipantResult[]> = callOf(participantsLookup);

/** {@link getParticipants} with outputs as arguments; unknown in a preview while one of them is. */
export const getParticipantsOutput: OutputCall<GetParticipantsOutputArgs, GetParticipantResult[]> =
  outputCallOf(participantsLookup);
