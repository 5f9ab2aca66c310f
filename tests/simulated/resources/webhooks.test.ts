import { deepEqual, equal, match, rejects } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import { addressConfiguration } from "../../../provider/resources/account/address-configuration";
import { conversationWebhook } from "../../../provider/resources/conversation/conversation-webhook";
import { useLife } from "../../fault/life";

const LOST = { method: "POST", kind: "status", status: 503, when: "after", times: 1 } as const;
const url = "https://example.com/hook";
const events = { url, filters: ["onMessageAdded", "onMessageRemoved"] };
const FLOW = `FW${"1".repeat(32)}`;

const sids = (rows: readonly { sid: string }[]) => rows.map(({ sid }) => sid).sort();

describe("a webhook of a conversation", () => {
  const life = useLife();
  const webhooks = () => life.simulator.rows("WH");
  const sent = (method: string) => life.simulator.requests().filter((request) => request.method === method);
  const home = () => life.account.conversation("home");
  const run = () => life.run(conversationWebhook).lifecycle;

  it("is there once when the answer to its creation was lost", async () => {
    const { sid: conversationSid } = await home();
    life.simulator.addFault({ ...LOST, route: "/v1/Conversations/*/Webhooks", times: 3 });
    const declarations = [
      { target: "webhook", configuration: events },
      { target: "trigger", configuration: { url, triggers: ["help", "agent"] } },
      { target: "studio", configuration: { flowSid: FLOW } },
    ];
    const { lifecycle } = life.run(conversationWebhook);
    const created = await Promise.all(
      declarations.map((declaration) => lifecycle.create({ conversationSid, ...declaration })),
    );
    deepEqual(sids(webhooks()), sids(created));
    equal(sent("POST").length, 4);
  });

  it("is created beside one that calls the same for other events, words or reasons", async () => {
    const { sid: conversationSid } = await home();
    const declarations = [
      { target: "webhook", configuration: { url, filters: ["onMessageAdded"] } },
      { target: "webhook", configuration: events },
      { target: "webhook", configuration: { ...events, url: `${url}2` } },
      { target: "trigger", configuration: { url, triggers: ["help"] } },
      { target: "trigger", configuration: { url, triggers: ["agent"] } },
    ];
    for (const declaration of declarations) await run().create({ conversationSid, ...declaration });
    equal(webhooks().length, declarations.length);
  });

  const others: [what: string, target: string, one: JsonObject, other: JsonObject][] = [
    ["another URL", "webhook", events, { ...events, url: `${url}2` }],
    ["other events", "webhook", events, { url, filters: ["onMessageAdded"] }],
    ["other words", "trigger", { url, triggers: ["help"] }, { url, triggers: ["agent"] }],
    ["another flow", "studio", { flowSid: FLOW }, { flowSid: `FW${"2".repeat(32)}` }],
  ];
  for (const [what, target, one, other] of others)
    it(`takes over none with ${what}, even where the program says adopt: "always"`, async () => {
      const { sid: conversationSid } = await home();
      const standing = await run().create({ conversationSid, target, configuration: one });
      const declared = { conversationSid, target, configuration: other, adopt: "always" };
      const created = await run().create(declared);
      equal(created.sid === standing.sid, false);
      deepEqual((await run().read(standing.sid, standing.state))?.inputs?.["configuration"], one);
      equal((await run().create(declared)).sid, created.sid);
    });

  it("takes over what an interrupted run left, whatever the order of its events", async () => {
    const { sid: conversationSid } = await home();
    const filters = [...events.filters].reverse();
    const { sid } = await run().create({ conversationSid, target: "webhook", configuration: events });
    const again = await run().create({ conversationSid, target: "webhook", configuration: { url, filters } });
    deepEqual([again.sid, webhooks().length], [sid, 1]);
  });

  it("is refused as the sixth, with the reason and the hint", async () => {
    const { sid: conversationSid } = await home();
    for (const word of ["a", "b", "c", "d", "e"])
      await run().create({ conversationSid, target: "trigger", configuration: { url, triggers: [word] } });
    const sixth = { conversationSid, target: "studio", configuration: { flowSid: FLOW } };
    await rejects(run().create(sixth), (error: Error) => {
      match(error.message, /50361/);
      match(
        error.message,
        /A conversation takes 5 webhooks: remove one\. To replace one of five, set deleteBeforeReplace/,
      );
      return true;
    });
    equal(webhooks().length, 5);
  });

  it("is made anew when it is replaced by one that calls the same", async () => {
    const { sid: conversationSid } = await home();
    const inputs = { conversationSid, target: "webhook", configuration: { ...events, replayAfter: 1 } };
    const { sid, state } = await run().create(inputs);
    const later = { ...inputs, configuration: { ...events, replayAfter: 0 } };
    const lifecycle = run();
    lifecycle.check(inputs, later);
    deepEqual(lifecycle.diff(sid, state, later).replaces, ["configuration"]);
    const created = await lifecycle.create(later);
    equal(created.sid === sid, false);
    await lifecycle.delete(sid, state);
    deepEqual(sids(webhooks()), [created.sid]);
  });

  it("sends what changed alone, and never again from where it replays", async () => {
    const { sid: conversationSid } = await home();
    const inputs = { conversationSid, target: "webhook", configuration: { ...events, replayAfter: 1 } };
    const { sid, state } = await run().create(inputs);
    const refreshed = await run().read(sid, state);
    deepEqual(refreshed?.inputs, inputs);
    life.simulator.change(sid, { configuration: { url, method: "post", filters: ["onMessageAdded"] } });
    const drifted = await run().read(sid, state);
    deepEqual(drifted?.inputs?.["configuration"], {
      ...inputs.configuration,
      filters: ["onMessageAdded"],
    });
    life.simulator.clearRequests();
    await run().update(sid, drifted?.state ?? {}, inputs);
    deepEqual(
      sent("POST").map(({ form }) => form),
      [{ "Configuration.Filters": events.filters }],
    );
  });

  it("is known by the conversation's SID where the program gives its name", async () => {
    const { sid } = await home();
    const inputs = { conversationSid: "home", target: "studio", configuration: { flowSid: FLOW } };
    const { state } = await run().create(inputs);
    equal(state["resolvedConversationSid"], sid);
  });

  it("of a closed conversation is left as it is", async () => {
    const { sid: conversationSid } = await home();
    const inputs = { conversationSid, target: "studio", configuration: { flowSid: FLOW } };
    const { sid, state } = await run().create(inputs);
    life.simulator.change(conversationSid, { state: "closed" });
    const { lifecycle, notes } = life.run(conversationWebhook);
    await lifecycle.delete(sid, state);
    match(notes.join(), new RegExp(`webhook ${sid} was left as it is`));
    equal(webhooks().length, 1);
  });
});

describe("an address configuration", () => {
  const life = useLife();
  const addresses = () => life.simulator.rows("IG");
  const run = () => life.run(addressConfiguration).lifecycle;
  const support = { type: "sms", address: "+15005550001", friendlyName: "support" };

  it("is there once when the answer to its creation was lost", async () => {
    life.simulator.addFault({ ...LOST, route: "/v1/Configuration/Addresses" });
    const { sid } = await run().create(support);
    deepEqual(sids(addresses()), [sid]);
  });

  it("takes over what an interrupted run left, by its address", async () => {
    const { sid } = await run().create(support);
    equal((await run().create(support)).sid, sid);
  });

  it("is refused where another type has the address, and says so", async () => {
    const { sid } = await run().create(support);
    await rejects(run().create({ ...support, type: "whatsapp" }), {
      name: "AdoptionError",
      message: new RegExp(
        `address configuration ${sid} exists already.*differs in type; type cannot be changed`,
      ),
    });
  });

  it("says what Twilio says where a value is bad, since its code may say that too", async () => {
    const autoCreation = { enabled: true, type: "default", conversationServiceSid: `IS${"9".repeat(32)}` };
    await rejects(run().create({ ...support, autoCreation }), /20001.*names no service/);
    equal(addresses().length, 0);
  });

  it("does not drift by the case in which Twilio writes its words", async () => {
    const autoCreation = { enabled: true, type: "webhook", webhookUrl: url, webhookMethod: "post" };
    const inputs = { ...support, autoCreation };
    const { sid, state } = await run().create(inputs);
    equal(addresses()[0]?.["auto_creation"]?.["webhook_method" as never], "POST");
    equal(state["answered"], undefined);
    life.simulator.change(sid, {
      type: "SMS",
      auto_creation: { enabled: true, type: "webhook", webhook_url: url, webhook_method: "POST" },
    });
    const refreshed = await run().read(sid, state);
    deepEqual(refreshed?.inputs, inputs);
    equal(run().diff(sid, refreshed?.state ?? {}, inputs).changes, false);
  });

  it("creates no conversation any more when the program takes that back", async () => {
    const autoCreation = { enabled: true, type: "webhook", webhookUrl: url };
    const { sid, state } = await run().create({ ...support, autoCreation });
    const { lifecycle, notes } = life.run(addressConfiguration);
    lifecycle.diff(sid, state, support);
    deepEqual(notes, [
      `address configuration ${sid}: autoCreation.type and autoCreation.webhookUrl stay as they are, since Twilio ` +
        "cannot clear them.",
    ]);
    life.simulator.clearRequests();
    const later = await lifecycle.update(sid, state, support);
    const [post] = life.simulator.requests().filter(({ method }) => method === "POST");
    deepEqual(post?.form, { "AutoCreation.Enabled": "false" });
    equal(addresses()[0]?.["auto_creation"]?.["enabled" as never], false);
    equal(run().diff(sid, later, support).changes, false);
    deepEqual((await run().read(sid, later))?.inputs, support);
  });

  it("says what stays when it becomes another type's, and sends what changed", async () => {
    const autoCreation = { enabled: true, type: "webhook", webhookUrl: url };
    const { sid, state } = await run().create({ ...support, autoCreation });
    const inputs = { ...support, autoCreation: { enabled: true, type: "studio", studioFlowSid: FLOW } };
    const { lifecycle, notes } = life.run(addressConfiguration);
    lifecycle.diff(sid, state, inputs);
    match(notes.join(), /autoCreation\.webhookUrl stays as it is/);
    life.simulator.clearRequests();
    const later = await lifecycle.update(sid, state, inputs);
    const [post] = life.simulator.requests().filter(({ method }) => method === "POST");
    deepEqual(post?.form, { "AutoCreation.Type": "studio", "AutoCreation.StudioFlowSid": FLOW });
    equal(run().diff(sid, later, inputs).changes, false);
    deepEqual((await run().read(sid, later))?.inputs, inputs);
  });
});
