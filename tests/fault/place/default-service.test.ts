import assert from "node:assert/strict";
import { configuration } from "../../../provider/resources/account/configuration";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { participant } from "../../../provider/resources/conversation/participant";
import { serviceConfiguration } from "../../../provider/resources/service/service-configuration";
import { useLife } from "../life";

describe("the account's default service, changed by the program", () => {
  const life = useLife();
  let present = "";
  let later = "";
  beforeEach(async () => {
    present = life.simulator.account.defaultServiceSid;
    later = (await life.account.service("later")).sid;
  });
  const now = async () => (await life.account.get("/Configuration"))["default_chat_service_sid"];
  /** The lives of several types in one run. */
  const run = () => {
    const first = life.run(configuration);
    return { configuration: first.lifecycle, conversation: first.of(conversation), of: first.of };
  };

  it("is where things are created from then on", async () => {
    const { configuration, conversation, of } = run();
    await configuration.create({ defaultChatServiceSid: later });
    const { sid: conversationSid, state } = await conversation.create({ uniqueName: "support" });
    assert.equal(state["chatServiceSid"], later);
    // Twilio does not say it of a participant.
    const member = await of(participant).create({ conversationSid, identity: "alice" });
    assert.equal(member.state["chatServiceSid"], later);
  });

  it("stays while something lives there that names no service", async () => {
    const { configuration, conversation } = run();
    const { sid, state } = await conversation.create({ uniqueName: "support" });
    await assert.rejects(configuration.create({ defaultChatServiceSid: later }), {
      name: "MismatchError",
      message: new RegExp(`${later}.*${present}.*Nothing was sent.*serviceSid.*depend`),
    });
    assert.equal(await now(), present);
    const next = run();
    next.conversation.diff(sid, state, { uniqueName: "support" });
    await assert.rejects(next.configuration.create({ defaultChatServiceSid: later }));
    const last = run();
    await last.conversation.delete(sid, state);
    await last.configuration.create({ defaultChatServiceSid: later });
    assert.equal(await now(), later);
  });

  it("stays while the first thing is being created there", async () => {
    const { configuration, conversation } = run();
    life.simulator.addFault({ method: "POST", route: "/v1/Conversations", kind: "delay", delayMs: 100 });
    const creating = conversation.create({ uniqueName: "support" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await assert.rejects(configuration.create({ defaultChatServiceSid: later }), { name: "MismatchError" });
    assert.equal((await creating).state["chatServiceSid"], present);
  });

  it("is free to change in the run that names the service of what lives there", async () => {
    const { sid, state } = await run().conversation.create({ uniqueName: "support" });
    const next = run();
    const inputs = { uniqueName: "support", serviceSid: present };
    next.conversation.diff(sid, state, inputs);
    await next.conversation.update(sid, state, inputs);
    await next.configuration.create({ defaultChatServiceSid: later });
    assert.equal(await now(), later);
  });

  it("is no obstacle to an update that names the service of what lives in the former one", async () => {
    const { sid, state } = await run().conversation.create({ uniqueName: "support" });
    await life.account.post("/Configuration", { DefaultChatServiceSid: later });
    const inputs = { uniqueName: "support", serviceSid: present, friendlyName: "Support" };
    const updated = await run().conversation.update(sid, state, inputs);
    assert.equal(updated["serviceSid"], present);
    assert.equal(life.simulator.conversations()[0]?.["friendly_name"], "Support");
  });

  it("is heard of in time by what is diffed only after its change was begun", async () => {
    const { sid, state } = await run().conversation.create({ uniqueName: "support" });
    const { configuration, conversation } = run();
    const moving = configuration.create({ defaultChatServiceSid: later });
    moving.catch(() => undefined);
    await life.clock.sleep(500);
    conversation.diff(sid, state, { uniqueName: "support" });
    await assert.rejects(moving, { name: "MismatchError" });
    assert.equal(await now(), present);
  });

  it("is waited for by what is to be created there", async () => {
    const { configuration, conversation } = run();
    life.simulator.addFault({ method: "POST", route: "/v1/Configuration", kind: "delay", delayMs: 100 });
    const setting = configuration.create({ defaultChatServiceSid: later });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal((await conversation.create({ uniqueName: "support" })).state["chatServiceSid"], later);
    await setting;
  });

  it("is put back once all that lives there is gone, and not before", async () => {
    const { configuration, conversation } = run();
    const settings = await configuration.create({ defaultChatServiceSid: later });
    const { sid, state } = await conversation.create({ uniqueName: "support" });
    const next = run();
    next.conversation.diff(sid, state, { uniqueName: "support" });
    await assert.rejects(next.configuration.delete(settings.sid, settings.state), { name: "MismatchError" });
    await next.conversation.delete(sid, state);
    await next.configuration.delete(settings.sid, settings.state);
    assert.deepEqual([await now(), life.simulator.conversations()], [present, []]);
  });

  it("is no matter to what names its service, as anything there can without being replaced", async () => {
    const { conversation } = run();
    const inputs = { uniqueName: "support" };
    const { sid, state } = await conversation.create(inputs);
    const named = { ...inputs, serviceSid: present };
    life.simulator.clearRequests();
    const next = run();
    assert.deepEqual(next.conversation.diff(sid, state, named), {
      changes: undefined,
      replaces: [],
      warning: undefined,
    });
    const updated = await next.conversation.update(sid, state, named);
    assert.deepEqual(life.simulator.requests(), []);
    assert.deepEqual(updated, { ...state, serviceSid: present });
    await run().configuration.create({ defaultChatServiceSid: later });
    await run().conversation.delete(sid, updated);
    assert.deepEqual(life.simulator.conversations(), []);
  });
});

describe("a service's default role, changed by the program", () => {
  const life = useLife();

  it("is what a participant has from then on whose own role is dropped", async () => {
    const serviceSid = life.simulator.account.defaultServiceSid;
    const [agent, lead, guest] = await Promise.all(
      ["agent", "lead", "guest"].map((name) => life.account.role(name)),
    );
    const { sid: conversationSid } = await life.account.conversation("support");
    const alice = { conversationSid, identity: "alice" };
    const bob = { conversationSid, identity: "bob" };
    const run = life.run(participant);
    const first = await run.lifecycle.create({ ...alice, roleSid: agent?.sid });
    const second = await run.lifecycle.create({ ...bob, roleSid: agent?.sid });
    const inputs = { serviceSid, defaultConversationRoleSid: lead?.sid };
    const { sid, state } = await run.of(serviceConfiguration).create(inputs);
    const { lifecycle, of } = life.run(participant);
    assert.equal((await lifecycle.update(first.sid, first.state, alice))["roleSid"], lead?.sid);
    const others = { serviceSid, defaultConversationRoleSid: guest?.sid };
    await of(serviceConfiguration).update(sid, state, others);
    assert.equal((await lifecycle.update(second.sid, second.state, bob))["roleSid"], guest?.sid);
  });
});
