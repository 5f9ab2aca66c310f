import assert from "node:assert/strict";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { Conversation, type ConversationArgs, Participant } from "../../provider";
import { useTestBed } from "../support/stack/test-bed";

describe("A conversation that is closed outside Pulumi", () => {
  let declared: Partial<ConversationArgs> = {};
  let name = "desk";
  let options: CustomResourceOptions = {};
  const bed = useTestBed(async () => {
    const conversation = new Conversation(name, { uniqueName: "desk", ...declared }, options);
    new Participant("alice", { conversationSid: conversation.id, identity: "alice" });
  });
  const live = () => bed.simulator.conversations().find(({ unique_name }) => unique_name === "desk");
  const become = (state: string) => bed.simulator.change(String(live()?.["sid"]), { state });

  it("is no matter while Twilio only switches between active and inactive", async () => {
    declared = { state: "active" };
    await bed.stack.up();
    become("inactive");
    const { steps, text } = await bed.stack.preview({ refresh: true });
    assert.deepEqual(steps, {});
    assert.doesNotMatch(text, /twilio:Conversation: \(/);
  });

  it("is shown, and stops `up` with the reason and the ways out", async () => {
    declared = {};
    await bed.stack.up();
    become("closed");
    const { steps } = await bed.stack.preview({ refresh: true });
    assert.deepEqual(steps, { desk: { op: "update", keys: ["state"] } });
    const failure = await bed.stack.failing(() => bed.stack.up({ refresh: true }));
    assert.match(failure, /Twilio opens no closed conversation.*state: "closed".*onClosed: "replace"/);
    assert.equal(live()?.["state"], "closed");
  });

  it("is no error to declare closed although the last refresh saw it open", async () => {
    declared = { state: "active" };
    bed.stack.forget();
    bed.simulator.remove(String(live()?.["sid"]));
    await bed.stack.up();
    become("closed");
    declared = { state: "closed" };
    await bed.stack.up();
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
    const failure = await bed.stack.failing(() => {
      declared = { state: "closed", friendlyName: "Desk" };
      return bed.stack.up();
    });
    assert.match(
      failure,
      /nothing in a closed conversation can change any more\. Declare friendlyName as it was/,
    );
  });

  it("is left as it is when the program declares it closed", async () => {
    declared = { state: "closed" };
    const { requests } = await bed.stack.up({ refresh: true });
    assert.deepEqual(
      requests.filter(({ method }) => method !== "GET"),
      [],
    );
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });

  it("is told with the way out when its resource is renamed", async () => {
    name = "front";
    declared = { onClosed: "replace" };
    const failure = await bed.stack.failing(() => bed.stack.up());
    assert.match(failure, /It is closed, and .* If you have renamed the resource, give it an alias/);
    declared = { state: "closed" };
    options = { aliases: [{ name: "desk" }] };
    assert.deepEqual((await bed.stack.up()).steps, {});
    name = "desk";
    options = { aliases: [{ name: "front" }] };
    assert.deepEqual((await bed.stack.up()).steps, {});
  });

  it("is replaced with its members when the program says so, and the loss is said", async () => {
    declared = { onClosed: "replace" };
    const before = live()?.["sid"];
    const { steps, text } = await bed.stack.preview();
    assert.equal(steps["desk"]?.op, "replace");
    assert.equal(steps["alice"]?.op, "replace");
    assert.match(text, /all its messages are lost/);
    await bed.stack.up();
    assert.notEqual(live()?.["sid"], before);
    assert.equal(live()?.["state"], "active");
    assert.equal(bed.simulator.participants("desk").length, 1);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });
});
