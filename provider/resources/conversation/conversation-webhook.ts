import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ArgsOf, Later } from "../../core/definition/args";
import { everyServiceObject, type ServiceObjectArgs } from "../../core/definition/common-fields";
import { choice, constrained, messageIndex, text } from "../../core/definition/constraint";
import { define } from "../../core/definition/define";
import { field } from "../../core/definition/field";
import { sid } from "../../core/definition/sid";
import { isObject, type JsonObject, sameSet } from "../../core/json";
import type { Problem } from "../../core/problem";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { type Variants, variantProblems } from "../fields/variant";
import { postEventWords, webhookFilters, webhookMethod, webhookUrl } from "../fields/webhook-fields";
import {
  ConversationObject,
  type InConversationArgs,
  inConversation,
  pathInConversation,
  resolvedConversation,
} from "./in-conversation";

const configurationFields = {
  /** For targets `webhook` and `trigger`, required: absolute URL that Twilio calls, at most 512 characters. */
  url: webhookUrl({ long: 50372 }, 512),
  /**
   * For targets `webhook` and `trigger`: HTTP method of the requests, `get` or `post`, in either case. Removing it
   * leaves the value on Twilio, which cannot clear it.
   * @default "post" (assumed: Twilio documents none)
   */
  method: webhookMethod(["get", "post"]).optional(),
  /**
   * For target `webhook`, required: events after a change in the conversation, at least one, in any order:
   * `onMessageAdded`, `onParticipantRemoved` and so on. An update sends the whole set.
   */
  filters: field(
    { change: "update", same: sameSet },
    webhookFilters(postEventWords, { unknown: 50365, empty: 50370 }),
  ),
  /**
   * For target `trigger`, required: words in a message for which Twilio calls the URL, in any order; 1 to 5 of 1 to 248
   * characters. An update sends the whole set.
   */
  triggers: field({ change: "update", same: sameSet }, triggerWords()),
  /** For target `studio`, required: SID (FW…) of the Studio flow. */
  flowSid: sid("FW", 50367),
  /**
   * Index of a message, 0 or more. Twilio calls the webhook for that message and all later ones, including messages
   * older than the webhook. Changing or removing it creates the webhook again. Twilio never returns it, so it never
   * drifts.
   */
  replayAfter: field({ change: "replace", writeOnly: true }, messageIndex(20001).optional()),
};

const fields = {
  /**
   * What Twilio calls: `webhook`, a URL for events; `trigger`, a URL for words in a message; `studio`, a Studio flow
   * for each message. Changing it replaces the webhook.
   */
  target: field({ change: "replace" }, choice(["webhook", "trigger", "studio"], 50364)),
  /** The URL or the flow, and when Twilio calls it. Declare the fields that the target allows, and no others. */
  configuration: field({ change: "update" }, z.strictObject(configurationFields).partial()),
};

function triggerWords() {
  return constrained(z.array(text(248, { empty: 50366, long: 50366 })), ({ length }) => {
    if (length === 0) return { message: "is empty", twilioCode: 50371, hint: "Give at least one word." };
    if (length > 5)
      return { message: `has ${length} words, the limit is 5`, twilioCode: 50362, hint: "Remove some." };
    return undefined;
  });
}

/** `POST /v1/Conversations/{ConversationSid}/Webhooks` and its like. */
export const conversationWebhook = define({
  type: "ConversationWebhook",
  noun: "webhook",
  twilioPage: "conversation-scoped-webhook-resource",
  sidPrefix: "WH",
  // The rules name what the target needs, even if the whole configuration is missing.
  schema: z.strictObject({ ...inConversation, ...fields, ...everyServiceObject }).partial({
    configuration: true,
  }),
  outputs: ["accountSid", "resolvedConversationSid", "dateCreated", "dateUpdated"],
  volatile: ["dateUpdated"],
  path: pathInConversation("Webhooks"),
  isLookedUp: true,
  listKey: "webhooks",
  pageSize: 5,
  // The conversation is closed; Twilio changes no webhook of it.
  undeletableCodes: [50377],
  rules: problems,
  recognisedBy: ["target"],
  naturalKey: {
    enforced: false,
    existsCodes: [],
    matches: (inputs, live) =>
      live["target"] === inputs["target"] && callsTheSame(inputs["configuration"], live["configuration"]),
    fields: ["target", "configuration"],
  },
  derive: resolvedConversation,
});

function callsTheSame(declared: unknown, live: unknown): boolean {
  const [left, right] = [declared, live].map((configuration) =>
    isObject(configuration) ? configuration : {},
  );
  const parts = ["url", "flowSid", "filters", "triggers"] as const;
  return parts.every((part) => sameSet(left?.[part] ?? null, right?.[part] ?? null));
}

const VARIANTS: Variants = new Map([
  ["webhook", { needs: { url: 50369, filters: 50370 }, takes: ["method", "replayAfter"] }],
  ["trigger", { needs: { url: 50369, triggers: 50371 }, takes: ["method", "replayAfter"] }],
  ["studio", { needs: { flowSid: 50367 }, takes: ["replayAfter"] }],
]);

function problems({ target, configuration = {} }: JsonObject): Problem[] {
  return variantProblems(VARIANTS, ["target", target], ["configuration", configuration]);
}

type ConfigurationOf<Members extends keyof typeof configurationFields> = ArgsOf<
  Pick<typeof configurationFields, Members | "replayAfter">
>;
type EventConfiguration = ConfigurationOf<"url" | "filters" | "method">;
type TriggerConfiguration = ConfigurationOf<"url" | "triggers" | "method">;
type StudioConfiguration = ConfigurationOf<"flowSid">;

type Place = InConversationArgs & ServiceObjectArgs;
type ArgsFor<Target, Configuration> = ArgsOf<
  typeof fields,
  { target: Target; configuration: pulumi.Input<Configuration> }
>;
type EventWebhook = ArgsFor<"webhook", EventConfiguration> & Place;
type TriggerWebhook = ArgsFor<"trigger", TriggerConfiguration> & Place;
type StudioWebhook = ArgsFor<"studio", StudioConfiguration> & Place;
/** Takes every configuration, so that the compiler reports what does not suit the declared target. */
type LaterWebhook = ArgsOf<typeof fields, { target: Later<"webhook" | "trigger" | "studio"> }> & Place;

/** Arguments of a {@link ConversationWebhook}: each target with its fields. */
export type ConversationWebhookArgs = LaterWebhook | EventWebhook | TriggerWebhook | StudioWebhook;

/** The configuration of a conversation's webhook, as Twilio returns it. */
export interface ConversationWebhookConfiguration {
  readonly url?: string;
  readonly method?: string;
  readonly filters?: string[];
  readonly triggers?: string[];
  readonly flowSid?: string;
  readonly replayAfter?: number;
}

/**
 * A URL or a Studio flow for the events of one conversation. Twilio calls the URL for events or for words in a
 * message, or starts the flow. A conversation has five at most.
 *
 * `configuration` changes in place; the conversation, `target` and `configuration.replayAfter` replace.
 *
 * @example
 * ```ts
 * new ConversationWebhook("archive", {
 *   conversationSid: conversation.id,
 *   target: "webhook",
 *   configuration: { url: "https://example.com/archive", filters: ["onMessageAdded", "onMessageUpdated"] },
 * });
 * ```
 * @example
 * ```ts
 * new ConversationWebhook("bot", {
 *   conversationSid: conversation.id,
 *   target: "studio",
 *   configuration: { flowSid: "FW0123456789abcdef0123456789abcdef" },
 * });
 * ```
 */
export class ConversationWebhook extends ConversationObject {
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(conversationWebhook.type);
  static override readonly isInstance = instanceTest<ConversationWebhook>(ConversationWebhook.__pulumiType);
  /** What Twilio calls: `webhook`, `trigger` or `studio`. */
  declare readonly target: pulumi.Output<"webhook" | "trigger" | "studio">;
  /** The URL or the flow, and when Twilio calls it. */
  declare readonly configuration: pulumi.Output<ConversationWebhookConfiguration>;

  constructor(name: string, args: ConversationWebhookArgs, opts?: pulumi.CustomResourceOptions) {
    super(conversationWebhook, name, args, opts);
  }
}
