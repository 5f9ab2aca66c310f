import { deepEqual, equal, rejects } from "node:assert/strict";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { participant } from "../../../provider/resources/conversation/participant";
import { role } from "../../../provider/resources/service/role";
import { useLife } from "../life";

const agent = { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] };

describe("A create beside what exists", () => {
  const life = useLife();

  it("takes over no role that is older than the window, and says nothing", async () => {
    const { sid } = await life.account.role("agent");
    life.simulator.change(sid, { date_created: "2020-01-01T00:00:00Z" });
    const { lifecycle, notes } = life.run(role);
    const created = await lifecycle.create(agent);
    equal(created.sid === sid, false);
    deepEqual(notes, []);
  });

  it("does not choose between two roles with one name", async () => {
    for (const _ of [1, 2]) await life.account.role("agent");
    await rejects(
      life.run(role).lifecycle.create({ ...agent, adopt: "always" }),
      /is not clear\. Delete all but one/,
    );
  });

  it("takes over no closed conversation", async () => {
    const { sid } = await life.account.conversation("eu");
    life.simulator.change(sid, { state: "closed" });
    for (const adopt of ["matching", "always"])
      await rejects(life.run(conversation).lifecycle.create({ uniqueName: "eu", adopt }), {
        name: "AdoptionError",
        message: new RegExp(`conversation ${sid} exists already.*It is closed`),
      });
  });

  it("sends the timers with what it takes over, since Twilio does not tell them", async () => {
    await life.account.conversation("eu");
    life.simulator.clearRequests();
    const timers = { inactive: "PT1H" };
    await life.run(conversation).lifecycle.create({ uniqueName: "eu", adopt: "always", timers });
    const [last] = life.simulator.requests().slice(-1);
    deepEqual(last?.form, { "Timers.Inactive": "PT1H" });
  });

  it("names the other conversation in which an address pair is in use", async () => {
    const other = await life.account.conversation("other");
    const mine = await life.account.conversation("mine");
    const binding = { address: "+15005550006", proxyAddress: "+15005550001" };
    const { lifecycle } = life.run(participant);
    await lifecycle.create({ conversationSid: other.sid, messagingBinding: binding });
    await rejects(
      lifecycle.create({ conversationSid: mine.sid, messagingBinding: binding }),
      new RegExp(other.sid),
    );
  });
});
