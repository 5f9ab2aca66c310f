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
   * Who it is from: the identity or address of a participant, or any name. In a group MMS only a participant.
   * @default "system"
   */
  author: field({ change: "update", cleared: NOBODY }, text().optional()),
  /**
   * What it says, at most 32,768 bytes; people by SMS or WhatsApp get 1,600 characters at most. Required unless there
   * is `mediaSid` or `contentSid`. A change is seen where the message stands and is not sent to people again.
   */
  body: field({ change: "update" }, textOfBytes(32_768, { empty: 50503, long: 50504 }).optional()),
  /**
   * Anything you want to keep with the message: any JSON value or JSON text, at most 4,096 bytes. Compared as a JSON
   * value: order, spacing and number form do not count; null counts as left out.
   * @default {} as Twilio sets it
   */
  attributes: field({ change: "update", json: true, cleared: {} }, attributes(4096).optional()),
  /** Its subject, for e-mail, 1 to 256 characters. Twilio does not tell it, so it never drifts. */
  subject: field({ change: "update", writeOnly: true }, text(256).optional()),
  /** When it was sent, for the import of a history: ISO 8601. Counts at creation, later changes are ignored. */
  dateCreated: field({ change: "creation" }, timestamp(50308).optional()),
  /** When it last changed, for the import of a history: ISO 8601. Counts at creation, later changes are ignored. */
  dateUpdated: field({ change: "creation" }, timestamp(50309).optional()),
  /**
   * SID (ME…) of media that was uploaded for it, to stand beside the body or alone.
   * Changing it replaces the message, which is sent to people again. Media that are gone outside are told like a
   * message that is, and obey `resend`.
   */
  mediaSid: field({ change: "replace", isDrift: isSentAgain }, sid("ME").optional()),
  /**
   * SID (HX…) of a content template that it is made from, in place of `body` and `mediaSid`.
   * Changing it replaces the message, which is sent to people again.
   */
  contentSid: field({ change: "replace", isDrift: isSentAgain }, sid("HX").optional()),
  /**
   * JSON text with the values of the template's variables: `{"1":"Alice"}`. Twilio does not tell them, so they never
   * drift. Changing it replaces the message, which is sent to people again.
   */
  contentVariables: field({ change: "replace", writeOnly: true, same: sameJsonText }, jsonText().optional()),
  /**
   * What to do when the message, or the media or the template that it was made from, was deleted outside Pulumi.
   * - `false`: every preview says so, and nothing is done
   * - `true`: it is created again, which sends it to people again
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
  // What an interrupted run left is among the newest.
  listQuery: { Order: "desc" },
  // The conversation is closed, and its messages stay as they were.
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
        cure: "Leave it out, or leave contentSid out.",
      }));
  const found: Problem[] = [];
  if (body === undefined && mediaSid === undefined)
    found.push({
      path: "body",
      message: "is required",
      twilioCode: 50503,
      cure: "Give body, mediaSid or contentSid.",
    });
  if (contentVariables !== undefined)
    found.push({
      path: "contentVariables",
      message: "has no template to be for",
      cure: "Give contentSid too, or leave it out.",
    });
  return found;
}

type Place = InConversationArgs & AnnouncedArgs & ServiceObjectArgs;
/** What a message made from a template has none of is left out, so that the compiler names it. */
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

/** What a program says of a {@link Message}: one with a body, with media or both, or one from a template. */
export type MessageArgs = MessageFromTemplate | MessageWithMedia | MessageWithBody;

/** How far a message has come to those who are reached outside chat, each `none`, `some` or `all`. */
export interface Delivery {
  /** To how many it goes. */
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
  /** What policy packs and mocks know the class by. */
  static readonly __pulumiType = typeToken(message.type);
  static override readonly isInstance = instanceTest<Message>(Message.__pulumiType);
  /** Who it is from. */
  declare readonly author: pulumi.Output<string>;
  /** What it says; undefined for media alone. */
  declare readonly body: pulumi.Output<string | undefined>;
  /** The attributes, as a JSON value. */
  declare readonly attributes: pulumi.Output<Json | undefined>;
  /** SID (ME…) of its media. */
  declare readonly mediaSid: pulumi.Output<string | undefined>;
  /** SID (HX…) of the template that it is made from. */
  declare readonly contentSid: pulumi.Output<string | undefined>;
  /** Its place in the conversation, from 0; numbers can be left out. */
  declare readonly index: pulumi.Output<number>;
  /** SID (MB…) of the participant who is its author; undefined where that is none. */
  declare readonly participantSid: pulumi.Output<string | undefined>;
  /** How far it has come outside chat, as Twilio last said; undefined where nobody is there. */
  declare readonly delivery: pulumi.Output<Delivery | undefined>;
  /** True when it was found to be deleted on Twilio. */
  declare readonly missing: pulumi.Output<boolean | undefined>;
  /** Which of `mediaSid` and `contentSid` were found to be gone from it. */
  declare readonly missingParts: pulumi.Output<string[] | undefined>;

  constructor(name: string, args: MessageArgs, opts?: pulumi.CustomResourceOptions) {
    super(message, name, args, opts);
  }
}
