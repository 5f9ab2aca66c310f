// The doors for ES modules. Compiled like right.ts.
import { Participant, type ParticipantArgs } from "pulumi-twilio-conversations";
import providers from "pulumi-twilio-conversations/provider";
import { type Simulator, startSimulator } from "pulumi-twilio-conversations/simulator";

const args: ParticipantArgs = { conversationSid: "CH", identity: "alice" };
export const sid = () => new Participant("alice", args).sid;
export const names: string[] = Object.keys(providers);
export const simulator: () => Promise<Simulator> = () => startSimulator();
