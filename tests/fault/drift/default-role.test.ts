import { deepEqual } from "node:assert/strict";
import { withDefaultRoles } from "../../../provider/cli/drift/default-role";
import type { Observation } from "../../../provider/cli/drift/observation";
import type { JsonObject } from "../../../provider/core/json";
import { Session } from "../../../provider/core/run/session";
import { type Simulator, startSimulator } from "../../../simulator";
import { TwilioAccount } from "../../support/twilio-account";

describe("Drift of a default role, in a review", () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator?.close());

  const observed = (type: string, times: Partial<Observation>): Observation => ({
    urn: `urn:pulumi:test::project::pulumi-nodejs:dynamic/twilio:${type}::it`,
    ...{ type, name: "it", outside: [], program: [], ...times },
  });
  const at = (inputs: JsonObject, outputs: JsonObject = {}) => ({ id: "X", inputs, outputs });

  it("gives a member that comes back the default that the program declares, not the one that somebody has set", async () => {
    const account = new TwilioAccount(simulator);
    const [agent, boss] = [await account.role("agent"), await account.role("boss")];
    const { defaultServiceSid: serviceSid } = simulator.account;
    await account.post(`/Services/${serviceSid}/Configuration`, { DefaultConversationRoleSid: boss.sid });
    const session = new Session(
      simulator.env,
      () => undefined,
      () => undefined,
    );
    const member = observed("Participant", {
      recorded: at({ identity: "dave" }, { chatServiceSid: serviceSid }),
      planned: at({ identity: "dave" }),
      op: "create",
    });
    const setting = (defaultConversationRoleSid: string) =>
      observed("ServiceConfiguration", { planned: at({ serviceSid, defaultConversationRoleSid }) });
    const roleWith = async (...others: Observation[]) =>
      (await withDefaultRoles(session, [member, ...others]))[0]?.defaultRole;
    deepEqual(
      [await roleWith(), await roleWith(setting(agent.sid)), await roleWith(setting("(known after up)"))],
      [boss.sid, agent.sid, boss.sid],
    );
  });
});
