import assert from "node:assert/strict";
import { type Fault, faultsOf } from "../../../simulator/faults/fault";
import { FaultScript } from "../../../simulator/faults/fault-script";
import { Fixture } from "../../contract/sdk/client";

const route = "/v1/Conversations/*/Participants";

describe("simulator faults", () => {
  let fixture: Fixture;
  let path: string;
  before(async () => {
    fixture = await Fixture.start();
  });
  after(() => fixture.close());
  beforeEach(async () => {
    fixture.simulator.reset();
    path = `${await fixture.conversation()}/Participants`;
  });

  const join = (identity: string): ReturnType<Fixture["send"]> =>
    fixture.send("POST", path, { Identity: identity });
  const members = (): number => fixture.simulator.participants().length;

  it("answers 429 with Retry-After as often as told and then lets through", async () => {
    fixture.simulator.addFault({
      kind: "status",
      status: 429,
      retryAfterSeconds: 2,
      method: "POST",
      route,
      times: 2,
    });
    const answers = [await join("a"), await join("a"), await join("a")];
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body.code]),
      [
        [429, 20429],
        [429, 20429],
        [201, undefined],
      ],
    );
    assert.equal(answers[0]?.headers.get("retry-after"), "2");
    assert.deepEqual(
      fixture.simulator.requests().map((request) => request.status),
      [201, 429, 429, 201],
    );
  });

  it("answers 503 before the commit without and after the commit with the member made", async () => {
    fixture.simulator.addFault({ kind: "status", status: 503, route, times: 1 });
    assert.equal((await join("a")).status, 503);
    assert.equal(members(), 0);
    fixture.simulator.addFault({ kind: "status", status: 503, route, times: 1, when: "after" });
    assert.equal((await join("a")).status, 503);
    assert.equal(members(), 1);
  });

  it("cuts the connection before or after the commit", async () => {
    fixture.simulator.addFault({ kind: "reset", route, times: 1 });
    await assert.rejects(join("a"));
    assert.equal(members(), 0);
    fixture.simulator.addFault({ kind: "reset", route, times: 1, when: "after" });
    await assert.rejects(join("a"));
    assert.equal(members(), 1);
    assert.equal(fixture.simulator.requests().at(-1)?.status, 0);
  });

  it("cuts the answer in the middle", async () => {
    fixture.simulator.addFault({ kind: "truncate", route, times: 1 });
    await assert.rejects(join("a"));
    assert.equal(members(), 1);
  });

  it("hangs until the client gives up or the fault's time is over", async () => {
    fixture.simulator.addFault({ kind: "hang", route, times: 1, delayMs: 30 });
    await assert.rejects(join("a"));
    fixture.simulator.addFault({ kind: "hang", route, times: 1, when: "after" });
    const given = fetch(fixture.simulator.url + path, { signal: AbortSignal.timeout(50) });
    await assert.rejects(given, { name: "TimeoutError" });
  });

  it("delays an answer", async () => {
    fixture.simulator.addFault({ kind: "delay", delayMs: 60, times: 1 });
    const startMs = performance.now();
    assert.equal((await join("a")).status, 201);
    assert.ok(performance.now() - startMs >= 55);
  });

  it("answers 404 although the member was made", async () => {
    fixture.simulator.addFault({ kind: "not-found-although-created", route, times: 1 });
    const { status, body } = await join("a");
    assert.deepEqual([status, body.code, members()], [404, 20404, 1]);
  });

  it("lets other methods and routes alone", async () => {
    fixture.simulator.addFault({ kind: "status", method: "POST", route });
    assert.equal((await fixture.send("GET", path)).status, 200);
    assert.equal((await fixture.send("POST", "/v1/Conversations", {})).status, 201);
  });

  it("hits the same requests again with the same seed", () => {
    const hits = (randomSeed: number): boolean[] => {
      const script = new FaultScript();
      script.add({ kind: "status", probability: 0.3, randomSeed });
      return Array.from({ length: 200 }, () => script.next("GET", "/v1/Roles") !== undefined);
    };
    assert.deepEqual(hits(7), hits(7));
    assert.notDeepEqual(hits(7), hits(8));
    const share = hits(7).filter(Boolean).length / 200;
    assert.ok(share > 0.2 && share < 0.4, `${share}`);
  });

  it("passes so many requests first", () => {
    const script = new FaultScript();
    script.add({ kind: "reset", skip: 2, times: 1 });
    const hit = Array.from({ length: 5 }, () => script.next("GET", "/") !== undefined);
    assert.deepEqual(hit, [false, false, true, false, false]);
  });

  const wrong: [unknown, RegExp][] = [
    [[{ kind: "explode" }], /faults\[0\]\.kind/],
    [[{ kind: "status", status: 200 }], /faults\[0\]\.status must be a number from 400 to 599/],
    [[{ kind: "delay" }], /delayMs is missing/],
    [[{ kind: "status", colour: 1 }], /colour is not a property/],
    [[{ kind: "status", __proto__: null, constructor: 1 }], /constructor is not a property/],
    [{ status: 500 }, /kind is missing/],
    [["x"], /must be an object/],
    [[{ kind: "status", when: "later" }], /when is not valid/],
    [[{ kind: "status", probability: 2 }], /probability/],
  ];
  for (const [script, message] of wrong) {
    it(`refuses the script ${JSON.stringify(script)}`, () => {
      assert.throws(() => faultsOf(script), { name: "UsageError", message });
    });
  }

  it("is armed, listed and disarmed under /_control", async () => {
    const json = { "content-type": "application/json" };
    const post = (body: unknown): Promise<Response> =>
      fetch(`${fixture.simulator.url}/_control/faults`, {
        method: "POST",
        headers: json,
        body: JSON.stringify(body),
      });
    const fault: Fault = { kind: "status", status: 500, times: 1 };
    assert.equal((await post([fault])).status, 200);
    assert.equal((await join("a")).status, 500);
    const listed = await (await fetch(`${fixture.simulator.url}/_control/faults`)).json();
    assert.deepEqual(listed, { faults: [{ fault, seen: 1, hits: 1 }] });
    const refused = await post([{ kind: "x" }]);
    assert.deepEqual([refused.status, await refused.json()], [400, { error: "faults[0].kind is not valid" }]);
  });
});
