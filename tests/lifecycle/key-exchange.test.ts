import assert from "node:assert/strict";
import { Conversation } from "../../provider";
import { useTestBed } from "../support/stack/test-bed";
import type { OperationOptions } from "../support/stack/test-stack";

// Every case, without the engine: tests/fault/ownership/key-exchange/key-exchange.

describe("Conversations that exchange their unique names", () => {
  let names: Record<string, string | null> = {};
  /** Each waits for the one before it, by its id. */
  let isChained = false;
  const bed = useTestBed(async () => {
    let before: Conversation | undefined;
    for (const [name, uniqueName] of Object.entries(names)) {
      const attributes = isChained && before !== undefined ? { after: before.id } : {};
      before = new Conversation(name, { uniqueName, friendlyName: name, attributes });
    }
  });
  const live = () =>
    Object.fromEntries(bed.simulator.conversations().map((row) => [row.friendly_name, row.unique_name]));
  async function become(wanted: typeof names, options: OperationOptions = {}): Promise<void> {
    const before = bed.simulator.conversations().map(({ sid }) => sid);
    names = wanted;
    await bed.stack.up(options);
    assert.deepEqual(live(), wanted);
    const stayed = new Set(bed.simulator.conversations().map(({ sid }) => sid));
    assert.deepEqual(
      before.filter((sid) => !stayed.has(sid)).length,
      before.length - Object.keys(wanted).length,
    );
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  }

  const ONE_AT_A_TIME = { parallel: 1, refresh: true };
  before(() => {
    names = { one: "a", two: "b", three: "c", four: "d", five: "e", six: "f", seven: "g" };
    return bed.stack.up();
  });

  it("do so in one up: two of them, three in a circle, and two that pass them on", () =>
    become({ one: "b", two: "a", three: "d", four: "e", five: "c", six: "g", seven: "h" }));

  it("are told what to do where one goes after the other, which helps, in a circle too", async () => {
    const before = live();
    names = { ...names, one: "d", three: "e", four: "b", five: "g", six: "c" };
    const failure = await bed.stack.failing(() => bed.stack.up({ parallel: 1 }));
    assert.match(failure, /Pulumi does that only later: run `pulumi up --refresh`/);
    assert.deepEqual(live(), before);
    await become(names, ONE_AT_A_TIME);
  });

  it("do so although one depends on the other, by a refresh", async () => {
    isChained = true;
    await bed.stack.up();
    await become({ one: "a", two: "d", three: "e" }, { refresh: true });
    isChained = false;
    await bed.stack.up();
  });

  it("are told what to do where the program drops the one that has it, which helps", async () => {
    const wanted = { one: "e", two: "d" };
    names = wanted;
    const failure = await bed.stack.failing(() => bed.stack.up());
    assert.match(failure, /no longer declares it, Pulumi does that only later: run `pulumi up --refresh`/);
    assert.deepEqual(live(), { one: "a", two: "d", three: "e" });
    await become(wanted, { refresh: true });
  });

  for (const order of ["as it was", "in another order"])
    it(`are as before, without a refresh, where that fails and the program is put back ${order}`, async () => {
      const former = { one: "e", two: "d" };
      names = { one: "d", two: "e" };
      const one = bed.simulator.conversations().find((row) => row.friendly_name === "one")?.sid;
      // The one that has it makes room, and then it is refused.
      const route = `/v1/Conversations/${one}`;
      bed.simulator.addFault({ method: "POST", route, kind: "status", status: 400, code: 20001, skip: 1 });
      await bed.stack.failing(() => bed.stack.up(ONE_AT_A_TIME));
      bed.simulator.clearFaults();
      assert.deepEqual(live(), { one: "e", two: null });
      await become(order === "as it was" ? former : { two: "d", one: "e" });
      assert.deepEqual((await bed.stack.preview()).steps, {});
    });
});
