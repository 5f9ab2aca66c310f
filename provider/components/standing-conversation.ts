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

/** Given by the component to all that is in its conversation. */
type Place = "conversationSid" | "serviceSid" | "account";

const MAX_WEBHOOKS = 5;

/** A member of a {@link StandingConversation}: what a {@link ParticipantArgs} says besides its conversation. */
export type StandingMemberArgs = Without<ParticipantArgs, Place>;
/** A webhook of a {@link StandingConversation}: what a {@link ConversationWebhookArgs} says besides its conversation. */
export type StandingWebhookArgs = Without<ConversationWebhookArgs, Place>;

/** The roster of a {@link StandingConversation}: what a {@link RosterArgs} says besides its conversation. */
export type StandingRosterArgs = Omit<RosterArgs, Place>;

/** What belongs to a {@link StandingConversation}, besides the conversation itself. */
export interface StandingParts<Member extends string, Webhook extends string> {
  /**
   * The members, each under a label of your choice, which names its resource: `<name>-<label>`. Others can come and
   * go, in any order, without touching it. A member under another label is another resource: it takes the old
   * one's participant over as `adopt` says. A plain object: the labels are known before anything is created, the
   * values in it may be outputs.
   * @default nobody
   */
  members?: Labelled<Member, StandingMemberArgs>;
  /**
   * Members as one resource, `<name>-roster`, instead of or beside `members`: for hundreds of them far faster. Here
   * the labels may be outputs too.
   * @default nobody
   */
  roster?: StandingRosterArgs;
  /**
   * What is called for the conversation's events or messages, at most 5, each under a label as the members are. One
   * that is replaced goes before the new one comes.
   * @default nothing
   */
  webhooks?: Labelled<Webhook, StandingWebhookArgs>;
  /**
   * Whether Pulumi refuses to delete or replace the conversation, since its messages go with it. Unlike the resource
   * option of that name, which the members inherit, it leaves the members free to come and go.
   * @default the resource option `protect` where it is given, else true
   */
  protect?: boolean;
}

/** What a program says of a {@link StandingConversation}. */
export type StandingConversationArgs<
  Member extends string = string,
  Webhook extends string = string,
> = ConversationArgs & StandingParts<Member, Webhook>;

/**
 * A conversation that is to stand, with its members and webhooks, in one declaration.
 *
 * It stands until one of its timers closes it: where the account has a default closed timer (`Configuration`),
 * declare `timers: { closed: "PT0S" }`.
 *
 * `serviceSid`, `account`, `webhookEnabled` and `adopt` count for all of them; a member and the roster may have a
 * `webhookEnabled` and an `adopt` of their own, and a webhook an `adopt`.
 *
 * **The conversation is protected** from being deleted or replaced. To remove it, declare `protect: false`, run
 * `pulumi up`, then remove the declaration or destroy the stack. Until then the preview of a deletion fails; with
 * `--skip-preview` Pulumi deletes the members all the same, before it comes to the conversation.
 *
 * The resource options `ignoreChanges`, `replaceOnChanges` and `hideDiffs` take paths of these arguments:
 * `attributes.team`, `members.alice.roleSid`, `members.*.attributes`, `roster`. `replacementTrigger` and `replaceWith`
 * replace the conversation with all that is in it. An option that would do nothing is refused.
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
  /** What policy packs and mocks know the class by. */
  static readonly __pulumiType = indexToken("StandingConversation");
  static override readonly isInstance = instanceTest<StandingConversation<string, string>>(
    StandingConversation.__pulumiType,
  );

  /** The conversation. */
  readonly conversation: Conversation;
  /** SID (CH…) of the conversation. */
  readonly conversationSid: pulumi.Output<string>;
  /** The members by their labels, without those of the roster. */
  readonly members: Labelled<Member, Participant>;
  /** The members that are one resource; undefined where none are declared so. */
  readonly roster: Roster | undefined;
  /** The webhooks by their labels. */
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
    // Deleting a conversation deletes what is in it: two thousand members go in one request.
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
    // Of five there is no room for a sixth, and for two at a time each event would be told twice.
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
