import * as pulumi from "@pulumi/pulumi";
import {
  Message,
  Role,
  Service,
  ServiceConfiguration,
  ServiceWebhooks,
  StandingConversation,
} from "pulumi-twilio-conversations";

// The stack is the environment, and Pulumi.<stack>.yaml says in what it differs from the others.
const environment = pulumi.getStack();
const config = new pulumi.Config();
const agents = config.requireObject<string[]>("agents");
const closeAfter = config.require("closeAfter");
const eventsUrl = config.require("eventsUrl");
const protect = config.requireBoolean("protect");

// A service holds everything of one environment apart from the others. Deleting it deletes all of it.
const service = new Service("help-desk", { friendlyName: `help desk ${environment}` }, { protect });
const serviceSid = service.id;

const agent = new Role("agent", {
  serviceSid,
  friendlyName: "help desk agent",
  type: "conversation",
  permissions: ["sendMessage", "sendMediaMessage", "editOwnMessage", "leaveConversation"],
});

// Whoever joins a conversation of this service without a role is an agent.
new ServiceConfiguration("help-desk", {
  serviceSid,
  defaultConversationRoleSid: agent.id,
  reachabilityEnabled: true,
});

// Each environment tells its own handler what happens.
new ServiceWebhooks("help-desk", {
  serviceSid,
  postWebhookUrl: eventsUrl,
  method: "POST",
  filters: ["onMessageAdded", "onConversationStateUpdated"],
});

const desk = new StandingConversation("help-desk", {
  serviceSid,
  friendlyName: `Help desk (${environment})`,
  // The same name everywhere: it is unique in its service, not in the account.
  uniqueName: "help-desk",
  // PT0S is never. Left out, the default timer of the account would count.
  timers: { closed: closeAfter },
  protect,
  members: Object.fromEntries(agents.map((identity) => [identity, { identity, roleSid: agent.id }])),
});

// Stands at the beginning. Changing its text changes it in place.
new Message("welcome", {
  serviceSid,
  conversationSid: desk.conversationSid,
  author: "help desk",
  body: "Welcome. Say what you need, and somebody answers within an hour.",
});

export { serviceSid };
export const conversationSid = desk.conversationSid;
