import assert from "node:assert/strict";
import { serviceConfiguration } from "../../../provider/resources/service/service-configuration";
import { user } from "../../../provider/resources/service/user";
import { useLife } from "../life";

const writesOf = (life: ReturnType<typeof useLife>) =>
  life.simulator
    .requests()
    .filter(({ method }) => method !== "GET")
    .map(({ method, form }) => [method, form]);

describe("what was there before the program", () => {
  const life = useLife();

  it("is given back when a user is let go of, and not deleted", async () => {
    await life.account.post("/Users", { Identity: "alice", FriendlyName: "Alice", Attributes: '{"a":1}' });
    life.simulator.clearRequests();
    const { lifecycle, notes } = life.run(user);
    const inputs = { identity: "alice", friendlyName: "Alice Doe", attributes: { b: 2 } };
    const { sid, state } = await lifecycle.create(inputs);
    assert.match(notes.join(), /was taken over.*Destroy restores its present values instead of deleting it/);
    assert.deepEqual(state["before"], { friendlyName: "Alice", attributes: { a: 1 } });
    await life.run(user).lifecycle.delete(sid, state);
    const [found] = life.simulator.users();
    assert.deepEqual([found?.["friendly_name"], found?.["attributes"]], ["Alice", '{"a":1}']);
    assert.deepEqual(
      writesOf(life).map(([method]) => method),
      ["POST", "POST", "POST"],
    );
  });

  it("is forgotten where the user is what an interrupted run left", async () => {
    await life.account.post("/Users", { Identity: "alice", FriendlyName: "Alice" });
    const { sid, state } = await life
      .run(user)
      .lifecycle.create({ identity: "alice", friendlyName: "Alice" });
    assert.equal("before" in state, false);
    await life.run(user).lifecycle.delete(sid, state);
    assert.deepEqual(life.simulator.users(), []);
  });

  it("comes back field by field as the program drops what it declared", async () => {
    const [service] = life.simulator.services();
    const serviceSid = String(service?.["sid"]);
    const role = await life.account.role("agent");
    const live = async () =>
      (await life.run(serviceConfiguration).lifecycle.read(serviceSid, { serviceSid }))?.state ?? {};
    const before = await live();
    life.simulator.clearRequests();
    const inputs = { serviceSid, defaultConversationRoleSid: role.sid, reachabilityEnabled: true };
    const { sid, state } = await life.run(serviceConfiguration).lifecycle.create(inputs);
    assert.equal(sid, serviceSid);
    assert.deepEqual(writesOf(life), [
      ["POST", { DefaultConversationRoleSid: role.sid, ReachabilityEnabled: "true" }],
    ]);
    const fewer = { serviceSid, reachabilityEnabled: true };
    const later = await life.run(serviceConfiguration).lifecycle.update(sid, state, fewer);
    assert.deepEqual(later["before"], { reachabilityEnabled: false });
    await life.run(serviceConfiguration).lifecycle.delete(sid, later);
    assert.deepEqual(await live(), before);
    assert.deepEqual(writesOf(life).slice(1), [
      ["POST", { DefaultConversationRoleSid: before["defaultConversationRoleSid"] }],
      ["POST", { ReachabilityEnabled: "false" }],
    ]);
  });

  it("is put back as far as it still exists, and what stays is said", async () => {
    const [service] = life.simulator.services();
    const serviceSid = String(service?.["sid"]);
    const [first, second] = [await life.account.role("first"), await life.account.role("second")];
    await life.account.post(`/Services/${serviceSid}/Configuration`, {
      DefaultConversationRoleSid: first.sid,
    });
    const inputs = { serviceSid, defaultConversationRoleSid: second.sid, reachabilityEnabled: true };
    const { sid, state } = await life.run(serviceConfiguration).lifecycle.create(inputs);
    life.simulator.remove(first.sid);
    const { lifecycle, notes } = life.run(serviceConfiguration);
    await lifecycle.delete(sid, state);
    assert.deepEqual(notes, [
      `service configuration ${serviceSid}: defaultConversationRoleSid stays as it is, ` +
        "since Twilio cannot restore the original values.",
    ]);
    const found = await life.run(serviceConfiguration).lifecycle.read(serviceSid, { serviceSid });
    assert.equal(found?.state["reachabilityEnabled"], false);
    assert.equal(found?.state["defaultConversationRoleSid"], second.sid);
  });

  it("is no matter any more where the service itself is gone", async () => {
    const { sid: serviceSid } = await life.account.service("short-lived");
    const inputs = { serviceSid, reachabilityEnabled: true };
    const { sid, state } = await life.run(serviceConfiguration).lifecycle.create(inputs);
    life.simulator.remove(serviceSid);
    const { lifecycle, notes } = life.run(serviceConfiguration);
    await lifecycle.delete(sid, state);
    assert.deepEqual(notes, []);
  });

  it("gives way to the default role where a user's own is gone", async () => {
    const roleOf = () => life.simulator.users()[0]?.["role_sid"];
    await life.account.post("/Users", { Identity: "alice" });
    const standard = roleOf();
    const make = (name: string) =>
      life.account.post("/Roles", { FriendlyName: name, Type: "service", Permission: "createConversation" });
    const [own, declared] = [await make("own"), await make("declared")];
    await life.account.post("/Users/alice", { RoleSid: own.sid });
    const { sid, state } = await life
      .run(user)
      .lifecycle.create({ identity: "alice", roleSid: declared.sid });
    life.simulator.change(sid, { role_sid: standard });
    life.simulator.remove(own.sid);
    life.simulator.change(sid, { role_sid: declared.sid });
    await life.run(user).lifecycle.delete(sid, state);
    assert.equal(roleOf(), standard);
  });
});
