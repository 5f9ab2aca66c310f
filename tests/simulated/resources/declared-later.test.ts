import { deepEqual, equal } from "node:assert/strict";
import { webhooks } from "../../../provider/resources/account/webhooks";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { participant } from "../../../provider/resources/conversation/participant";
import { useLife } from "../../fault/life";
import { RosterLives } from "../roster/roster";

/** The state is as old as the last refresh, so it proves nothing of a field that can change in place. */
describe("What the program comes to declare", () => {
  const life = useLife();
  const sent = () =>
    life.simulator
      .requests()
      .filter(({ method }) => method === "POST")
      .map(({ form }) => form);

  /** A member whom somebody has promoted since the last refresh. */
  const promoted = async () => {
    const { sid: conversationSid } = await life.account.conversation("desk");
    const { sid: admin } = await life.account.role("admin");
    const promote = (sid: string) => life.simulator.change(sid, { role_sid: admin });
    return { conversationSid, admin, promote };
  };

  it("ends a promotion outside, though it is the role in state", async () => {
    const { conversationSid, promote } = await promoted();
    const alice = { conversationSid, identity: "alice" };
    const { sid, state } = await life.run(participant).lifecycle.create(alice);
    promote(sid);
    life.simulator.clearRequests();
    const declared = { ...alice, roleSid: state["roleSid"] as string };
    const { lifecycle } = life.run(participant);
    equal(lifecycle.diff(sid, state, declared).changes, undefined);
    const after = await lifecycle.update(sid, state, declared);
    deepEqual(sent(), [{ RoleSid: state["roleSid"] }]);
    equal(life.simulator.participants()[0]?.["role_sid"], state["roleSid"]);
    equal(life.run(participant).lifecycle.diff(sid, after, declared).changes, false);
  });

  it("ends a promotion of one in a roster, too", async () => {
    const { conversationSid, promote } = await promoted();
    const lives = new RosterLives(life, conversationSid);
    const before = await lives.up({ alice: { identity: "alice" }, bob: { identity: "bob" } });
    const roleSid = String(life.simulator.participants()[0]?.["role_sid"]);
    promote(lives.sidOf("alice"));
    const { error } = await lives.up(
      { alice: { identity: "alice", roleSid }, bob: { identity: "bob" } },
      before,
    );
    equal(error, undefined);
    deepEqual(sent(), [{ RoleSid: roleSid }]);
    equal(life.simulator.participants()[0]?.["role_sid"], roleSid);
  });

  it("wakes a conversation that became inactive, with and without a refresh", async () => {
    for (const isRefreshed of [false, true]) {
      const { sid, state } = await life.run(conversation).lifecycle.create({});
      life.simulator.change(sid, { state: "inactive" });
      const { lifecycle } = life.run(conversation);
      const found = isRefreshed ? ((await lifecycle.read(sid, state))?.state ?? {}) : state;
      equal(lifecycle.diff(sid, found, {}).changes, false);
      await lifecycle.update(sid, found, { state: "active" });
      equal(life.simulator.conversations().find((row) => row.sid === sid)?.["state"], "active");
    }
  });

  it("is not sent to a conversation that is closed for good, and declared so", async () => {
    const { sid, state } = await life.run(conversation).lifecycle.create({});
    life.simulator.change(sid, { state: "closed" });
    const { lifecycle } = life.run(conversation);
    const found = (await lifecycle.read(sid, state))?.state ?? {};
    life.simulator.clearRequests();
    const closed = { state: "closed" };
    const after = await lifecycle.update(sid, found, closed);
    deepEqual(life.simulator.requests(), []);
    equal(lifecycle.diff(sid, after, closed).changes, false);
  });

  it("sets an account's webhook that somebody took away", async () => {
    const url = "https://example.com/ours";
    await life.account.post("/Configuration/Webhooks", { PreWebhookUrl: url });
    const { sid, state } = await life.run(webhooks).lifecycle.create({ method: "POST" });
    await life.account.post("/Configuration/Webhooks", { PreWebhookUrl: "" });
    await life.run(webhooks).lifecycle.update(sid, state, { method: "POST", preWebhookUrl: url });
    equal((await life.account.get("/Configuration/Webhooks"))["pre_webhook_url"], url);
  });
});
