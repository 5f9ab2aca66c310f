// biome-ignore-all format: what the compiler says is told by the line.
// Compiled by ../programs.test.ts in somebody's project, and by `npm run check`; never run.
import * as pulumi from "@pulumi/pulumi";
import {
  AddressConfiguration,
  Conversation,
  ConversationWebhook,
  Credential,
  Message,
  membersFromFile,
  Participant,
  Role,
  Roster,
  StandingConversation,
} from "pulumi-twilio-conversations";

const conversationSid = pulumi.output("CH0123456789abcdef0123456789abcdef");
declare const text: string;
declare const perhaps: string | undefined;
declare const later: pulumi.Output<string>;
declare const laterPerhaps: pulumi.Output<string | undefined>;

/** An interface, to which other declarations could add. */
interface Team {
  readonly name: string;
  readonly size: number;
}
declare const team: Team;
const permissions = ["sendMessage", "leaveConversation"] as const;
const numbers: readonly number[] = [1, 2];

export const programs = [
  // Everybody who can be a participant.
  () => new Participant("alice", { conversationSid, identity: "alice" }),
  () => new Participant("alice", { conversationSid, identity: later, roleSid: laterPerhaps }),
  () => new Participant("sms", { conversationSid, messagingBinding: { address: "+1", proxyAddress: "+2" } }),
  () => new Participant("sms", { conversationSid, messagingBinding: { address: text, proxyAddress: later } }),
  () => new Participant("sms", { conversationSid, messagingBinding: { address: text, proxyAddress: perhaps } }),
  () => new Participant("sms", { conversationSid, messagingBinding: later.apply((proxyAddress) => ({ address: text, proxyAddress })) }),
  () => new Participant("mms", { conversationSid, identity: "alice", messagingBinding: { projectedAddress: "+1" } }),
  () => new Participant("mms", { conversationSid, groupMms: true, messagingBinding: { projectedAddress: "+1" } }),
  () => new Participant("mms", { conversationSid, groupMms: true, messagingBinding: { address: "+1" } }),
  () => new Roster("all", { conversationSid, members: membersFromFile("members.csv") }),
  () => new StandingConversation("desk", { members: { alice: { identity: "alice" } } }).members.alice.sid,

  // Attributes of every kind.
  () => new Conversation("desk", { attributes: team }),
  () => new Conversation("desk", { attributes: { team, numbers, sid: later, deep: [{ sid: laterPerhaps }] } }),
  () => new Conversation("desk", { attributes: '{"team":"support"}', uniqueName: null }),
  () => new Conversation("desk", { attributes: pulumi.output(team) }),

  // Words that are known, and any other text; lists that nobody changes.
  () => new Conversation("desk", { state: text }),
  () => new Role("agent", { friendlyName: "agent", type: "conversation", permissions }),
  () => new Role("agent", { friendlyName: "agent", type: text, permissions: ["sendMessage", text, later] }),
  () => new Role("agent", { friendlyName: "agent", type: later, permissions: pulumi.output([text]) }),
  () => new ConversationWebhook("hook", { conversationSid, target: "webhook", configuration: { url: text, filters: ["onMessageAdded", text], method: text } }),
  () => new ConversationWebhook("hook", { conversationSid, target: "trigger", configuration: { url: later, triggers: ["help"] as const } }),
  () => new ConversationWebhook("flow", { conversationSid, target: "studio", configuration: { flowSid: later, replayAfter: 0 } }),
  () => new ConversationWebhook("flow", { conversationSid, target: pulumi.output("studio" as const), configuration: { flowSid: text } }),
  () => new AddressConfiguration("number", { type: "sms", address: "+1", autoCreation: { enabled: true, type: "default" } }),
  () => new AddressConfiguration("number", { type: text, address: "+1", autoCreation: { enabled: true, type: "studio", studioFlowSid: later } }),

  // What goes with a type, and what with a body.
  () => new Credential("phones", { type: "apn", certificate: later, privateKey: later, sandbox: true }),
  () => new Credential("phones", { type: "apn", friendlyName: "what it needs has left the program" }),
  () => new Credential("phones", { type: pulumi.output("fcm" as const), secret: later }),
  () => new Message("hours", { conversationSid, body: text, attributes: team }),
  () => new Message("hours", { conversationSid, body: perhaps, mediaSid: text }),
  () => new Message("hours", { conversationSid, contentSid: later, contentVariables: text }),

  // What a test or a policy tells resources apart by.
  (all: pulumi.Resource[]) => all.filter(Role.isInstance).map((role) => role.permissions),
  (it: unknown): string => (StandingConversation.isInstance(it) ? it.urn.toString() : StandingConversation.__pulumiType),
];
