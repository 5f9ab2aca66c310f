import * as pulumi from "@pulumi/pulumi";
import { StandingConversation } from "pulumi-twilio-conversations";

// One number of your Twilio account, and the phones of the people. Until you set your own with
// `pulumi config set`, these are numbers that nobody has.
const config = new pulumi.Config();
const groupNumber = config.get("groupNumber") ?? "+15005550001";
const driverNumber = config.get("driverNumber") ?? "+14155550101";
const customerNumber = config.get("customerNumber") ?? "+14155550102";

// Everybody by address writes to the group's number, and reads there what the others write.
const byText = (address: string) => ({ messagingBinding: { address, proxyAddress: groupNumber } });

const group = new StandingConversation("delivery", {
  friendlyName: "Delivery of order 42",
  uniqueName: "delivery-42",
  attributes: { order: 42 },
  members: {
    driver: { ...byText(driverNumber), attributes: { name: "Dana" } },
    customer: { ...byText(customerNumber), attributes: { name: "Chris" } },
    // The dispatcher uses your app, so needs no number.
    dispatcher: { identity: "dispatch" },
  },
});

export const conversationSid = group.conversationSid;
export const memberSids = {
  driver: group.members.driver.sid,
  customer: group.members.customer.sid,
  dispatcher: group.members.dispatcher.sid,
};
