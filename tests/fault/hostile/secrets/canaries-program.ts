import { canary } from "./canaries";

export const secret = (name: string) => ({ $secret: canary("input", name) });

const desk = { conversationSid: { $of: "desk" } };
export const member = (args: object) => ({
  type: "Participant",
  name: "alice",
  args: { ...desk, identity: "alice", ...args },
});
export const phones = (args: object) => ({
  type: "Credential",
  name: "phones",
  args: { friendlyName: "phones", ...args },
});
export const tablets = (args: object) => ({
  type: "Credential",
  name: "tablets",
  args: { friendlyName: "tablets", ...args },
});
export const apple = {
  type: "apn",
  certificate: canary("input", "certificate"),
  privateKey: canary("input", "key"),
};
/** A program with a secret in every place where one can stand, and an object of another account. */
export const declared = [
  {
    type: "Role",
    name: "elsewhere",
    args: { account: "eu", friendlyName: "eu", type: "conversation", permissions: ["sendMessage"] },
  },
  {
    type: "Conversation",
    name: "desk",
    args: { uniqueName: "desk", attributes: { pin: secret("conversation") } },
  },
  member({ attributes: { team: "support", pin: secret("member") } }),
  {
    type: "User",
    name: "bob",
    args: {
      identity: "bob",
      attributes: { $secret: JSON.stringify(canary("input", "user")) },
      friendlyName: secret("name"),
    },
  },
  {
    type: "Message",
    name: "notice",
    args: { ...desk, author: "desk", body: secret("body"), attributes: { pin: secret("message") } },
  },
  phones(apple),
  tablets({ type: "fcm", secret: canary("input", "server") }),
];
