import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ArgsOf, Having } from "../../core/definition/args";
import {
  type AnnouncedArgs,
  announced,
  everyServiceObject,
  type ServiceObjectArgs,
  withAttributes,
} from "../../core/definition/common-fields";
import { attributes, jsonText, text, textOfBytes, timestamp } from "../../core/definition/constraint";
import { define } from "../../core/definition/define";
import { field } from "../../core/definition/field";
import { sid } from "../../core/definition/sid";
import { type Json, type JsonObject, sameJsonText } from "../../core/json";
import type { Problem } from "../../core/problem";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import {
  ConversationObject,
  type InConversationArgs,
  inConversation,
  pathInConversation,
  resolvedConversation,
} from "./in-conversation";
import { isSentAgain, matches, NOBODY, partsMissing, withMediaDeclared, withMediaSid } from "./message-parts";

const fields = {
  /**
   * Author of the message: identity or address of a participant, or any name. Group MMS takes only a participant.
   * @default "system"
   */
  author: field({ change: "update", cleared: NOBODY }, text().optional()),
  /**
   * Text of the message, at most 32,768 bytes. People reached by SMS or WhatsApp get at most 1,600 characters. Required
   * without `mediaSid` and `contentSid`. A change is visible in the conversation and is not sent to people again.
   */
  body: field({ change: "update" }, textOfBytes(32_768, { empty: 50503, long: 50504 }).optional()),
  /**
   * Your own data, at most 4,096 bytes: any JSON value or JSON text. The provider compares JSON values: order, spacing
   * and number form do not count. Null means omitted.
   * @default {}, set by Twilio
   */
  attributes: field({ change: "update", json: true, cleared: {} }, attributes(4096).optional()),
  /** Subject for e-mail, 1 to 256 characters. Twilio never returns it, so it never drifts. */
  subject: field({ change: "update", writeOnly: true }, text(256).optional()),
  /** Time of sending, for imported history: ISO 8601. Sent at creation only; the provider ignores later changes. */
  dateCreated: field({ change: "creation" }, timestamp(50308).optional()),
  /**
   * Time of the last change, for imported history: ISO 8601. Sent at creation only; the provider ignores later changes.
   */
  dateUpdated: field({ change: "creation" }, timestamp(50309).optional()),
  /**
   * SID (ME…) of media that was uploaded for the message, beside the body or alone. Changing it replaces the message,
   * which sends it to people again. If the media was deleted outside Pulumi, `resend` decides, as for a deleted
   * message.
   */
  mediaSid: field({ change: "replace", isDrift: isSentAgain }, sid("ME").optional()),
  /**
   * SID (HX…) of a content template, in place of `body` and `mediaSid`. Changing it replaces the message, which sends
   * it to people again.
   */
  contentSid: field({ change: "replace", isDrift: isSentAgain }, sid("HX").optional()),
  /**
   * Values of the template's variables, as JSON text: `{"1":"Alice"}`. Twilio never returns them, so they never drift.
   * Changing it replaces the message, which sends it to people again.
   */
  contentVariables: field({ change: "replace", writeOnly: true, same: sameJsonText }, jsonText().optional()),
  /**
   * What `pulumi up` does if the message, its media or its template was deleted outside Pulumi.
   * - `false`: nothing, and every preview says so
   * - `true`: it creates the message again, which sends it to people again
   * @default false
   */
  resend: field({ change: "local" }, z.boolean().optional()),
};

const WAYS_OUT =
  "Declare resend: true to create it and send it to people again, or take it out of the program.";

/** `POST /v1/Conversations/{ConversationSid}/Messages` and its like. */
export const message = define({
  type: "Message",
  noun: "message",
  twilioPage: "conversation-message-resource",
  sidPrefix: "IM",
  schema: z.strictObject({
    ...inConversation,
    ...fields,
    ...withAttributes,
    ...announced,
    ...everyServiceObject,
  }),
  outputs: [
    "accountSid",
    "resolvedConversationSid",
    "index",
    "participantSid",
    "delivery",
    "missing",
    "missingParts",
  ],
  volatile: ["dateUpdated", "delivery"],
  path: pathInConversation("Messages"),
  listKey: "messages",
  pageSize: 100,
  // A message of an interrupted run is among the newest.
  listQuery: { Order: "desc" },
  // The conversation is closed; Twilio changes no message of it.
  undeletableCodes: [50377],
  observe: withMediaSid,
  compare: withMediaDeclared,
  rules: problems,
  recognisedBy: ["author"],
  naturalKey: { enforced: false, existsCodes: [], matches, fields: ["author", "body", "attributes"] },
  orderOf: ({ index }) => Number(index),
  derive: (live, declared) => ({ ...resolvedConversation(live, declared), ...partsMissing(live, declared) }),
  keepWhenMissing: ({ resend }) => resend !== true,
  replacement: "It will be created again, which sends it to people again.",
  replaces: ({ missing, missingParts }, { resend }) => {
    const parts = Array.isArray(missingParts) ? missingParts.join(" and ") : undefined;
    if (missing !== true && parts === undefined) return undefined;
    if (resend === true) return { fields: ["resend"] };
    return {
      fields: [],
      warning: missing === true ? WAYS_OUT : `Its ${parts} is not there any more. ${WAYS_OUT}`,
    };
  },
  rejectUpdate: ({ missing }) =>
    missing === true ? `It does not exist on Twilio any more. ${WAYS_OUT}` : undefined,
});

function problems({ body, mediaSid, contentSid, contentVariables }: JsonObject): Problem[] {
  if (contentSid !== undefined)
    return Object.entries({ body, mediaSid })
      .filter(([, value]) => value !== undefined)
      .map(([path]) => ({
        path,
        message: "is ignored by Twilio beside contentSid",
        hint: "Leave it out, or leave contentSid out.",
      }));
  const found: Problem[] = [];
  if (body === undefined && mediaSid === undefined)
    found.push({
      path: "body",
      message: "is required",
      twilioCode: 50503,
      hint: "Give body, mediaSid or contentSid.",
    });
  if (contentVariables !== undefined)
    found.push({
      path: "contentVariables",
      message: "has no template",
      hint: "Give contentSid too, or leave it out.",
    });
  return found;
}

type Place = InConversationArgs & AnnouncedArgs & ServiceObjectArgs;
/** Lacks the fields that Twilio ignores beside a template, so that the compiler reports them. */
type MessageFromTemplate = Having<
  ArgsOf<Omit<typeof fields, "body" | "mediaSid">>,
  { contentSid: pulumi.Input<string> }
> &
  Place;
type MessageOf<Given> = Having<
  ArgsOf<typeof fields, { contentSid: undefined; contentVariables: undefined }>,
  Given
> &
  Place;
type MessageWithMedia = MessageOf<{ mediaSid: pulumi.Input<string> }>;
type MessageWithBody = MessageOf<{ body: pulumi.Input<string> }>;

/** Arguments of a {@link Message}: with a body, with media or both, or from a template. */
export type MessageArgs = MessageFromTemplate | MessageWithMedia | MessageWithBody;

/** Delivery of a message to people outside chat. Each status is `none`, `some` or `all`. */
export interface Delivery {
  /** Number of recipients. */
  readonly total: number;
  readonly sent: string;
  readonly delivered: string;
  readonly read: string;
  readonly failed: string;
  readonly undelivered: string;
}

/**
 * A standing notice in a conversation; creating it sends it. **The people in the conversation receive it**, by SMS and
 * WhatsApp too.
 *
 * `author`, `body`, `attributes` and `subject` change in place and send nothing. Any other change replaces the
 * message, which sends it again. Pulumi does not create a message again that somebody deleted: every preview names it,
 * until the program declares `resend: true` or drops it.
 *
 * Add an alias when you rename a message. Without one it is sent again after `twilio:adoptWindow`; before that the
 * provider refuses it if it declares what Twilio does not return, such as `subject`.
 *
 * @example
 * ```ts
 * new Message("hours", { conversationSid: conversation.id, author: "support", body: "We are here from 9 to 17." });
 * ```
 */
export class Message extends ConversationObject {
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(message.type);
  static override readonly isInstance = instanceTest<Message>(Message.__pulumiType);
  /** Author of the message. */
  declare readonly author: pulumi.Output<string>;
  /** Text of the message; undefined for media alone. */
  declare readonly body: pulumi.Output<string | undefined>;
  /** The attributes, as a JSON value. */
  declare readonly attributes: pulumi.Output<Json | undefined>;
  /** SID (ME…) of its media. */
  declare readonly mediaSid: pulumi.Output<string | undefined>;
  /** SID (HX…) of its content template. */
  declare readonly contentSid: pulumi.Output<string | undefined>;
  /** Position in the conversation, from 0. Numbers can be skipped. */
  declare readonly index: pulumi.Output<number>;
  /** SID (MB…) of the participant who is its author; undefined if the author is no participant. */
  declare readonly participantSid: pulumi.Output<string | undefined>;
  /** Delivery to people outside chat, as Twilio last reported; undefined if there are none. */
  declare readonly delivery: pulumi.Output<Delivery | undefined>;
  /** True if the message was deleted on Twilio. */
  declare readonly missing: pulumi.Output<boolean | undefined>;
  /** Which of `mediaSid` and `contentSid` the message on Twilio has lost. */
  declare readonly missingParts: pulumi.Output<string[] | undefined>;

  constructor(name: string, args: MessageArgs, opts?: pulumi.CustomResourceOptions) {
    super(message, name, args, opts);
  }
}
