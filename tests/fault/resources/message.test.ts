import assert from "node:assert/strict";
import { message } from "../../../provider/resources/message";
import { useLife } from "../life";

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
