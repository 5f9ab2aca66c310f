import assert from "node:assert/strict";
import { Fixture } from "../../contract/sdk/client";

describe("simulator rate limits", () => {
  let fixture: Fixture;
  afterEach(() => fixture.close());

  const statuses = async (
    count: number,
    send: (index: number) => ReturnType<Fixture["send"]>,
  ): Promise<number[]> => {
    const answers: number[] = [];
    for (let index = 0; index < count; index++) answers.push((await send(index)).status);
    return answers;
  };

  it("allows so many writes a second per conversation and forgets them after a second", async () => {
    fixture = await Fixture.start({ rateLimit: 3 });
    const [one, two] = [await fixture.conversation({ UniqueName: "one" }), await fixture.conversation()];
    const join = (path: string) => (index: number) =>
      fixture.send("POST", `${path}/Participants`, { Identity: `a${index}` });
    assert.deepEqual(await statuses(4, join(one)), [201, 201, 201, 429]);
    assert.equal((await join("/v1/Conversations/one")(9)).status, 429);
    assert.equal((await join(two)(0)).status, 201);
    assert.equal((await fixture.send("GET", `${one}/Participants`)).status, 200);
    fixture.simulator.clock.advance(1_001);
    assert.equal((await join(one)(5)).status, 201);
  });

  it("allows Twilio's 30 writes a second per service, with code 20429 and no Retry-After", async () => {
    fixture = await Fixture.start({ rateLimit: "twilio", nowMs: Date.UTC(2026, 0, 1) });
    const answers = await statuses(30, (index) =>
      fixture.send("POST", "/v1/Users", { Identity: `u${index}` }),
    );
    assert.ok(answers.every((status) => status === 201));
    const { status, body, headers } = await fixture.send("POST", "/v1/Conversations", {});
    assert.deepEqual([status, body.code, headers.get("retry-after")], [429, 20429, null]);
  });

  it("sends Retry-After when told to", async () => {
    fixture = await Fixture.start({ rateLimit: 1, switches: { retryAfter: "send" } });
    await fixture.conversation();
    const { status, headers } = await fixture.send("POST", "/v1/Conversations", {});
    assert.deepEqual([status, headers.get("retry-after")], [429, "1"]);
  });

  it("allows so many requests of one account at the same time", async () => {
    fixture = await Fixture.start({ rateLimit: "twilio", limits: { concurrentRequests: 2 }, latencyMs: 50 });
    const create = (): ReturnType<Fixture["send"]> => fixture.send("POST", "/v1/Conversations", {});
    const answers = await Promise.all([create(), create(), create()]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 201, 429]);
  });

  it("is off by default", async () => {
    fixture = await Fixture.start();
    const answers = await statuses(60, () => fixture.send("POST", "/v1/Conversations", {}));
    assert.ok(answers.every((status) => status === 201));
  });
});
