import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ArgsOf, Without } from "../../core/definition/args";
import {
  type AnnouncedArgs,
  announced,
  everyServiceObject,
  type ServiceObjectArgs,
} from "../../core/definition/common-fields";
import { field } from "../../core/definition/field";
import type { Json } from "../../core/json";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { defineRoster } from "../../core/roster/definition";
import { RosterResource } from "../../core/roster/resource";
import { WRITTEN } from "../../core/roster/state";
import { type InConversationArgs, inConversation, pathInConversation } from "./in-conversation";
import { type MessagingBinding, type ParticipantArgs, participant } from "./participant";
import { rosterLimits } from "./roster-limits";

const fields = {
  /**
   * Whether the roster shows unmanaged members, as `undeclared:MB…`, and removes them. It removes only members that the
   * last refresh has shown and that no `Participant` of the program or its stack holds. It cannot know participants
   * that `--target` leaves out.
   * @default false
   */
  exclusive: field({ change: "local" }, z.boolean().optional()),
};

/** All participants of a conversation at `/v1/Conversations/{ConversationSid}/Participants`. */
export const roster = defineRoster({
  type: "Roster",
  noun: "roster",
  twilioPage: "conversation-participant-resource",
  member: participant,
  schema: z.strictObject({
    ...inConversation,
    /** The members by label. Each has the fields of a `Participant`, except those that the roster sets for all. */
    members: field({ change: "update" }, z.record(z.string(), z.json())),
    ...fields,
    /** Whether the members contain a secret. */
    secretMembers: field({ change: "local", internal: true }, z.boolean().optional()),
    ...announced,
    ...everyServiceObject,
  }),
  outputs: ["accountSid", "resolvedConversationSid", "sids", WRITTEN],
  volatile: [],
  path: pathInConversation("Participants"),
  parentPath: ({ conversationSid }) => ["Conversations", String(conversationSid)],
  idOf: ({ conversationSid }) => (typeof conversationSid === "string" ? conversationSid : undefined),
  key: ["conversationSid"],
  limits: rosterLimits,
});

/**
 * Arguments of a member of a {@link Roster}: those of a {@link ParticipantArgs} that the roster does not set for all.
 */
export type RosterMemberArgs = Without<
  ParticipantArgs,
  "conversationSid" | "serviceSid" | "account" | "adopt" | "webhookEnabled"
>;

/** A member as recorded: its declared fields, and those that Twilio assigned. */
export interface RosterMember {
  readonly identity?: string;
  readonly messagingBinding?: MessagingBinding;
  readonly attributes?: Json;
  readonly roleSid?: string;
  readonly dateCreated?: string;
  readonly dateUpdated?: string;
  readonly lastReadMessageIndex?: number;
  readonly lastReadTimestamp?: string;
}

/** Arguments of a {@link Roster}. */
export type RosterArgs = ArgsOf<typeof fields> & {
  /**
   * The members, each under a label of your choice: at most 1,000, and 50 of them by address. A new label does not
   * change the member. Labels cannot begin with `undeclared:`, `removed:` or `__`.
   */
  members: pulumi.Input<Readonly<Record<string, pulumi.Input<RosterMemberArgs>>>>;
} & InConversationArgs &
  AnnouncedArgs &
  ServiceObjectArgs;

/** Arguments of `Roster.get`. */
export interface RosterGetArgs {
  /** SID (CH…) of the conversation. */
  conversationSid: pulumi.Input<string>;
  /** SID (IS…) of the Conversations service it lives in. Default: the account's default service. */
  serviceSid?: pulumi.Input<string>;
  /** Name of the credentials to use. Default: the main credentials. */
  account?: pulumi.Input<string>;
}

/**
 * All members of a conversation as one resource, for hundreds of them. Pulumi has a fixed cost per resource, in time
 * and in state, which a roster has once.
 *
 * A preview names each member and field that changes. The provider writes changed members only, several at once within
 * Twilio's limits. If some writes fail, it names those members and records the others, and the next `up` does the
 * rest.
 *
 * Where the same program declares the conversation, set the resource option `deletedWith: conversation`. Deleting the
 * conversation then removes the members, without a request for each.
 *
 * @example
 * ```ts
 * new Roster("support", {
 *   conversationSid: conversation.id,
 *   members: {
 *     alice: { identity: "alice", roleSid: agent.id, attributes: { team: "support" } },
 *     customer: { messagingBinding: { address: "+14155550123", proxyAddress: "+14155550100" } },
 *   },
 * }, { deletedWith: conversation });
 * ```
 * @example
 * ```ts
 * // Whoever else has joined is shown in a preview with refresh, and removed.
 * new Roster("admins", { conversationSid: conversation.id, exclusive: true, members: { root: { identity: "root" } } });
 * ```
 */
export class Roster extends RosterResource<RosterMember> {
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(roster.type);
  static override readonly isInstance = instanceTest<Roster>(Roster.__pulumiType);
  /** The conversation as the program names it: SID or unique name. */
  declare readonly conversationSid: pulumi.Output<string>;
  /** SID (CH…) of the conversation, if the program names it by its unique name. */
  declare readonly resolvedConversationSid: pulumi.Output<string | undefined>;
  /** SID (IS…) of the Conversations service it lives in. */
  declare readonly chatServiceSid: pulumi.Output<string>;
  /** The members' SIDs (MB…) by their labels. */
  declare readonly sids: pulumi.Output<Readonly<Record<string, string>>>;

  constructor(name: string, args: RosterArgs, opts?: pulumi.CustomResourceOptions) {
    super(roster, name, args, opts);
  }

  /** Reads the members of a conversation that this program does not manage, each under its SID. */
  static get(
    name: string,
    { conversationSid, ...location }: RosterGetArgs,
    opts?: pulumi.CustomResourceOptions,
  ): Roster {
    const args = { ...location, conversationSid } as RosterArgs;
    return new Roster(name, args, { ...opts, id: conversationSid });
  }
}
