import { deepEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import type { Definition } from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import { addressConfiguration } from "../../../provider/resources/account/address-configuration";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { participant } from "../../../provider/resources/conversation/participant";
import { role } from "../../../provider/resources/service/role";
import { user } from "../../../provider/resources/service/user";
import { useLife } from "../../fault/life";

const OLD = "2020-01-01T00:00:00Z";
const agent = { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] };

describe("A create of what exists already", () => {
  const life = useLife();
  const statuses = (method: string) =>
    life.simulator
      .requests()
      .filter((request) => request.method === method)
      .map(({ status }) => status);
  const refusal = (code: number, times = 1) =>
    life.simulator.addFault({ method: "POST", kind: "status", status: 409, code, times });
  const alice = async () => ({
    conversationSid: (await life.account.conversation("desk")).sid,
    identity: "alice",
  });

  const refusals: [definition: Definition, code: number, inputsOf: () => Promise<JsonObject>][] = [
    ...[50404, 50416, 50433, 50437].map(
      (code) => [participant, code, alice] as [Definition, number, typeof alice],
    ),
    [conversation, 50307, async () => ({ uniqueName: "eu" })],
    [conversation, 50353, async () => ({ uniqueName: "eu" })],
    [user, 50201, async () => ({ identity: "alice" })],
    [addressConfiguration, 20001, async () => ({ type: "sms", address: "+15005550001" })],
  ];
  for (const [definition, code, inputsOf] of refusals)
    it(`takes the ${definition.noun} over that Twilio refuses with ${code}`, async () => {
      const inputs = await inputsOf();
      const { sid } = await life.run(definition).lifecycle.create(inputs);
      life.simulator.clearRequests();
      refusal(code);
      equal((await life.run(definition).lifecycle.create(inputs)).sid, sid);
      deepEqual(statuses("POST"), [409]);
    });

  it("takes over no old one after a request that was lost, since its age shows that it is another's", async () => {
    const inputs = await alice();
    const { sid } = await life.run(participant).lifecycle.create(inputs);
    life.simulator.change(sid, { date_created: OLD });
    life.simulator.addFault({ method: "POST", kind: "status", status: 503, times: 1 });
    await rejects(life.run(participant).lifecycle.create(inputs), {
      name: "AdoptionError",
      message: new RegExp(`participant ${sid} exists already, created \\d+ days ago, longer than`),
    });
  });

  it("is sent again beside an old one where a request was lost", async () => {
    const { sid } = await life.account.role("agent");
    life.simulator.change(sid, { date_created: OLD });
    life.simulator.clearRequests();
    life.simulator.addFault({ method: "POST", kind: "status", status: 503, times: 1 });
    const created = await life.run(role).lifecycle.create(agent);
    notEqual(created.sid, sid);
    deepEqual(statuses("POST"), [503, 201]);
  });

  it("finds it on the last of ten pages", async () => {
    const before = life.simulator.roles().length;
    for (let count = before + 1; count < 10 * role.pageSize; count += 1)
      await life.account.role(`role ${count}`);
    const { sid } = await life.run(role).lifecycle.create(agent);
    life.simulator.clearRequests();
    equal((await life.run(role).lifecycle.create(agent)).sid, sid);
    equal(life.simulator.requests().filter(({ query }) => query["PageSize"] === "50").length, 10);
  });

  describe("and is deleted in the same run,", () => {
    /** A replacement whose create Twilio refuses that often, since it still shows what is gone. */
    const replaced = async (times: number) => {
      const inputs = await alice();
      const { sid, state } = await life.run(participant).lifecycle.create(inputs);
      const { lifecycle } = life.run(participant);
      await lifecycle.delete(sid, state);
      life.simulator.clearRequests();
      refusal(50433, times);
      return lifecycle.create(inputs);
    };

    it("is tried three times more", async () => {
      await replaced(3);
      deepEqual(statuses("POST"), [409, 409, 409, 201]);
    });

    it("is not tried for ever", async () => {
      await rejects(replaced(100), (error: Error) => {
        match(error.message, /50433/);
        return true;
      });
      deepEqual(statuses("POST"), [409, 409, 409, 409]);
    });
  });
});
