import type * as pulumi from "@pulumi/pulumi";
import type { ArgsOf } from "../core/definition/args";
import { text } from "../core/definition/constraint";
import { sid } from "../core/definition/sid";
import { isObject } from "../core/json";
import { type ConversationWebhook, conversationWebhook } from "../resources";
import {
  argumentSchema,
  type InConversationArgs,
  type InConversationOutputArgs,
  inAccount,
  inConversation,
  inService,
  type LimitArgs,
  type LimitOutputArgs,
  type PlainArgsOf,
  upToLimit,
} from "./call/arguments";
import { find } from "./call/find";
import { list } from "./call/list";
import { inProgram, inProgramOutput, type Lookup } from "./call/lookup";
import type { InConversationResult, ResultOf } from "./call/result";

const naming = {
  /** SID (WH…) of the webhook. */
  sid: sid("WH", 50363).optional(),
  /** What it calls, compared exactly. */
  url: text(512, { long: 50372 }).optional(),
  /** SID (FW…) of the Studio flow that it starts. */
  flowSid: sid("FW", 50367).optional(),
  /** Its target, beside `url`: `webhook` or `trigger`. Default: either. */
  target: conversationWebhook.schema.shape.target.optional(),
};

const inOneConversation = { ...inConversation, ...inService, ...inAccount };

/** Which webhook {@link getConversationWebhook} looks for: by `sid`, by `url`, or by `flowSid`. */
export type GetConversationWebhookArgs = PlainArgsOf<typeof naming> & InConversationArgs;
/** The same with outputs of resources. */
export type GetConversationWebhookOutputArgs = ArgsOf<typeof naming> & InConversationOutputArgs;
/** Whose webhooks {@link getConversationWebhooks} lists. */
export type GetConversationWebhooksArgs = LimitArgs & InConversationArgs;
/** The same with outputs of resources. */
export type GetConversationWebhooksOutputArgs = LimitOutputArgs & InConversationOutputArgs;
/** A webhook of a conversation as it is on Twilio. */
export interface GetConversationWebhookResult
  extends ResultOf<ConversationWebhook, keyof InConversationResult | "resolvedConversationSid">,
    InConversationResult {}

export const conversationWebhookLookup: Lookup = {
  schema: argumentSchema({ ...naming, ...inOneConversation }),
  ...find(conversationWebhook, {
    ways: [{ by: "url", besides: ["target"] }, { by: "flowSid" }],
    criteria: ({ sid, target, configuration }) => ({
      sid,
      target,
      ...(isObject(configuration) ? { url: configuration["url"], flowSid: configuration["flowSid"] } : {}),
    }),
  }),
};

export const conversationWebhooksLookup: Lookup = {
  name: "getConversationWebhooks",
  schema: argumentSchema({ ...upToLimit, ...inOneConversation }),
  ...list(conversationWebhook),
};

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
export function getConversationWebhook(
  args: GetConversationWebhookArgs,
): Promise<GetConversationWebhookResult> {
  return inProgram(conversationWebhookLookup, args);
}

/** {@link getConversationWebhook} with outputs of resources, unknown in a preview as long as they are. */
export function getConversationWebhookOutput(
  args: GetConversationWebhookOutputArgs,
): pulumi.Output<GetConversationWebhookResult> {
  return inProgramOutput(conversationWebhookLookup, args);
}

/** Lists the webhooks of a conversation, five at most, with one request. */
export function getConversationWebhooks(
  args: GetConversationWebhooksArgs,
): Promise<GetConversationWebhookResult[]> {
  return inProgram(conversationWebhooksLookup, args);
}

/** {@link getConversationWebhooks} with outputs of resources, unknown in a preview as long as they are. */
export function getConversationWebhooksOutput(
  args: GetConversationWebhooksOutputArgs,
): pulumi.Output<GetConversationWebhookResult[]> {
  return inProgramOutput(conversationWebhooksLookup, args);
}
