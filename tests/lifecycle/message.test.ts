import assert from "node:assert/strict";
import { Conversation, Message } from "../../provider";
import { useTestBed } from "../support/stack/test-bed";
import type { Outcome } from "../support/stack/test-stack";

describe("A message that is deleted outside Pulumi", () => {
  let declared: { body?: string; resend?: boolean } = {};
  let isDeclared = true;
  const bed = useTestBed(async () => {
    const desk = new Conversation("desk", { uniqueName: "desk" });
    if (isDeclared)
      new Message("hours", {
        conversationSid: desk.id,
        author: "support",
        body: "We are here from 9 to 17.",
        attributes: { kind: "notice" },
        ...declared,
      });
  });
  const messages = () => bed.simulator.rows("IM");
  const id = () => String(bed.stack.state()["hours"]?.id);
  const isMissing = () => bed.stack.state()["hours"]?.outputs["missing"];
  const writes = ({ requests }: Outcome) =>
    requests.filter(({ method }) => method !== "GET").map(({ method, status }) => `${method} ${status}`);
  const reports = ({ text }: Outcome) =>
    text.split("\n").filter((line) => /message IM\w+: It does not exist on Twilio any more\./.test(line));

  before(() => bed.stack.up());

  it("is reported by a refreshing preview, once, and not created again", async () => {
    bed.simulator.remove(id());
    const preview = await bed.stack.preview({ refresh: true });
    assert.deepEqual(preview.steps, {});
    const [report, ...more] = reports(preview);
    assert.match(
      report ?? "",
      /Declare resend: true to create it and send it to people again, or take it out/,
    );
    assert.deepEqual(more, []);
    const outcome = await bed.stack.up({ refresh: true });
    assert.deepEqual(writes(outcome), []);
    assert.deepEqual(messages(), []);
    assert.equal(isMissing(), true);
  });

  it("is reported by every preview, up and refresh after that, and stays in state", async () => {
    for (const operation of ["preview", "up", "refresh"] as const) {
      const outcome = await bed.stack[operation]();
      assert.deepEqual(outcome.steps, {}, operation);
      assert.equal(reports(outcome).length > 0, true, `${operation}: ${outcome.text}`);
      assert.deepEqual(writes(outcome), []);
    }
    assert.equal(isMissing(), true);
  });

  it("cannot be updated, which is said with the ways out", async () => {
    declared = { body: "We are closed." };
    const failure = await bed.stack.failing(() => bed.stack.up());
    assert.match(
      failure,
      /cannot update message IM\w+\. It does not exist.*Declare resend: true.*take it out/,
    );
    assert.deepEqual(messages(), []);
  });

  it("is created again when the program says so, and the preview warns that people get it again", async () => {
    declared = { resend: true };
    const before = id();
    const preview = await bed.stack.preview();
    assert.deepEqual(preview.steps, { hours: { op: "replace", keys: ["resend"] } });
    assert.match(preview.text, /It will be created again, which sends it to people again\./);
    await bed.stack.up();
    assert.deepEqual(
      messages().map(({ sid }) => sid),
      [id()],
    );
    assert.notEqual(id(), before);
    assert.equal(isMissing(), undefined);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });

  it("is created again whenever it is missing while the program says so", async () => {
    bed.simulator.remove(id());
    const { steps } = await bed.stack.preview({ refresh: true });
    assert.deepEqual(steps, { hours: { op: "create", keys: [] } });
    await bed.stack.up({ refresh: true });
    assert.equal(messages().length, 1);
  });

  it("is let go of without an error", async () => {
    declared = {};
    await bed.stack.up();
    bed.simulator.remove(id());
    await bed.stack.refresh();
    assert.equal(isMissing(), true);
    isDeclared = false;
    await bed.stack.up();
    assert.deepEqual(Object.keys(bed.stack.state()), ["desk"]);
  });

  it("goes along when its conversation is created again", async () => {
    isDeclared = true;
    await bed.stack.up();
    bed.simulator.remove(String(bed.stack.state()["desk"]?.id));
    const { steps, text } = await bed.stack.preview({ refresh: true });
    assert.equal(steps["desk"]?.op, "create");
    assert.equal(steps["hours"]?.op, "replace");
    assert.match(text, /sends it to people again/);
    await bed.stack.up({ refresh: true });
    assert.equal(messages().length, 1);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });
});

describe("A message whose medium is deleted outside Pulumi", () => {
  let declared: { resend?: boolean } = {};
  const bed = useTestBed(async () => {
    const desk = new Conversation("desk", { uniqueName: "desk" });
    new Message("map", { conversationSid: desk.id, mediaSid: `ME${"1".repeat(32)}`, ...declared });
  });

  it("is told by every preview, and sent again only when the program says so", async () => {
    await bed.stack.up();
    const id = String(bed.stack.state()["map"]?.id);
    bed.simulator.change(id, { media: null });
    for (const refresh of [true, false])
      for (const operation of ["preview", "up"] as const) {
        const { steps, text, requests } = await bed.stack[operation]({ refresh });
        assert.deepEqual(steps, {});
        assert.match(text, /message IM\w+: Its mediaSid is not there any more\. Declare resend: true/);
        assert.equal(requests.filter(({ method }) => method !== "GET").length, 0);
      }
    declared = { resend: true };
    assert.equal((await bed.stack.preview()).steps["map"]?.op, "replace");
    await bed.stack.up();
    assert.notEqual(bed.stack.state()["map"]?.id, id);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });
});
