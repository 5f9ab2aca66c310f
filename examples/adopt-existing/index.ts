import { StandingConversation } from "pulumi-twilio-conversations";

const support = new StandingConversation("support", {
  // Takes over what is there already, however old it is. Remove it after the first `up`.
  adopt: "always",
  // By this the conversation is found; its members are found by identity or by address.
  uniqueName: "support",
  // What is declared is set. What is not, stays as it is: here the attributes, and everybody's role.
  friendlyName: "Support",
  members: {
    alice: { identity: "alice", attributes: { team: "support" } },
    customer: { messagingBinding: { address: "+14155550123", proxyAddress: "+15005550001" } },
    // Nobody of this identity is there yet.
    bob: { identity: "bob", attributes: { team: "support" } },
  },
});

export const conversationSid = support.conversationSid;
export const memberSids = {
  alice: support.members.alice.sid,
  customer: support.members.customer.sid,
  bob: support.members.bob.sid,
};
