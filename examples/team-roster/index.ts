import { Conversation, membersFromFile, Role, Roster } from "pulumi-twilio-conversations";

const permissions = ["sendMessage", "sendMediaMessage", "editOwnMessage", "leaveConversation"];
const agent = new Role("agent", { friendlyName: "desk agent", type: "conversation", permissions });
const lead = new Role("lead", {
  friendlyName: "desk lead",
  type: "conversation",
  permissions: [...permissions, "addParticipant", "removeParticipant"],
});

const desk = new Conversation("desk", { friendlyName: "The desk", uniqueName: "team-desk" });

// Who is in the file is in the conversation, and nobody else: a refresh shows whoever has joined besides.
const team = new Roster(
  "team",
  {
    conversationSid: desk.id,
    members: membersFromFile("members.csv", { roles: { agent: agent.id, lead: lead.id } }),
    exclusive: true,
  },
  { deletedWith: desk },
);

export const conversationSid = desk.id;
export const memberSids = team.sids;
