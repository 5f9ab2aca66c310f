import * as pulumi from "@pulumi/pulumi";
import type { Without } from "../core/definition/args";
import type { Definition } from "../core/definition/define";
import { refuseUnreachable } from "../core/program/hosted-program";
import { indexToken, instanceTest } from "../core/program/provider-text";
import {
  Conversation,
  type ConversationArgs,
  ConversationWebhook,
  type ConversationWebhookArgs,
  conversation,
  conversationWebhook,
  Participant,
  type ParticipantArgs,
  participant,
  Roster,
  type RosterArgs,
  roster,
} from "../resources";
import { sortOptions } from "./component-options";
import { type Labelled, limitLabels, mapLabels, requirePlain } from "./labels";
import type { Part } from "./option-paths";

/** Arguments that the component sets on every part of its conversation. */
type Place = "conversationSid" | "serviceSid" | "account";

const MAX_WEBHOOKS = 5;

/** A member of a {@link StandingConversation}: the arguments of a {@link ParticipantArgs} besides its conversation. */
export type StandingMemberArgs = Without<ParticipantArgs, Place>;
/**
 * A webhook of a {@link StandingConversation}: the arguments of a {@link ConversationWebhookArgs} besides its
 * conversation.
 */
export type StandingWebhookArgs = Without<ConversationWebhookArgs, Place>;

/** The roster of a {@link StandingConversation}: the arguments of a {@link RosterArgs} besides its conversation. */
export type StandingRosterArgs = Omit<RosterArgs, Place>;

/** The parts of a {@link StandingConversation} besides its conversation. */
export interface StandingParts<Member extends string, Webhook extends string> {
  /**
   * The members, each under a label of your choice. The label names the resource: `<name>-<label>`. Adding or removing
   * other members, in any order, does not change this one. A new label creates a new resource, which adopts the old
   * one's participant as `adopt` allows. Use a plain object: Pulumi must know the labels before it creates anything;
   * the values may be outputs.
   * @default no members
   */
  members?: Labelled<Member, StandingMemberArgs>;
  /**
   * Members as one resource, `<name>-roster`, instead of `members` or in addition: far faster for hundreds of members.
   * Its labels may be outputs too.
   * @default no roster
   */
  roster?: StandingRosterArgs;
  /**
   * Webhooks for the conversation's events or messages, at most 5, each under a label as in `members`. To replace one,
   * Pulumi deletes it first.
   * @default no webhooks
   */
  webhooks?: Labelled<Webhook, StandingWebhookArgs>;
  /**
   * Whether Pulumi refuses to delete or replace the conversation, which would lose its messages. Members inherit the
   * resource option `protect`, but not this argument: it leaves them unprotected.
   * @default the resource option `protect` where it is given, else true
   */
  protect?: boolean;
}

/** The arguments of a {@link StandingConversation}. */
export type StandingConversationArgs<
  Member extends string = string,
  Webhook extends string = string,
> = ConversationArgs & StandingParts<Member, Webhook>;

/**
 * A conversation with its members and webhooks, protected from deletion.
 *
 * It stays open until one of its timers closes it. If the account has a default closed timer (`Configuration`),
 * declare `timers: { closed: "PT0S" }`.
 *
 * `serviceSid`, `account`, `webhookEnabled` and `adopt` apply to all parts. A member and the roster may have their own
 * `webhookEnabled` and `adopt`, and a webhook its own `adopt`.
 *
 * **Pulumi protects the conversation** from deletion and replacement. To remove it, declare `protect: false`, run
 * `pulumi up`, then remove the declaration or destroy the stack. Until then the preview of a deletion fails. With
 * `--skip-preview` Pulumi deletes the members before it refuses to delete the conversation.
 *
 * The resource options `ignoreChanges`, `replaceOnChanges` and `hideDiffs` take paths of these arguments:
 * `attributes.team`, `members.alice.roleSid`, `members.*.attributes`, `roster`. `replacementTrigger` and `replaceWith`
 * replace the conversation with all its parts. The component refuses an option that would do nothing.
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
 *   webhooks: {
 *     crm: { target: "webhook", configuration: { url: "https://example.com/crm", filters: ["onMessageAdded"] } },
 *   },
 * });
 * export const alice = support.members.alice.sid;
 * ```
 */
export class StandingConversation<
  Member extends string = never,
  Webhook extends string = never,
> extends pulumi.ComponentResource {
  /** The type token, for policy packs and mocks. */
  static readonly __pulumiType = indexToken("StandingConversation");
  static override readonly isInstance = instanceTest<StandingConversation<string, string>>(
    StandingConversation.__pulumiType,
  );

  /** The conversation. */
  readonly conversation: Conversation;
  /** SID (CH…) of the conversation. */
  readonly conversationSid: pulumi.Output<string>;
  /** The members by label, without those of the roster. */
  readonly members: Labelled<Member, Participant>;
  /** The members declared as one resource; undefined without a roster. */
  readonly roster: Roster | undefined;
  /** The webhooks by label. */
  readonly webhooks: Labelled<Webhook, ConversationWebhook>;

  constructor(
    name: string,
    args: StandingConversationArgs<Member, Webhook> = {},
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    refuseUnreachable();
    const { members, roster, webhooks, protect = opts.protect ?? true, ...declared } = args;
    limitLabels("webhooks", webhooks, MAX_WEBHOOKS, 50361);
    if (roster !== undefined) requirePlain("roster", roster);
    const options = sortOptions(opts, partsOf(declared, members, roster, webhooks));
    super(StandingConversation.__pulumiType, name, {}, options.component);
    const { serviceSid, account, webhookEnabled, adopt } = declared;
    const parent = { parent: this };
    this.conversation = new Conversation(name, declared, { ...parent, protect, ...options.of() });
    this.conversationSid = this.conversation.id;
    const place = { conversationSid: this.conversationSid, serviceSid, account };
    // Twilio deletes a conversation's contents with it: one request deletes two thousand members.
    const within = { ...parent, deletedWith: this.conversation };
    this.members = mapLabels("members", members, (label, member) => {
      const settings = {
        webhookEnabled: member.webhookEnabled ?? webhookEnabled,
        adopt: member.adopt ?? adopt,
      };
      const own = { ...within, ...options.of("members", label) };
      return new Participant(`${name}-${label}`, { ...member, ...settings, ...place }, own);
    });
    this.roster =
      roster &&
      new Roster(
        `${name}-roster`,
        {
          ...roster,
          ...place,
          webhookEnabled: roster.webhookEnabled ?? webhookEnabled,
          adopt: roster.adopt ?? adopt,
        },
        { ...within, ...options.of("roster") },
      );
    // Delete first: Twilio allows no sixth webhook, and a duplicate would report each event twice.
    const oneByOne = { ...within, deleteBeforeReplace: true };
    this.webhooks = mapLabels("webhooks", webhooks, (label, webhook) => {
      const settings = { adopt: webhook.adopt ?? adopt };
      const own = { ...oneByOne, ...options.of("webhooks", label) };
      return new ConversationWebhook(`${name}-${label}`, { ...webhook, ...settings, ...place }, own);
    });
    this.registerOutputs({ conversationSid: this.conversationSid });
  }
}

function partsOf(
  args: ConversationArgs,
  members: StandingParts<string, string>["members"],
  declaredRoster: StandingRosterArgs | undefined,
  webhooks: StandingParts<string, string>["webhooks"],
): Part[] {
  const labelled = (group: string, parts: Labelled<string, object> | undefined, definition: Definition) =>
    Object.values(
      mapLabels(group, parts, (label, each) => ({ place: [group, label], definition, args: each })),
    );
  return [
    { place: [], definition: conversation, args },
    ...labelled("members", members, participant),
    ...(declaredRoster === undefined
      ? []
      : [{ place: ["roster"], definition: roster, args: declaredRoster }]),
    ...labelled("webhooks", webhooks, conversationWebhook),
  ];
}
