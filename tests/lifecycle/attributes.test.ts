import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Conversation, Participant, type ParticipantArgs } from "../../provider";
import { useTestBed } from "../support/stack/test-bed";
import type { Row } from "../support/twilio-account";

describe("Attributes", () => {
  let conversation: Row;
  let attributes: Record<string, ParticipantArgs["attributes"]> = {};
  const bed = useTestBed(async () => {
    for (const [identity, value] of Object.entries(attributes)) {
      const args = { conversationSid: conversation.sid, identity, attributes: value };
      new Participant(identity, args, identity === "ignoring" ? { ignoreChanges: ["attributes.team"] } : {});
    }
  });
  const live = (name: string) => bed.simulator.participants().find(({ identity }) => identity === name);
  const change = (name: string, value: string) =>
    bed.simulator.change(String(live(name)?.["sid"]), { attributes: value });

  before(async () => {
    conversation = await bed.account.conversation("desk");
    attributes = {
      equal: { team: "support", rank: 1.5, list: [1, 2], nothing: null },
      text: '{"team":"support","rank":100}',
      output: pulumi.output({ team: "support" }),
      nulled: { team: "support", lead: null },
      ignoring: { team: "support", tier: 1 },
      secret: { team: "support", pin: pulumi.secret("canary-1234") },
    };
    await bed.stack.up();
  });

  it("are equal in another order, spacing, escape and number form, in the program and on Twilio", async () => {
    attributes["equal"] = '{ "list": [1, 2.0], "rank": 15e-1, "nothing": null, "team": "supp\\u006frt" }';
    attributes["text"] = { rank: 1e2, team: "support" };
    attributes["output"] = pulumi.output('{"team" : "support"}');
    change("equal", '{"nothing":null,"rank":1.50,"team":"support","list":[1,2]}');
    assert.deepEqual((await bed.stack.preview()).steps, {});
    const { steps, text } = await bed.stack.preview({ refresh: true });
    assert.deepEqual(steps, {});
    assert.doesNotMatch(text, /twilio:Participant: \(/);
  });

  it("differ between null and absent, which the engine itself does not see", async () => {
    attributes["nulled"] = { team: "support" };
    assert.equal((await bed.stack.preview()).steps["nulled"]?.op, "update");
    await bed.stack.up();
    assert.equal(live("nulled")?.["attributes"], '{"team":"support"}');
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });

  it("can be ignored by key", async () => {
    attributes["ignoring"] = { team: "sales", tier: 2 };
    assert.deepEqual((await bed.stack.preview()).steps, {
      ignoring: { op: "update", keys: ["attributes.tier"] },
    });
    await bed.stack.up();
    assert.deepEqual(JSON.parse(String(live("ignoring")?.["attributes"])), { team: "support", tier: 2 });
  });

  it("show no secret, neither the declared one nor one that was added outside", async () => {
    change("secret", '{"team":"sales","pin":"canary-5678","token":"canary-9012"}');
    const { steps, text } = await bed.stack.preview({ refresh: true });
    assert.equal(steps["secret"]?.op, "update");
    assert.doesNotMatch(text, /canary/);
    await bed.stack.refresh();
    assert.doesNotMatch(JSON.stringify(bed.stack.state()), /canary/);
    await bed.stack.up();
    assert.deepEqual(JSON.parse(String(live("secret")?.["attributes"])), {
      team: "support",
      pin: "canary-1234",
    });
  });
});

describe("A conversation without a unique name", () => {
  let names: [string, ConstructorParameters<typeof Conversation>[1]][] = [];
  const bed = useTestBed(async () => {
    for (const [name, args] of names) new Conversation(name, args, { aliases: [{ name: "desk" }] });
  });
  const live = () => bed.simulator.conversations().map(({ unique_name }) => unique_name);

  it("gets one from project, stack and name, and keeps it when the resource is renamed", async () => {
    names = [["desk", {}]];
    await bed.stack.up();
    assert.deepEqual(live(), ["lifecycle-test-desk"]);
    names = [["support", {}]];
    assert.deepEqual((await bed.stack.preview()).steps, {});
    await bed.stack.up();
    assert.deepEqual(live(), ["lifecycle-test-desk"]);
  });

  it("loses it when the program wants none", async () => {
    names = [["support", { uniqueName: null }]];
    const { requests } = await bed.stack.up();
    assert.deepEqual(
      requests.map(({ form }) => form),
      [{}, { UniqueName: "" }].slice(-requests.length),
    );
    assert.deepEqual(live(), [null]);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });
});
