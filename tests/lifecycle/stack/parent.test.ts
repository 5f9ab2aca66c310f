import assert from "node:assert/strict";
import { Conversation, Participant } from "../../../provider";
import { useTestBed } from "../../support/stack/test-bed";

describe("A conversation and its members", () => {
  let place: { serviceSid?: string } = {};
  const bed = useTestBed(async () => {
    const conversation = new Conversation("desk", { uniqueName: "desk", ...place });
    const member = { conversationSid: conversation.id, ...place };
    new Participant("alice", { ...member, identity: "alice" });
    const binding = { address: "+15005550006", proxyAddress: "+15005550001" };
    new Participant("customer", { ...member, messagingBinding: binding, webhookEnabled: true });
    new Participant(
      "by-name",
      { ...place, conversationSid: "desk", identity: "by name" },
      { dependsOn: conversation },
    );
  });
  const members = () => bed.simulator.participants("desk");

  it("come up together, by SID and by unique name", async () => {
    const { requests } = await bed.stack.up();
    assert.equal(members().length, 3);
    const announced = requests.filter(({ headers }) => headers["x-twilio-webhook-enabled"] === "true");
    assert.equal(announced.length, 1);
    const state = bed.stack.state();
    assert.equal(state["by-name"]?.outputs["conversationSid"], "desk");
    assert.equal(state["by-name"]?.outputs["resolvedConversationSid"], state["desk"]?.id);
    assert.deepEqual(state["customer"]?.outputs["messagingBinding"], {
      type: "sms",
      address: "+15005550006",
      proxyAddress: "+15005550001",
    });
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });

  it("are all created again when the conversation is deleted outside", async () => {
    bed.simulator.remove(String(bed.stack.state()["desk"]?.id));
    const { steps } = await bed.stack.preview({ refresh: true });
    assert.deepEqual(
      Object.values(steps).map(({ op }) => op),
      ["create", "create", "create", "create"],
    );
    await bed.stack.up({ refresh: true });
    assert.equal(members().length, 3);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });

  it("are replaced together, and the preview says what `up` does", async () => {
    place = { serviceSid: (await bed.account.service("a service")).sid };
    const operations = (steps: Record<string, { op: string }>) =>
      Object.fromEntries(Object.entries(steps).map(([name, { op }]) => [name, op]));
    const expected = { desk: "replace", alice: "replace", customer: "replace", "by-name": "replace" };
    assert.deepEqual(operations((await bed.stack.preview()).steps), expected);
    const { steps, requests } = await bed.stack.up();
    assert.deepEqual(operations(steps), expected);
    assert.deepEqual(
      requests.filter(({ status }) => status >= 400 && status !== 404),
      [],
    );
    assert.equal(bed.simulator.participants().length, 3);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });

  it("are destroyed although somebody deleted the conversation already", async () => {
    bed.simulator.remove(String(bed.stack.state()["desk"]?.id));
    await bed.stack.destroy();
    assert.deepEqual(bed.stack.state(), {});
  });
});
