import { deepEqual, equal, match, rejects } from "node:assert/strict";
import fc from "fast-check";
import { conversation } from "../../../../provider/resources/conversation/conversation";
import { seed, sized } from "../../../support/soak";
import { CUTS, inReverse, type Names, SOON, useNamedConversations } from "./named-conversations";

const CHANGES: readonly [string, Names, Names][] = [
  ["two that exchange them", { one: "a", two: "b" }, { one: "b", two: "a" }],
  ["a shift", { one: "a", two: "b" }, { one: "b", two: "c" }],
  ["a giver that keeps none", { one: "a", two: "b" }, { one: "b", two: null }],
  ["a cycle of three", { one: "a", two: "b", three: "c" }, { one: "b", two: "c", three: "a" }],
  ["a cycle of three, backwards", { one: "a", two: "b", three: "c" }, { one: "c", two: "a", three: "b" }],
  ["one that takes another's old one", { one: "a", two: "b" }, { one: "a2", two: "b" }],
];

describe("Unique names that are given back, without a refresh, after a run that was cut", () => {
  const { life, apply, live, standing, isSettled } = useNamedConversations(SOON);

  for (const [what, before, after] of CHANGES)
    for (const [how, parallel] of [
      ["refused", 1],
      ["lost after", 1],
      ["lost after", 8],
    ] as const)
      it(`are as before, wherever it was cut: ${what} (${how}, --parallel ${parallel})`, async () => {
        for (let passed = 0; ; passed++) {
          life.simulator.reset();
          const stack = await standing(before);
          const route = "/v1/Conversations/*";
          life.simulator.addFault({ ...CUTS[how], method: "POST", route, skip: passed });
          const cut = await apply(after, stack, parallel, parallel === 1);
          life.simulator.clearFaults();
          // The engine comes to them in whatever order the program declares them.
          const names = passed % 2 === 0 ? before : inReverse(before);
          await isSettled(await apply(names, cut.stack), before);
          if (cut.errors.length === 0) return;
        }
      });

  // The engine compares what the program says with what it said: the same.
  for (const when of ["carried out", "lost after"] as const)
    it(`are changed by whom the run comes to later and that keeps its own, which is cleared (${when})`, async () => {
      const stack = await standing({ one: "a", two: "b" });
      const { lifecycle } = life.run(conversation, SOON);
      for (const { sid, state } of stack.values()) await lifecycle.read(sid, state);
      const [one, two] = [...stack.values()];
      const inputs = lifecycle.check(one?.inputs ?? {}, { ...one?.inputs, uniqueName: "b" }).inputs;
      if (when === "lost after")
        life.simulator.addFault({ ...CUTS[when], method: "POST", route: `/v1/Conversations/${two?.sid}` });
      const update = lifecycle.update(String(one?.sid), one?.state ?? {}, inputs);
      await (when === "lost after" ? rejects(update) : update);
      const kept = lifecycle.check(two?.inputs ?? {}, two?.inputs ?? {}).inputs;
      equal(lifecycle.diff(String(two?.sid), two?.state ?? {}, kept).changes, true);
    });

  it("are asked for again where a new one could not take one, since no state can say it", async () => {
    const stack = await standing({ two: "b" });
    const two = stack.get("two");
    const { lifecycle, notes } = life.run(conversation, SOON);
    const news = { ...two?.inputs, uniqueName: "c" };
    lifecycle.diff(String(two?.sid), two?.state ?? {}, lifecycle.check(two?.inputs ?? {}, news).inputs);
    const route = "/v1/Conversations/*";
    life.simulator.addFault({ ...CUTS["lost after"], method: "POST", route });
    await rejects(lifecycle.create(lifecycle.check({}, { uniqueName: "b" }).inputs));
    life.simulator.clearFaults();
    match(notes.join(), new RegExp(`${two?.sid} may have no uniqueName now: .* Run .pulumi up --refresh.`));
    deepEqual(live(), { two: null });
    await isSettled(await apply({ two: "b" }, stack, 8, true), { two: "b" });
  });

  it("are as declared whatever was cut, wherever, and whatever the program says then", async () => {
    const name = fc.option(fc.constantFrom(..."abcdef"), { freq: 5 });
    const isDistinct = (names: readonly (string | null)[]) => {
      const given = names.filter((it) => it !== null);
      return new Set(given).size === given.length;
    };
    const namesOf = (sizes: fc.ArrayConstraints) =>
      fc
        .array(name, sizes)
        .filter(isDistinct)
        .map((each): Names => Object.fromEntries(each.map((it, index) => [`r${index}`, it])));
    // Of what the program drops it is known that it keeps its name until the end of the run.
    const programs = fc.integer({ min: 2, max: 4 }).chain((size) => {
      const same = namesOf({ minLength: size, maxLength: size });
      return fc.tuple(same, same, fc.option(namesOf({ minLength: size, maxLength: 5 }), { nil: undefined }));
    });
    const cases = fc.record({
      programs,
      fault: fc.constantFrom(...Object.values(CUTS)),
      // Of all, or of one alone.
      target: fc.option(fc.nat(3), { nil: undefined }),
      skip: fc.nat(4),
      parallel: fc.constantFrom(1, 2, 8),
      isReverse: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        cases,
        async ({ programs: [before, after, next = before], fault, target, skip, parallel, isReverse }) => {
          life.simulator.reset();
          const stack = await standing(before);
          const sid = target === undefined ? "*" : stack.get(`r${target}`)?.sid;
          life.simulator.addFault({ ...fault, method: "POST", route: `/v1/Conversations/${sid}`, skip });
          const cut = await apply(after, stack, parallel, parallel === 1);
          life.simulator.clearFaults();
          await isSettled(await apply(isReverse ? inReverse(next) : next, cut.stack), next);
        },
      ),
      { seed, numRuns: sized({ short: 30, full: 1_000 }) },
    );
  });
});
