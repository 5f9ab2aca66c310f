import type { ArgsOf } from "../core/definition/args";
import { text } from "../core/definition/constraint";
import { sid } from "../core/definition/sid";
import { isObject } from "../core/json";
import { type ConversationWebhook, conversationWebhook } from "../resources";
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
  /** SID (WH…) of the webhook. */
  sid: sid("WH", 50363).optional(),
  /** URL that it calls, compared exactly. */
  url: text(512, { long: 50372 }).optional(),
  /** SID (FW…) of the Studio flow that the webhook starts. */
  flowSid: sid("FW", 50367).optional(),
  /** Its target, in addition to `url`: `webhook` or `trigger`. Default: either. */
  target: conversationWebhook.schema.shape.target.optional(),
};

/** Which webhook {@link getConversationWebhook} looks for: by `sid`, by `url`, or by `flowSid`. */
export type GetConversationWebhookArgs = PlainArgsOf<typeof naming> & InConversationArgs;
/** The same arguments, as values or outputs. */
export type GetConversationWebhookOutputArgs = ArgsOf<typeof naming> & InConversationOutputArgs;
/** Which conversation's webhooks {@link getConversationWebhooks} lists. */
export type GetConversationWebhooksArgs = LimitArgs & InConversationArgs;
/** The same arguments, as values or outputs. */
export type GetConversationWebhooksOutputArgs = LimitOutputArgs & InConversationOutputArgs;
/** A webhook of a conversation on Twilio. */
export interface GetConversationWebhookResult
  extends ResultOf<ConversationWebhook, keyof InConversationResult | "resolvedConversationSid">,
    InConversationResult {}

export const conversationWebhookLookup = find(conversationWebhook, naming, {
  ways: [{ by: "url", besides: ["target"] }, { by: "flowSid" }],
  criteria: ({ sid, target, configuration }) => ({
    sid,
    target,
    ...(isObject(configuration) ? { url: configuration["url"], flowSid: configuration["flowSid"] } : {}),
  }),
});

export const conversationWebhooksLookup = list("getConversationWebhooks", conversationWebhook);

/**
 * Finds a webhook of a conversation, with one request.
 *
 * @example
 * ```ts
 * const { sid } = await getConversationWebhook({
 *   conversationSid: "eu-support",
 *   url: "https://example.com/archive",
 * });
 * ```
 */
export const getConversationWebhook: Call<GetConversationWebhookArgs, GetConversationWebhookResult> =
  callOf(conversationWebhookLookup);

/** {@link getConversationWebhook} with outputs as arguments; unknown in a preview while one of them is. */
export const getConversationWebhookOutput: OutputCall<
  GetConversationWebhookOutputArgs,
  GetConversationWebhookResult
> = outputCallOf(conversationWebhookLookup);

/** Lists the webhooks of a conversation, five at most, with one request. */
export const getConversationWebhooks: Call<GetConversationWebhooksArgs, GetConversationWebhookResult[]> =
  callOf(conversationWebhooksLookup);

/** {@link getConversationWebhooks} with outputs as arguments; unknown in a preview while one of them is. */
export const getConversationWebhooksOutput: OutputCall<
  GetConversationWebhooksOutputArgs,
  GetConversationWebhookResult[]
> = outputCallOf(conversationWebhooksLookup);
