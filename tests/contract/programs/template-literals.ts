// What needs TypeScript 4.1. Compiled like right.ts.
import { Participant } from "pulumi-twilio-conversations";

declare const local: string;

export const programs = [
  () => new Participant("mail", { conversationSid: "CH", messagingBinding: { address: "jane@example.com" } }),
  () =>
    new Participant("mail", {
      conversationSid: "CH",
      messagingBinding: { address: `${local}@example.com` as const },
    }),
];
