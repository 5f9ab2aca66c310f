import {
  getRoleOutput,
  Role,
  StandingConversation,
  User,
  UserConversation,
} from "pulumi-twilio-conversations";

// A role of type `service` says what a user may do besides the conversations that they are in.
const supervisor = new Role("supervisor", {
  friendlyName: "supervisor",
  type: "service",
  permissions: ["createConversation", "joinConversation", "addParticipant", "editOwnUserInfo"],
});

const staff = new Role("staff", {
  friendlyName: "staff",
  type: "service",
  permissions: ["joinConversation", "editOwnUserInfo"],
});

// A role of type `conversation` says what a participant may do in one conversation.
const moderator = new Role("moderator", {
  friendlyName: "moderator",
  type: "conversation",
  permissions: [
    "sendMessage",
    "sendMediaMessage",
    "editOwnMessage",
    "editAnyMessage",
    "deleteAnyMessage",
    "addParticipant",
    "removeParticipant",
    "leaveConversation",
  ],
});

// Not every role has to be your own: Twilio makes this one in each service, and here it is looked up.
const speaker = getRoleOutput({ friendlyName: "channel user", type: "conversation" });

// Reads, and does nothing else but go.
const listener = new Role("listener", {
  friendlyName: "listener",
  type: "conversation",
  permissions: ["leaveConversation"],
});

const alice = new User("alice", { identity: "alice", friendlyName: "Alice", roleSid: supervisor.id });
const bob = new User("bob", { identity: "bob", friendlyName: "Bob", roleSid: staff.id });
const carol = new User("carol", { identity: "carol", friendlyName: "Carol", roleSid: staff.id });

const briefing = new StandingConversation("briefing", {
  friendlyName: "Morning briefing",
  uniqueName: "briefing",
  members: {
    alice: { identity: alice.identity, roleSid: moderator.id },
    bob: { identity: bob.identity, roleSid: speaker.sid },
    carol: { identity: carol.identity, roleSid: listener.id },
  },
});

// She is no less a member for it, but her phone stays silent.
new UserConversation("carol-in-briefing", {
  userSid: carol.sid,
  conversationSid: briefing.members.carol.conversationSid,
  notificationLevel: "muted",
});

export const conversationSid = briefing.conversationSid;
