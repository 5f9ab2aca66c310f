import { deepEqual, equal, match } from "node:assert/strict";
import fc from "fast-check";
import { conversation } from "../../../../provider/resources/conversation/conversation";
import { seed, sized } from "../../../support/soak";
import { CUTS, inReverse, type Names, SOON, useNamedConversations } from "./named-conversations";

describe("Unique names that were cleared for another object by a run that was cut", () => {
  const { life, apply, applyTo, live, standing, isSettled } = useNamedConversations(SOON);

  it("are as declared however many runs are cut, and whatever is left out or dropped on the way", async () => {
    const letters = [..."abcde"];
    const namesOf = (size: number) =>
      fc
        .shuffledSubarray(letters, { minLength: size, maxLength: size })
        .map((each): Names => Object.fromEntries(each.map((it, index) => [`r${index}`, it])));
    // What was is often what the program comes back to, and what it wanted once is often wanted again.
    const programs = fc
      .integer({ min: 2, max: 4 })
      .chain((size) => fc.tuple(namesOf(size), namesOf(size), namesOf(size)));
    const cases = programs.chain(([before, wanted, other]) => {
      const index = fc.nat(Object.keys(before).length - 1);
      const cut = {
        fault: fc.constantFrom(...Object.values(CUTS)),
        refused: fc.option(index, { nil: undefined }),
        skip: fc.nat(2),
      };
      const run = fc.record({
        ...cut,
        names: fc.constantFrom(before, before, wanted, other),
        parallel: fc.constantFrom(1, 2, 8),
        isReverse: fc.boolean(),
        isRefreshing: fc.constantFrom(false, false, true),
        targets: fc.option(fc.uniqueArray(index, { minLength: 1, maxLength: 2 }), { nil: undefined }),
      });
      // One that comes to each only after the one before it: it clears what it has not come to.
      const first = fc
        .record(cut)
        .map((it) => ({ ...it, names: wanted, parallel: 1, isReverse: false, isRefreshing: true }));
      return fc.record({
        before: fc.constant(before),
        runs: fc.tuple(first, fc.array(run, { minLength: 1, maxLength: 2 })),
        last: fc.constantFrom(before, before, wanted, other),
        isReverse: fc.boolean(),
        dropped: fc.option(index, { nil: undefined }),
      });
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ before, runs, last, isReverse, dropped }) => {
        life.simulator.reset();
        let stack = await standing(before);
        const [first, further] = runs;
        for (const each of [{ ...first, targets: undefined }, ...further]) {
          const { names, fault, refused, skip, targets, parallel, ...run } = each;
          const sid = refused === undefined ? "*" : stack.get(`r${refused}`)?.sid;
          life.simulator.addFault({ ...fault, method: "POST", route: `/v1/Conversations/${sid}`, skip });
          const program = run.isReverse ? inReverse(names) : names;
          const cut =
            targets === undefined
              ? apply(program, stack, parallel, run.isRefreshing)
              : applyTo(
                  targets.map((target) => `r${target}`),
                  program,
                  stack,
                );
          stack = (await cut).stack;
          life.simulator.clearFaults();
        }
        const kept = Object.entries(last).filter(([resource]) => resource !== `r${dropped}`);
        const names: Names = Object.fromEntries(kept);
        const held = [...stack].filter(([resource]) => resource === `r${dropped}`);
        // Of what the program drops it is known that it keeps its name until the end of the run.
        for (const [, { sid }] of held) {
          const row = life.simulator.conversations().find((it) => it.sid === sid);
          fc.pre(!Object.values(names).some((it) => it !== null && it === row?.unique_name));
        }
        await isSettled(await apply(isReverse ? inReverse(names) : names, stack), names);
      }),
      { seed, numRuns: sized({ short: 30, full: 1_000 }) },
    );
  });

  /** One was to take two's name, which was cleared for it, and did not: two's own update had not begun. */
  async function cleared(how: keyof typeof CUTS, others: Names = {}) {
    const stack = await standing({ one: "a", ...others, two: "b" });
    const [one = "", two = ""] = ["one", "two"].map((name) => stack.get(name)?.sid);
    life.simulator.addFault({ ...CUTS[how], method: "POST", route: `/v1/Conversations/${one}`, skip: 1 });
    const cut = await apply({ one: "b", ...others, two: "c" }, stack, 1, true);
    life.simulator.clearFaults();
    equal(live()["two"], null);
    return { stack: cut.stack, one, two };
  }
  /** One took two's name, and the run ended before two's own update. */
  async function taken(others: Names) {
    const stack = await standing({ one: "a", ...others, two: "b" });
    const first = Object.keys(others)[0] ?? "";
    refuse(stack.get(first)?.sid);
    const names = { one: "b", ...others, [first]: "y", two: "c" };
    const cut = await apply(names, stack, 1, true);
    life.simulator.clearFaults();
    deepEqual(live(), { one: "b", ...others, two: null });
    return { stack: cut.stack, one: String(stack.get("one")?.sid), two: String(stack.get("two")?.sid) };
  }
  const refuse = (sid: string | undefined) =>
    life.simulator.addFault({ ...CUTS.refused, method: "POST", route: `/v1/Conversations/${sid}` });

  for (const [what, begin] of [
    ["refused", () => cleared("refused", { x: "x" })],
    ["lost before", () => cleared("lost before", { x: "x" })],
    ["lost after", () => cleared("lost after", { x: "x" })],
    ["done", () => taken({ x: "x" })],
  ] as const) {
    const before = { one: "a", x: "x", two: "b" };

    it(`are owed until they are given: a run that ended before it came to them (${what})`, async () => {
      const { stack } = await begin();
      refuse(stack.get("x")?.sid);
      const ended = await apply({ ...before, x: "y" }, stack, 1);
      equal(ended.errors.length, 1);
      life.simulator.clearFaults();
      await isSettled(await apply(before, ended.stack, 1), before);
    });

    it(`are owed until they are given: a run with other targets (${what})`, async () => {
      const { stack } = await begin();
      const some = await applyTo(["one"], before, stack);
      deepEqual(some.errors, []);
      await isSettled(await apply(before, some.stack), before);
    });

    it(`are given by the deletion of the one for which they were cleared (${what})`, async () => {
      const { stack, two } = await begin();
      refuse(two);
      const refused = await apply({ x: "x", two: "b" }, stack);
      match(refused.errors.join(), new RegExp(`${two} has no uniqueName now: .* itself is deleted\\. Fix`));
      life.simulator.clearFaults();
      await isSettled(await apply({ x: "x", two: "b" }, refused.stack), { x: "x", two: "b" });
    });
  }

  for (const parallel of [1, 8])
    for (const isReverse of [false, true])
      it(`are given as soon as a third gives them up (--parallel ${parallel}${isReverse ? ", in reverse" : ""})`, async () => {
        const { stack } = await cleared("refused", { x: "x" });
        const taken = await applyTo(["x"], { x: "b" }, stack);
        deepEqual([taken.errors, live()], [[], { one: "a", x: "b", two: null }]);
        const names = { one: "a", x: "x", two: "b" };
        await isSettled(await apply(isReverse ? inReverse(names) : names, taken.stack, parallel), names);
      });

  it("are told of where the one for which they were cleared is deleted by itself", async () => {
    const { stack, one, two } = await cleared("refused");
    const { lifecycle, notes } = life.run(conversation, SOON);
    await lifecycle.delete(one, stack.get("one")?.state ?? {});
    match(notes.join(), new RegExp(`${two} has no uniqueName now: .* run .pulumi up --refresh.`));
  });

  it("are nothing to tell of after an exchange that was done, whatever is deleted", async () => {
    const stack = await standing({ one: "a", two: "b" });
    const done = await apply({ one: "b", two: null }, stack, 1, true);
    await isSettled(done, { one: "b", two: null });
    const { lifecycle, notes } = life.run(conversation, SOON);
    for (const { sid, state } of done.stack.values()) await lifecycle.delete(sid, state);
    deepEqual(notes, []);
  });

  it("are sent again after their own updates have failed, whatever becomes of the other", async () => {
    const { stack, two } = await cleared("refused");
    refuse(two);
    const refused = await apply({ one: "a", two: "b" }, stack);
    equal(refused.errors.length, 1);
    life.simulator.clearFaults();
    const one = await applyTo(["one"], { one: "e", two: "b" }, refused.stack);
    await isSettled(await apply({ one: "e", two: "b" }, one.stack), { one: "e", two: "b" });
  });

  it("that cannot be given back leave what the update itself has done recorded", async () => {
    const { stack, two } = await cleared("refused");
    refuse(two);
    const refused = await apply({ two: "b", one: "d" }, stack, 1);
    match(refused.errors.join(), new RegExp(`${two} has no uniqueName now: .* itself was updated\\. Fix`));
    equal(refused.stack.get("one")?.state["uniqueName"], "d");
    life.simulator.clearFaults();
    await isSettled(await apply({ two: "b", one: "a" }, refused.stack, 1), { one: "a", two: "b" });
  });

  it("that somebody else has by now are said to be so, and the update itself is sent once", async () => {
    const { stack: cut, one, two } = await cleared("refused");
    const other = String((await life.account.conversation("b"))["sid"]);
    let stack = cut;
    const posts = () =>
      life.simulator.requests().filter(({ method, path }) => method === "POST" && path.endsWith(one)).length;
    const sent = posts();
    for (let run = 0; run < 3; run++) {
      const held = await apply({ two: "b", one: "d" }, stack);
      const said = `${two} has no uniqueName now: .*${other} has the same uniqueName\\. Declare another`;
      match(held.errors.join(), new RegExp(said));
      equal(posts(), sent + 1);
      stack = held.stack;
    }
    life.simulator.remove(other);
    await isSettled(await apply({ two: "b", one: "d" }, stack), { one: "d", two: "b" });
  });
});
