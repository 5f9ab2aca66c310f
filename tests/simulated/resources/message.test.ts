import assert from "node:assert/strict";
import { fieldsOf } from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import { definitions } from "../../../provider/resources";
import { message } from "../../../provider/resources/conversation/message";
import { useLife } from "../../fault/life";

const LOST = { method: "POST", kind: "status", status: 503, when: "after", times: 1 } as const;

describe("A message", () => {
  const life = useLife();
  let hours: Record<string, string>;
  beforeEach(async () => {
    await life.account.conversation("desk");
    hours = { conversationSid: "desk", body: "We are here from 9 to 17." };
    life.simulator.clearRequests();
  });
  const messages = () => life.simulator.rows("IM");
  const sent = () => life.simulator.requests().filter(({ method }) => method === "POST").length;

  it("is sent once although its create got no answer", async () => {
    life.simulator.addFault(LOST);
    const { sid } = await life.run(message).lifecycle.create(hours);
    assert.deepEqual(
      messages().map((row) => row.sid),
      [sid],
    );
    assert.equal(sent(), 1);
  });

  it("is sent once although the run was killed after it, and found among the newest", async () => {
    for (let number = 0; number < 120; number++)
      await life.account.post("/Conversations/desk/Messages", { Body: `chatter ${number}` });
    const left = await life.account.post("/Conversations/desk/Messages", { Body: String(hours["body"]) });
    life.simulator.clearRequests();
    const { sid } = await life.run(message, { concurrency: "1" }).lifecycle.create(hours);
    assert.equal(sid, left.sid);
    assert.equal(sent(), 0);
    const [first] = life.simulator.requests().filter(({ path }) => path.endsWith("/Messages"));
    assert.equal(first?.query["Order"], "desc");
  });

  it("is sent beside another one's with the same words that is older", async () => {
    const other = await life.account.post("/Conversations/desk/Messages", { Body: String(hours["body"]) });
    life.simulator.change(other.sid, { date_created: "2020-01-01T00:00:00Z" });
    const { sid } = await life.run(message).lifecycle.create(hours);
    assert.notEqual(sid, other.sid);
    assert.equal(messages().length, 2);
  });

  // Found by kills in a soak, on a machine that was busy: the engine came to the other one after seconds.
  it("is not taken from a twin in state that the engine comes to late", async () => {
    const twin = await life.run(message).lifecycle.create(hours);
    const run = life.run(message);
    const created = run.lifecycle.create(run.lifecycle.check({}, hours).inputs);
    for (let second = 0; second < 6; second++) {
      run.lifecycle.check({}, { ...hours, body: `others ${second}` });
      await life.clock.sleep(1_000);
    }
    const { inputs } = run.lifecycle.check(hours, hours);
    run.lifecycle.diff(twin.sid, twin.state, inputs);
    assert.notEqual((await created).sid, twin.sid);
    assert.equal(messages().length, 2);
  });

  it("stays in state when it is gone, keeps its conversation's SID, and comes back as it was if it was not", async () => {
    const { sid, state } = await life.run(message).lifecycle.create(hours);
    for (const route of ["/v1/Conversations/*/Messages", "/v1/Conversations/*/Messages/*"])
      life.simulator.addFault({ method: "GET", route, kind: "status", status: 404, when: "before" });
    const gone = await life.run(message).lifecycle.read(sid, state);
    assert.deepEqual(gone?.state, { ...state, missing: true });
    life.simulator.clearFaults();
    const found = await life.run(message).lifecycle.read(sid, gone?.state ?? {});
    assert.deepEqual(found?.state, state);
  });

  describe("with a medium", () => {
    const [ours, other] = ["1", "2"].map((digit) => `ME${digit.repeat(32)}`);
    const picture = () => ({ ...hours, mediaSid: String(ours) });
    const media = (...sids: (string | undefined)[]) =>
      sids.map((sid) => ({ sid, size: 1, content_type: "image/png", filename: null }));
    /** What a preview with a refresh says after Twilio has come to show these. */
    async function refreshed(inputs: JsonObject, change: Record<string, unknown>) {
      const { sid, state } = await life.run(message).lifecycle.create(inputs);
      life.simulator.change(sid, change);
      const { lifecycle, notes } = life.run(message);
      const found = await lifecycle.read(sid, state);
      const diff = lifecycle.diff(sid, found?.state ?? {}, inputs);
      return { sid, state: found?.state ?? {}, inputs: found?.inputs, diff, notes };
    }
    const GONE: [string, Record<string, unknown>][] = [
      ["is gone", { media: null }],
      ["is another", { media: media(other) }],
    ];

    it("does not drift while that is there, in whatever order", async () => {
      const { diff, notes, inputs } = await refreshed(picture(), { media: media(other, ours) });
      assert.deepEqual(diff, { changes: false, replaces: [] });
      assert.deepEqual(notes, []);
      assert.equal(inputs?.["mediaSid"], ours);
    });

    it("is found by it in whatever order", async () => {
      const left = await life.run(message).lifecycle.create(picture());
      life.simulator.change(left.sid, { media: media(other, ours) });
      const { sid, state } = await life.run(message).lifecycle.create(picture());
      assert.equal(sid, left.sid);
      assert.equal(state["mediaSid"], ours);
      assert.equal(sent(), 1);
    });

    for (const [what, change] of GONE) {
      it(`is reported by every preview and not sent again when that ${what}`, async () => {
        const { sid, state, diff, notes } = await refreshed(picture(), change);
        assert.equal(diff.changes, false);
        assert.match(notes.join(), /Its mediaSid is not there any more\. Declare resend: true to .*send it/);
        const later = life.run(message);
        assert.equal(later.lifecycle.diff(sid, state, picture()).changes, false);
        assert.equal(later.notes.length, 1);
        const edited = { ...picture(), body: "We are closed." };
        assert.deepEqual(later.lifecycle.diff(sid, state, edited).replaces, []);
        assert.deepEqual((await life.run(message).lifecycle.read(sid, state))?.state, state);
      });

      it(`is sent again when that ${what} and the program comes to say so`, async () => {
        const { sid, state } = await refreshed(picture(), change);
        const { replaces } = life.run(message).lifecycle.diff(sid, state, { ...picture(), resend: true });
        assert.deepEqual(replaces, ["resend"]);
      });

      it(`is sent again when that ${what} where the program has said so`, async () => {
        const { diff } = await refreshed({ ...picture(), resend: true }, change);
        assert.deepEqual(diff.replaces, ["mediaSid"]);
        assert.match(diff.warning ?? "", /sends it to people again/);
      });
    }

    it("is reported no more when that is back", async () => {
      const { sid, state } = await refreshed(picture(), { media: null });
      life.simulator.change(sid, { media: media(ours) });
      const found = await life.run(message).lifecycle.read(sid, state);
      const { lifecycle, notes } = life.run(message);
      assert.equal(lifecycle.diff(sid, found?.state ?? {}, picture()).changes, false);
      assert.deepEqual(notes, []);
    });
  });

  it("obeys resend in every field whose change outside would send it again", async () => {
    const contentSid = `HX${"1".repeat(32)}`;
    const { sid, state } = await life.run(message).lifecycle.create({ conversationSid: "desk", contentSid });
    life.simulator.change(sid, { content_sid: null });
    const found = await life.run(message).lifecycle.read(sid, state);
    const { lifecycle, notes } = life.run(message);
    const inputs = { conversationSid: "desk", contentSid };
    assert.equal(lifecycle.diff(sid, found?.state ?? {}, inputs).changes, false);
    assert.match(notes.join(), /Its contentSid is not there any more/);
  });

  it("is of the kinds that a change outside could send or destroy something with", () => {
    const lossy = definitions.filter(({ replacement }) => replacement !== undefined);
    const fields = lossy.flatMap((definition) =>
      fieldsOf(definition)
        .filter(({ policy }) => policy.change === "replace" && !policy.pathParameter && !policy.writeOnly)
        .map(({ name }) => `${definition.type}.${name}`),
    );
    const others = [
      // No API of Conversations changes it: one that is changed all the same is shown, with what is lost.
      "Service.friendlyName",
      // Nobody can change it: Twilio takes it in a create only.
      "User.identity",
    ];
    assert.deepEqual(fields.sort(), ["Message.contentSid", "Message.mediaSid", ...others]);
  });

  it("is no error to delete when it is gone", async () => {
    const { sid, state } = await life.run(message).lifecycle.create(hours);
    life.simulator.remove(sid);
    await life.run(message).lifecycle.delete(sid, { ...state, missing: true });
    assert.deepEqual(messages(), []);
  });

  it("is left where it is in a conversation that was closed", async () => {
    const { sid, state } = await life.run(message).lifecycle.create(hours);
    const [desk] = life.simulator.conversations();
    life.simulator.change(String(desk?.sid), { state: "closed" });
    const { lifecycle, notes } = life.run(message);
    await lifecycle.delete(sid, state);
    assert.match(notes.join(), /was left as it is/);
  });
});
