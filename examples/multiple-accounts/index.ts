import { Role, StandingConversation } from "pulumi-twilio-conversations";

// Each name stands for credentials: TWILIO_EU_ACCOUNT_SID, TWILIO_EU_AUTH_TOKEN and so on.
const accounts = {
  eu: { agents: ["alice", "bob"], language: "de" },
  us: { agents: ["carol"], language: "en" },
};

for (const [account, { agents, language }] of Object.entries(accounts)) {
  const agent = new Role(`agent-${account}`, {
    account,
    friendlyName: "support agent",
    type: "conversation",
    permissions: ["sendMessage", "editOwnMessage", "leaveConversation"],
  });
  new StandingConversation(`support-${account}`, {
    account,
    friendlyName: "Support",
    uniqueName: "support",
    attributes: { language },
    members: Object.fromEntries(agents.map((identity) => [identity, { identity, roleSid: agent.id }])),
  });
}
