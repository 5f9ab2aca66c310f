import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { requireText } from "../../core/api/request";
import type { ArgsOf } from "../../core/definition/args";
import {
  type AccountArgs,
  type InServiceArgs,
  inAccount,
  inService,
} from "../../core/definition/common-fields";
import { choice, messageIndex, timestamp } from "../../core/definition/constraint";
import { defineSingleton } from "../../core/definition/define";
import { field } from "../../core/definition/field";
import { sameMoment } from "../../core/definition/iso-time";
import { type JsonObject, textOf } from "../../core/json";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { Singleton } from "../../core/program/singleton-resource";
import { userReference } from "../fields/identity";
import { type InConversationArgs, inConversation, resolvedConversation } from "./in-conversation";

const fields = {
  /** The user, by SID (`user.id`) or identity. Changing it replaces the resource. */
  userSid: field(
    {
      change: "replace",
      pathParameter: true,
      refers: { type: "User", sidPrefix: "US", resolved: "resolvedUserSid" },
      same: (_stored, wanted, state) => wanted === state["resolvedUserSid"],
    },
    userReference(),
  ),
  /**
   * Whether the user's devices notify of messages in the conversation: `default` follows the service, `muted` is
   * silent. Removing it restores the previous level.
   */
  notificationLevel: field(
    { change: "update", cleared: "default" },
    choice(["default", "muted"], 50210).optional(),
  ),
  /**
   * Index of the last message that the user has read, 0 or more. The provider sends it when you set or change it. Later
   * values on Twilio are no drift, since they move as the user reads.
   */
  lastReadMessageIndex: field({ change: "update", writeOnly: true }, messageIndex(50406).optional()),
  /** When the user read that message: ISO 8601. Sent like `lastReadMessageIndex`. */
  lastReadTimestamp: field(
    { change: "update", writeOnly: true, same: sameMoment },
    timestamp(50405).optional(),
  ),
};

/** `POST /v1/Users/{UserSid}/Conversations/{ConversationSid}` and its like. */
export const userConversation = defineSingleton({
  type: "UserConversation",
  noun: "user conversation",
  twilioPage: "user-conversation-resource",
  schema: z.strictObject({ ...inConversation, ...fields, ...inService, ...inAccount }),
  outputs: ["accountSid", "participantSid", "resolvedConversationSid", "resolvedUserSid"],
  volatile: ["lastReadMessageIndex", "lastReadTimestamp"],
  // By SID as soon as it is known: another user can get the identity, another conversation the unique name.
  path: ({ userSid, resolvedUserSid, conversationSid, resolvedConversationSid }) => [
    "Users",
    requireText("userSid", resolvedUserSid ?? userSid),
    "Conversations",
    requireText("conversationSid", resolvedConversationSid ?? conversationSid),
  ],
  idOf: ({ userSid, conversationSid }) =>
    textOf(userSid) && textOf(conversationSid) && `${userSid}/${conversationSid}`,
  key: ["userSid", "conversationSid"],
  missingHint:
    "the user is no participant of the conversation, or one of the two does not exist. Add the participant first: " +
    "take conversationSid from the Participant (member.conversationSid), or name the Participant in dependsOn",
  derive: (live, inputs) => ({ ...resolvedConversation(live, inputs), ...resolvedUser(live, inputs) }),
});

/** The user's SID, if the program names it by its identity. */
function resolvedUser({ userSid }: JsonObject, inputs: JsonObject): JsonObject {
  return userSid === inputs["userSid"] ? {} : { resolvedUserSid: userSid };
}

/** Arguments of a {@link UserConversation}. */
export type UserConversationArgs = ArgsOf<typeof fields> & InConversationArgs & InServiceArgs & AccountArgs;

/** Arguments of `UserConversation.get`. */
export interface UserConversationGetArgs {
  /** SID (US…) of the user. */
  userSid: pulumi.Input<string>;
  /** SID (CH…) of the conversation. */
  conversationSid: pulumi.Input<string>;
  /** SID (IS…) of the Conversations service it lives in. Default: the account's default service. */
  serviceSid?: pulumi.Input<string>;
  /** Name of the credentials to use. Default: the main credentials. */
  account?: pulumi.Input<string>;
}

/**
 * One user's notification level and read mark in a conversation.
 *
 * Twilio creates it when the identity becomes a participant, so the participant comes first: take `conversationSid`
 * from it, and both are replaced together. Deleting this resource removes nobody from the conversation: Pulumi
 * restores the previous level.
 *
 * @example
 * ```ts
 * const alice = new Participant("alice", { conversationSid: conversation.id, identity: "alice" });
 *
 * new UserConversation("alice is not disturbed", {
 *   userSid: "alice",
 *   conversationSid: alice.conversationSid,
 *   notificationLevel: "muted",
 * });
 * ```
 */
export class UserConversation extends Singleton {
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(userConversation.type);
  static override readonly isInstance = instanceTest<UserConversation>(UserConversation.__pulumiType);
  /** The conversation as the program names it: SID or unique name. */
  declare readonly conversationSid: pulumi.Output<string>;
  /** SID (CH…) of the conversation, if the program names it by its unique name. */
  declare readonly resolvedConversationSid: pulumi.Output<string | undefined>;
  /** The user as the program names it: SID or identity. */
  declare readonly userSid: pulumi.Output<string>;
  /** SID (US…) of the user, if the program names it by its identity. */
  declare readonly resolvedUserSid: pulumi.Output<string | undefined>;
  /** SID (MB…) of the user's participant. */
  declare readonly participantSid: pulumi.Output<string>;
  /** SID (IS…) of the Conversations service it lives in. */
  declare readonly chatServiceSid: pulumi.Output<string>;
  /** Whether the user's devices notify: `default` or `muted`. */
  declare readonly notificationLevel: pulumi.Output<"default" | "muted" | undefined>;
  /** Index of the last message read. */
  declare readonly lastReadMessageIndex: pulumi.Output<number | undefined>;
  /** When the last message was read. */
  declare readonly lastReadTimestamp: pulumi.Output<string | undefined>;

  constructor(name: string, args: UserConversationArgs, opts?: pulumi.CustomResourceOptions) {
    super(userConversation, name, args, opts);
  }

  /** Reads a user conversation that this program does not manage. */
  static get(
    name: string,
    args: UserConversationGetArgs,
    opts?: pulumi.CustomResourceOptions,
  ): UserConversation {
    const id = pulumi.interpolate`${args.userSid}/${args.conversationSid}`;
    return new UserConversation(name, args, { ...opts, id });
  }
}
