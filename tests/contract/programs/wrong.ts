// biome-ignore-all format: what the compiler says is told by the line.
// What the compiler refuses. Compiled like right.ts; each comment is the end of what it then says of the next line.
import * as pulumi from "@pulumi/pulumi";
import {
  AddressConfiguration,
  Conversation,
  ConversationWebhook,
  Credential,
  Message,
  Participant,
  Roster,
  StandingConversation,
} from "pulumi-twilio-conversations";

const conversationSid = pulumi.output("CH0123456789abcdef0123456789abcdef");
const flowSid = "FW0123456789abcdef0123456789abcdef";
const both = { address: "+1", proxyAddress: "+2" };
declare const text: string;

export const participants = [
  // @ts-expect-error: Object literal may only specify known properties, and 'address' does not exist in type 'ProjectedBinding
  () => new Participant("a", { conversationSid, identity: "a", messagingBinding: { address: "+1", proxyAddress: "+2" } }),
  // @ts-expect-error: is not assignable to type 'Input<ProjectedBinding | undefined>'.
  () => new Participant("a", { conversationSid, identity: "a", messagingBinding: both }),
  // @ts-expect-error: Property 'messagingBinding' is missing in type '{ conversationSid: pulumi.Output<string>; }' but required in type 'ParticipantWithoutIdentity'.
  () => new Participant("a", { conversationSid }),
  // @ts-expect-error: Property 'proxyAddress' is missing in type '{ address: "+1"; }' but required in type 'AddressBinding'.
  () => new Participant("a", { conversationSid, messagingBinding: { address: "+1" } }),
  // @ts-expect-error: Property 'proxyAddress' is missing in type '{ address: string; }' but required in type 'AddressBinding'.
  () => new Participant("a", { conversationSid, messagingBinding: { address: text } }),
  // @ts-expect-error: Property 'address' is missing in type '{ proxyAddress: string; }' but required in type 'AddressBinding'.
  () => new Participant("a", { conversationSid, messagingBinding: { proxyAddress: "+1" } }),
  // @ts-expect-error: 'attribute' does not exist in type 'ParticipantWithIdentity'. Did you mean to write 'attributes'?
  () => new Participant("a", { conversationSid, identity: "a", attribute: {} }),
  // @ts-expect-error: Property 'conversationSid' is missing in type '{ identity: string; }' but required in type 'ParticipantWithIdentity'.
  () => new Participant("a", { identity: "a" }),
];

export const members = [
  // @ts-expect-error: Object literal may only specify known properties, and 'address' does not exist in type 'ProjectedBinding
  () => new StandingConversation("a", { members: { a: { identity: "a", messagingBinding: { address: "+1", proxyAddress: "+2" } } } }),
  // @ts-expect-error: Property 'messagingBinding' is missing in type '{ roleSid: string; }' but required in type 'Omit<ParticipantWithoutIdentity, Place>'.
  () => new StandingConversation("a", { members: { a: { roleSid: text } } }),
  // @ts-expect-error: Property 'proxyAddress' is missing in type '{ address: "+1"; }' but required in type 'AddressBinding'.
  () => new StandingConversation("a", { members: { a: { messagingBinding: { address: "+1" } } } }),
  // @ts-expect-error: Object literal may only specify known properties, and 'address' does not exist in type 'ProjectedBinding
  () => new Roster("a", { conversationSid, members: { a: { identity: "a", messagingBinding: { address: "+1", proxyAddress: "+2" } } } }),
  // @ts-expect-error: Property 'proxyAddress' is missing in type '{ address: "+1"; }' but required in type 'AddressBinding'.
  () => new Roster("a", { conversationSid, members: { a: { messagingBinding: { address: "+1" } } } }),
];

export const webhooks = [
  // @ts-expect-error: Object literal may only specify known properties, and 'url' does not exist in type 'Input<StudioConfiguration>'.
  () => new ConversationWebhook("a", { conversationSid, target: "studio", configuration: { flowSid, url: text } }),
  // @ts-expect-error: Object literal may only specify known properties, and 'url' does not exist in type 'Input<StudioConfiguration>'.
  () => new ConversationWebhook("a", { conversationSid, target: "studio", configuration: { url: text } }),
  // @ts-expect-error: Object literal may only specify known properties, and 'triggers' does not exist in type 'Input<EventConfiguration>'.
  () => new ConversationWebhook("a", { conversationSid, target: "webhook", configuration: { url: text, filters: [], triggers: [] } }),
  // @ts-expect-error: Property 'filters' is missing in type '{ url: string; }' but required in type 'EventConfiguration'.
  () => new ConversationWebhook("a", { conversationSid, target: "webhook", configuration: { url: text } }),
  // @ts-expect-error: Property 'triggers' is missing in type '{ url: string; }' but required in type 'TriggerConfiguration'.
  () => new ConversationWebhook("a", { conversationSid, target: "trigger", configuration: { url: text } }),
  // @ts-expect-error: Did you mean '"webhook"'?
  () => new ConversationWebhook("a", { conversationSid, target: "webhok", configuration: { url: text, filters: [] } }),
  // @ts-expect-error: Object literal may only specify known properties, and 'url' does not exist in type 'Input<StudioConfiguration>'.
  () => new StandingConversation("a", { webhooks: { a: { target: "studio", configuration: { flowSid, url: text } } } }),
];

export const others = [
  // @ts-expect-error: Object literal may only specify known properties, and 'webhookUrl' does not exist in type 'StudioAutoCreation
  () => new AddressConfiguration("a", { type: "sms", address: "+1", autoCreation: { enabled: true, type: "studio", studioFlowSid: flowSid, webhookUrl: text } }),
  // @ts-expect-error: Property 'studioFlowSid' is missing in type '{ enabled: true; type: "studio"; }' but required in type 'StudioAutoCreation'.
  () => new AddressConfiguration("a", { type: "sms", address: "+1", autoCreation: { enabled: true, type: "studio" } }),
  // @ts-expect-error: Object literal may only specify known properties, and 'apiKey' does not exist in type 'FcmCredential'.
  () => new Credential("a", { type: "fcm", secret: text, apiKey: text }),
  // @ts-expect-error: Property 'body' is missing in type '{ conversationSid: pulumi.Output<string>; author: string; }' but required in type 'MessageWithBody'.
  () => new Message("a", { conversationSid, author: text }),
  // @ts-expect-error: Object literal may only specify known properties, and 'body' does not exist in type 'MessageFromTemplate'.
  () => new Message("a", { conversationSid, contentSid: text, body: text }),
  // @ts-expect-error: Object literal may only specify known properties, and 'body' does not exist in type 'MessageFromTemplate'.
  () => new Message("a", { conversationSid, body: text, contentVariables: text }),
  // @ts-expect-error: Type '"sometimes"' is not assignable to type 'Input<"always" | "matching" | "never" | undefined>'.
  () => new Conversation("a", { adopt: "sometimes" }),
];
