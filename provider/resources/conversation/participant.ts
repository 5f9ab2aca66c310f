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
import { attributes, messageIndex, timestamp } from "../../core/definition/constraint";
import { define } from "../../core/definition/define";
import { field } from "../../core/definition/field";
import { sameMoment } from "../../core/definition/iso-time";
import { isSid, sid } from "../../core/definition/sid";
import type { Json } from "../../core/json";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { isPathSegment } from "../../http/path";
import { address, longCodeFinding, senderFinding } from "../fields/address";
import { identity } from "../fields/identity";
import { defaultRole } from "../service/default-role";
import {
  ConversationObject,
  type InConversationArgs,
  inConversation,
  pathInConversation,
  resolvedConversation,
} from "./in-conversation";
import { bindingMatches, membershipProblems } from "./membership";

const bindingFields = {
  /**
   * The person's address: `+14155550123`, `whatsapp:+14155550123`, `jane@example.com` and so on; 1 to 256 characters.
   * An e-mail address stands alone.
   */
  address: address({ empty: 50411, form: 50407 }).optional(),
  /** The Twilio sender that the person sees, of the same channel as `address`; 1 to 256 characters. */
  proxyAddress: address({ empty: 50412, form: 50408 }, senderFinding).optional(),
  /** The US or Canadian number that represents a chat user in a group MMS. */
  projectedAddress: address({ empty: 50412, form: 50407 }, longCodeFinding).optional(),
};

const fields = {
  /**
   * Identity of a chat user, 1 to 256 characters, case-sensitive. Alone, or with `messagingBinding.projectedAddress`.
   * Changing it replaces the participant.
   */
  identity: field({ change: "replace" }, identity().optional()),
  /**
   * How a participant without the chat SDK is reached: `address` and `proxyAddress` together, an e-mail address
   * alone, or a projected address for group MMS. Changing it replaces the participant.
   */
  messagingBinding: field({ change: "replace" }, z.strictObject(bindingFields).optional()),
  /**
   * Anything you want to keep with the participant: any JSON value or JSON text, at most 4,096 bytes. Compared as a
   * JSON value: order, spacing and number form do not count; null counts as left out.
   * @default {} as Twilio sets it
   */
  attributes: field({ change: "update", json: true, cleared: {} }, attributes(4096).optional()),
  /**
   * SID (RL…) of a role of type `conversation`. Left out, the role that Twilio assigned is watched: a promotion
   * outside Pulumi is shown and restored. Removing it restores the service's default role.
   * @default the service's default conversation role
   */
  roleSid: field({ change: "update", watched: true }, sid("RL", 50109).optional()),
  /** When it joined, for the import of a history: ISO 8601. Counts at creation, later changes are ignored. */
  dateCreated: field({ change: "creation" }, timestamp(50308).optional()),
  /** When it last changed, for the import of a history: ISO 8601. Counts at creation, later changes are ignored. */
  dateUpdated: field({ change: "creation" }, timestamp(50309).optional()),
  /**
   * Index of the last message that the participant has read, 0 or more. Twilio takes it in an update only, so
   * it is sent when it changes after creation; what Twilio says later is no drift.
   */
  lastReadMessageIndex: field(
    { change: "update", writeOnly: true, updateOnly: true },
    messageIndex(50406).optional(),
  ),
  /** When that message was read: ISO 8601. Sent like `lastReadMessageIndex`. */
  lastReadTimestamp: field(
    { change: "update", writeOnly: true, updateOnly: true, same: sameMoment },
    timestamp(50405).optional(),
  ),
  /**
   * Allows a number or a projected address alone, which is for native group MMS. Without it a number alone is
   * refused, since a missing proxy address is the commonest mistake. Changing it alone sends nothing.
   * @default false
   */
  groupMms: field({ change: "local" }, z.boolean().optional()),
};

/** `POST /v1/Conversations/{ConversationSid}/Participants` and its like. */
export const participant = define({
  type: "Participant",
  noun: "participant",
  twilioPage: "conversation-participant-resource",
  sidPrefix: "MB",
  schema: z.strictObject({
    ...inConversation,
    ...fields,
    ...withAttributes,
    ...announced,
    ...everyServiceObject,
  }),
  outputs: ["accountSid", "resolvedConversationSid"],
  volatile: ["dateUpdated", "lastReadMessageIndex", "lastReadTimestamp"],
  path: pathInConversation("Participants"),
  isLookedUp: true,
  listKey: "participants",
  pageSize: 100,
  // The conversation is closed; Twilio changes no member of it.
  undeletableCodes: [50377],
  rules: membershipProblems,
  naturalKey: {
    enforced: true,
    existsCodes: [50404, 50416, 50433, 50437],
    alias: ({ identity }) =>
      typeof identity === "string" && !isSid("MB", identity) && isPathSegment(identity)
        ? identity
        : undefined,
    matches: bindingMatches,
    fields: ["identity", "messagingBinding"],
  },
  derive: resolvedConversation,
  defaults: { roleSid: defaultRole("defaultConversationRoleSid") },
});

type BindingOf<Given> = Having<
  ArgsOf<Pick<typeof bindingFields, keyof Given & keyof typeof bindingFields>>,
  Given
>;
/** The proxy address can be undefined, as with e-mail, but the program must name it. */
type AddressBinding = BindingOf<{
  address: pulumi.Input<string>;
  proxyAddress: pulumi.Input<string | undefined>;
}>;
type EmailBinding = BindingOf<{ address: pulumi.Input<`${string}@${string}`> }>;
type BindingByAddress = EmailBinding | AddressBinding;
type LoneAddressBinding = BindingOf<{ address: pulumi.Input<string> }>;
type ProjectedBinding = BindingOf<{ projectedAddress: pulumi.Input<string> }>;

type Place = InConversationArgs & AnnouncedArgs & ServiceObjectArgs;
/** A participant with an identity or without, and the fields that each requires. */
type ParticipantOf<Instead, Given> = Having<ArgsOf<typeof fields, Instead>, Given> & Place;
type GroupMmsParticipant = ParticipantOf<
  { identity: undefined },
  { messagingBinding: pulumi.Input<LoneAddressBinding | ProjectedBinding>; groupMms: pulumi.Input<boolean> }
>;
type ParticipantWithIdentity = ParticipantOf<
  { messagingBinding: pulumi.Input<ProjectedBinding | undefined> },
  { identity: pulumi.Input<string> }
>;
type ParticipantWithoutIdentity = ParticipantOf<
  { identity: undefined },
  { messagingBinding: pulumi.Input<BindingByAddress> }
>;

/** The arguments of a {@link Participant}: one by identity, or one by address. */
export type ParticipantArgs = GroupMmsParticipant | ParticipantWithIdentity | ParticipantWithoutIdentity;

/** The messaging binding of a participant, as Twilio returns it. */
export interface MessagingBinding {
  /** The channel: sms, whatsapp, messenger, gbm, email, rcs, apple or chat. */
  readonly type?: string;
  readonly address?: string;
  readonly proxyAddress?: string;
  readonly projectedAddress?: string;
}

/**
 * A member of a conversation, by identity or by address. An identity is a chat user; an address, with your proxy
 * address, is a person reached by SMS, WhatsApp or e-mail.
 *
 * `attributes` and `roleSid` change in place; the conversation, the identity and the binding replace.
 *
 * @example
 * ```ts
 * new Participant("alice", {
 *   conversationSid: conversation.id,
 *   identity: "alice",
 *   roleSid: agent.id,
 *   attributes: { team: "support" },
 * });
 * ```
 * @example
 * ```ts
 * new Participant("customer", {
 *   conversationSid: conversation.id,
 *   messagingBinding: { address: "+14155550123", proxyAddress: "+14155550100" },
 * });
 * ```
 */
export class Participant extends ConversationObject {
  /** The type token, for policy packs and mocks. */
  static readonly __pulumiType = typeToken(participant.type);
  static override readonly isInstance = instanceTest<Participant>(Participant.__pulumiType);
  /** Identity of the chat user; undefined for a person by address. */
  declare readonly identity: pulumi.Output<string | undefined>;
  /** How the person is reached, with the channel in `type`; undefined for a chat user. */
  declare readonly messagingBinding: pulumi.Output<MessagingBinding | undefined>;
  /** The attributes, as a JSON value. */
  declare readonly attributes: pulumi.Output<Json | undefined>;
  /** SID (RL…) of the role in effect, declared or not; undefined where Twilio assigns none. */
  declare readonly roleSid: pulumi.Output<string | undefined>;
  /** Index of the last message read. */
  declare readonly lastReadMessageIndex: pulumi.Output<number | undefined>;
  /** When the last message was read. */
  declare readonly lastReadTimestamp: pulumi.Output<string | undefined>;

  constructor(name: string, args: ParticipantArgs, opts?: pulumi.CustomResourceOptions) {
    super(participant, name, args, opts);
  }
}
