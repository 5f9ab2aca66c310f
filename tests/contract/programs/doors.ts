// Every door of the package. Compiled like right.ts.
import { getConversationOutput, type Json, type RoleArgs } from "pulumi-twilio-conversations";
import * as providers from "pulumi-twilio-conversations/provider";
import { type Simulator, startSimulator } from "pulumi-twilio-conversations/simulator";

export const args: RoleArgs = { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] };
export const attributes = getConversationOutput({ uniqueName: "desk" }).attributes.apply(
  (json: Json | undefined) => json,
);
export const names: string[] = Object.keys(providers);

export async function tried(): Promise<number> {
  const simulator: Simulator = await startSimulator({ port: 0 });
  const count: number = simulator.requests().length;
  await simulator.close();
  return count;
}
