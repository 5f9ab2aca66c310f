import assert from "node:assert/strict";
import { Conversation, Credential, Roster, ServiceConfiguration } from "../../../provider";
import { useTestBed } from "../../support/stack/test-bed";
import type { Outcome } from "../../support/stack/test-stack";

describe("A setting whose answers are lost for as long as `up` waits", () => {
  let serviceSid = "";
  const bed = useTestBed(async () => {
    new ServiceConfiguration("settings", { serviceSid, reachabilityEnabled: true });
  });
  const isReachable = async () =>
    (await bed.account.get(`/Services/${serviceSid}/Configuration`))["reachability_enabled"];

  it("is in the state all the same, with what was there before, and put back by destroy", async () => {
    const { account, simulator, stack } = bed;
    serviceSid = (await account.service("production")).sid;
    await stack.setConfig("twilio:timeoutSeconds", "2");
    simulator.addFault({ method: "POST", kind: "status", status: 503, when: "after" });
    const failure = await stack.failing(() => stack.up());
    assert.match(failure, /update service configuration: POST \S+ gave up after 2 s/);
    assert.deepEqual(stack.state()["settings"]?.id, serviceSid);
    assert.equal(await isReachable(), true);

    simulator.clearFaults();
    const { steps, requests } = await stack.up();
    assert.deepEqual(Object.keys(steps), ["settings"]);
    assert.deepEqual(
      requests.filter(({ method }) => method === "POST"),
      [],
    );
    assert.deepEqual((await stack.preview({ refresh: true })).steps, {});
    await stack.destroy();
    assert.equal(await isReachable(), false);
  });
});

describe("An update of what Twilio never tells, whose answers are lost for as long as `up` waits", () => {
  const old = { closed: "P30D", secret: "canary-5e1c-old", read: 0 };
  const next = { closed: "PT10M", secret: "canary-5e1c-new", read: 1 };
  let declared: { closed?: string; secret?: string; read?: number } = old;
  let conversationSid = "";
  const bed = useTestBed(async () => {
    const { closed, secret, read } = declared;
    new Conversation("desk", { uniqueName: "timed", ...(closed !== undefined && { timers: { closed } }) });
    new Credential("phones", {
      type: "fcm",
      friendlyName: "phones",
      ...(secret !== undefined && { secret }),
    });
    const members = {
      alice: { identity: "alice", ...(read !== undefined && { lastReadMessageIndex: read }) },
      bob: { identity: "bob" },
    };
    new Roster("members", { conversationSid, members });
  });
  const formsOf = ({ requests }: Outcome) =>
    Object.assign({}, ...requests.filter(({ method }) => method !== "GET").map(({ form }) => form));

  before(async () => {
    const { account, stack } = bed;
    conversationSid = (await account.conversation("desk")).sid;
    for (const Body of ["one", "two"])
      await account.post(`/Conversations/${conversationSid}/Messages`, { Body });
    await stack.setConfig("twilio:timeoutSeconds", "2");
    await stack.up();
    await stack.up();
  });

  /** The update is done, and nobody is told. */
  const lost = async () => {
    const { simulator, stack } = bed;
    declared = next;
    simulator.addFault({ method: "POST", kind: "status", status: 503, when: "after" });
    await stack.failing(() => stack.up());
    simulator.clearFaults();
    assert.doesNotMatch(await stack.run("stack", "export"), /canary/);
  };

  it("is sent again, where the program is reverted", async () => {
    const { stack } = bed;
    await lost();
    declared = old;
    const { steps, text } = await stack.preview();
    assert.deepEqual(Object.keys(steps).sort(), ["desk", "members", "phones"]);
    assert.doesNotMatch(text, /canary/);
    const [Secret, LastReadMessageIndex] = [old.secret, String(old.read)];
    assert.deepEqual(formsOf(await stack.up()), {
      "Timers.Closed": old.closed,
      Secret,
      LastReadMessageIndex,
    });
    assert.deepEqual((await stack.preview({ refresh: true })).steps, {});
  });

  it("is cleared where the program drops it, as far as Twilio can", async () => {
    await lost();
    declared = {};
    assert.deepEqual(formsOf(await bed.stack.up({ refresh: true })), { "Timers.Closed": "PT0S" });
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });
});
