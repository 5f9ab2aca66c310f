import * as pulumi from "@pulumi/pulumi";
import { Conversation, type ConversationArgs, Participant, type ParticipantArgs } from "../resources";
import { mapLabels } from "./labels";

/** A member of a {@link StandingConversation}: what a {@link ParticipantArgs} says besides its conversation. */
export type StandingMemberArgs = Omit<ParticipantArgs, "conversationSid" | "serviceSid" | "account">;

/** What belongs to a {@link StandingConversation}, besides the conversation itself. */
export interface StandingParts<Member extends string> {
  /**
   * The members, each under a label of your choice, which names its resource: `<name>-<label>`. Others can come and
   * go, in any order, without touching it. A member under another label is another resource: it takes the old
   * one's participant over as `adopt` says. A plain object: the labels are known before anything is created, the
   * values in it may be outputs.
   * @default nobody
   */
  members?: Readonly<Record<Member, StandingMemberArgs>>;
  /**
   * Whether Pulumi refuses to delete or replace the conversation, since its messages go with it. Unlike the resource
   * option of that name, which the members inherit, it leaves the members free to come and go.
   * @default the resource option `protect` where it is given, else true
   */
  protect?: boolean;
}

/** What a program says of a {@link StandingConversation}. */
export type StandingConversationArgs<Member extends string = string> = ConversationArgs &
  StandingParts<Member>;

/**
 * A conversation that always stands, with its members, in one declaration.
 *
 * `serviceSid`, `account`, `webhookEnabled` and `adopt` count for the members too; a member may have a
 * `webhookEnabled` and an `adopt` of its own.
 *
 * **The conversation is protected** from being deleted or replaced. To remove it, declare `protect: false`, run
 * `pulumi up`, then remove the declaration or destroy the stack. Until then the preview of a deletion fails; with
 * `--skip-preview` Pulumi deletes the members all the same, before it comes to the conversation.
 *
 * @example
 * ```ts
 * const support = new StandingConversation("eu-support", {
 *   friendlyName: "EU support",
 *   uniqueName: "eu-support",
 *   members: {
 *     alice: { identity: "alice", roleSid: agent.id },
 *     customer: { messagingBinding: { address: "+14155550123", proxyAddress: "+14155550100" } },
 *   },
 * });
 * export const alice = support.members.alice.sid;
 * ```
 */
export class StandingConversation<Member extends string = never> extends pulumi.ComponentResource {
  /** The conversation. */
  readonly conversation: Conversation;
  /** SID (CH…) of the conversation. */
  readonly conversationSid: pulumi.Output<string>;
  /** The members by their labels. */
  readonly members: Readonly<Record<Member, Participant>>;

  constructor(
    name: string,
    args: StandingConversationArgs<Member> = {},
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    super("twilio:index:StandingConversation", name, {}, opts);
    const { members, protect = opts.protect ?? true, ...declared } = args;
    const { serviceSid, account, webhookEnabled, adopt } = declared;
    const parent = { parent: this };
    this.conversation = new Conversation(name, declared, { ...parent, protect });
    this.conversationSid = this.conversation.id;
    const place = { conversationSid: this.conversationSid, serviceSid, account };
    this.members = mapLabels("members", members, (label, member) => {
      const settings = {
        webhookEnabled: member.webhookEnabled ?? webhookEnabled,
        adopt: member.adopt ?? adopt,
      };
      return new Participant(`${name}-${label}`, { ...member, ...settings, ...place }, parent);
    });
    this.registerOutputs({ conversationSid: this.conversationSid });
  }
}
