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
   * The person's address, 1 to 256 characters: `+14155550123`, `whatsapp:+14155550123`, `jane@example.com` and so on.
   * An e-mail address takes no `proxyAddress`.
   */
  address: address({ empty: 50411, form: 50407 }).optional(),
  /** The Twilio sender that the person sees, 1 to 256 characters. It has the same channel as `address`. */
  proxyAddress: address({ empty: 50412, form: 50408 }, senderFinding).optional(),
  /** Number of the US or Canada that represents a chat user in a group MMS. */
  projectedAddress: address({ empty: 50412, form: 50407 }, longCodeFinding).optional(),
};

const fields = {
  /**
   * Identity of a chat user, 1 to 256 characters, case-sensitive. It stands alone or with
   * `messagingBinding.projectedAddress`. Changing it replaces the participant.
   */
  identity: field({ change: "replace" }, identity().optional()),
  /**
   * Addresses of a participant without the chat SDK: `address` and `proxyAddress` together, an e-mail address alone, or
   * a projected address for group MMS. Changing it replaces the participant.
   */
  messagingBinding: field({ change: "replace" }, z.strictObject(bindingFields).optional()),
  /**
   * Your own data, at most 4,096 bytes: any JSON value or JSON text. The provider compares JSON values: order, spacing
   * and number form do not count. Null means omitted.
   * @default {}, set by Twilio
   */
  attributes: field({ change: "update", json: true, cleared: {} }, attributes(4096).optional()),
  /**
   * SID (RL…) of a role of type `conversation`. If omitted, the provider watches the role that Twilio assigned: a
   * preview shows a promotion made outside Pulumi, and `up` reverts it. Removing the field assigns the service's
   * default role.
   * @default the service's default conversation role
   */
  roleSid: field({ change: "update", watched: true }, sid("RL", 50109).optional()),
  /** Time of joining, for imported history: ISO 8601. Sent at creation only; the provider ignores later changes. */
  dateCreated: field({ change: "creation" }, timestamp(50308).optional()),
  /**
   * Time of the last change, for imported history: ISO 8601. Sent at creation only; the provider ignores later changes.
   */
  dateUpdated: field({ change: "creation" }, timestamp(50309).optional()),
  /**
   * Index of the last message that the participant has read, 0 or more. Twilio takes it in updates only, so the
   * provider sends it when it changes after creation. Later values on Twilio are no drift.
   */
  lastReadMessageIndex: field(
    { change: "update", writeOnly: true, updateOnly: true },
    messageIndex(50406).optional(),
  ),
  /** When the participant read that message: ISO 8601. Sent like `lastReadMessageIndex`. */
  lastReadTimestamp: field(
    { change: "update", writeOnly: true, updateOnly: true, same: sameMoment },
    timestamp(50405).optional(),
  ),
  /**
   * Allows a number or a projected address alone, for native group MMS. Without it, the preview refuses a number alone,
   * since a missing proxy address is the commonest mistake. Changing it alone sends nothing.
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
/** The proxy address may be undefined, as for e-mail, but the program has to give it. */
type AddressBinding = BindingOf<{
  address: pulumi.Input<string>;
  proxyAddress: pulumi.Input<string | undefined>;
}>;
type EmailBinding = BindingOf<{ address: pulumi.Input<`${string}@${string}`> }>;
type BindingByAddress = EmailBinding | AddressBinding;
type LoneAddressBinding = BindingOf<{ address: pulumi.Input<string> }>;
type ProjectedBinding = BindingOf<{ projectedAddress: pulumi.Input<string> }>;

type Place = InConversationArgs & AnnouncedArgs & ServiceObjectArgs;
/** A participant with or without identity, and the fields that this requires. */
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

/** Arguments of a {@link Participant}: by identity or by address. */
export type ParticipantArgs = GroupMmsParticipant | ParticipantWithIdentity | ParticipantWithoutIdentity;

/** How Twilio reaches a participant. */
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
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(participant.type);
  static override readonly isInstance = instanceTest<Participant>(Participant.__pulumiType);
  /** Identity of the chat user; undefined for a person by address. */
  declare readonly identity: pulumi.Output<string | undefined>;
  /** How Twilio reaches the person, with the channel in `type`; undefined for a chat user. */
  declare readonly messagingBinding: pulumi.Output<MessagingBinding | undefined>;
  /** The attributes, as a JSON value. */
  declare readonly attributes: pulumi.Output<Json | undefined>;
  /** SID (RL…) of the role in effect, declared or not; undefined if Twilio assigns none. */
  declare readonly roleSid: pulumi.Output<string | undefined>;
  /** Index of the last message read. */
  declare readonly lastReadMessageIndex: pulumi.Output<number | undefined>;
  /** When the last message was read. */
  declare readonly lastReadTimestamp: pulumi.Output<string | undefined>;

  constructor(name: string, args: ParticipantArgs, opts?: pulumi.CustomResourceOptions) {
    super(participant, name, args, opts);
  }
}
