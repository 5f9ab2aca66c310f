import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { fieldsOf, isSingleton } from "../../../../provider/core/definition/define";
import { movesKey } from "../../../../provider/core/run/key-changes";
import { definitions } from "../../../../provider/resources";
import { conversation } from "../../../../provider/resources/conversation/conversation";
import { seed, sized } from "../../../support/soak";
import { up } from "../steps";
import { type Names, useNamedConversations } from "./named-conversations";

// The same on the engine: tests/lifecycle/key-exchange.

describe("Unique names that conversations of one program give to each other", () => {
  const { life, programOf, apply, live, standing, isSettled } = useNamedConversations();

  it("are the one kind of key that Twilio enforces and changes in place", () => {
    const moving = definitions.filter(
      (definition) =>
        !isSingleton(definition) &&
        definition.naturalKey.enforced &&
        fieldsOf(definition).some(
          ({ name, policy }) => definition.naturalKey.fields.includes(name) && policy.change === "update",
        ),
    );
    deepEqual(
      moving.map(({ type }) => type),
      ["Conversation"],
    );
    deepEqual(definitions.filter(movesKey), moving);
  });

  const CHANGES: readonly [string, Names, Names][] = [
    ["two that exchange them", { one: "a", two: "b" }, { one: "b", two: "a" }],
    ["a shift, the giver later", { one: "a", two: "b" }, { one: "b", two: "c" }],
    ["a shift, the giver first", { one: "b", two: "a" }, { one: "c", two: "b" }],
    ["a giver that keeps none", { one: "a", two: "b" }, { one: "b", two: null }],
    ["a taker that had none", { one: null, two: "b" }, { one: "b", two: "c" }],
    ["a cycle of three", { one: "a", two: "b", three: "c" }, { one: "b", two: "c", three: "a" }],
    ["a cycle of three, backwards", { one: "a", two: "b", three: "c" }, { one: "c", two: "a", three: "b" }],
    ["a new one beside a giver", { one: "b" }, { one: "c", two: "b" }],
    ["a new one beside an exchange", { one: "a", two: "b" }, { one: "b", two: "c", three: "a" }],
  ];
  for (const [what, before, after] of CHANGES)
    for (const parallel of [2, 8])
      it(`are as declared after one up: ${what} (--parallel ${parallel})`, async () => {
        const stack = await standing(before);
        await isSettled(await apply(after, stack, parallel), after);
      });

  // One at a time the engine tells nothing of what is to come.
  for (const [what, before, after] of CHANGES)
    it(`are as declared after one up with a refresh: ${what} (--parallel 1)`, async () => {
      const stack = await standing(before);
      await isSettled(await apply(after, stack, 1, true), after);
    });

  it("are as declared where a new one takes one before the engine comes to the giver", async () => {
    const stack = await standing({ two: "b" });
    await isSettled(await apply({ one: "b", two: "c" }, stack), { one: "b", two: "c" });
  });

  it("are as declared although the giver is heard of later", async () => {
    const stack = await standing({ one: "a", two: "b" });
    const { lifecycle } = life.run(conversation);
    const part = (name: string) => new Map([...stack].filter(([known]) => known === name));
    const first = up(lifecycle, programOf({ one: "b" }), part("one"), 8);
    await life.clock.sleep(1_000);
    await Promise.all([first, up(lifecycle, programOf({ two: "a" }), part("two"), 8)]);
    deepEqual(live(), { one: "b", two: "a" });
  });

  it("cost a request more only where somebody has to wait", async () => {
    const stack = await standing({ one: "b", two: "a" });
    life.simulator.clearRequests();
    await isSettled(await apply({ one: "c", two: "b" }, stack, 1), { one: "c", two: "b" });
    equal(life.simulator.requests().filter(({ method }) => method === "POST").length, 2);
  });

  for (const [what, before, after] of CHANGES)
    for (const recorded of [true, false])
      it(`are as declared by the next up after one that ended anywhere: ${what} (${recorded ? "" : "not "}recorded)`, async () => {
        let stack = await standing(before);
        for (let passed = 0; ; passed++) {
          const fault = { method: "POST", kind: "status", status: 400, code: 20001 } as const;
          for (const route of ["/v1/Conversations", "/v1/Conversations/*"])
            life.simulator.addFault({ ...fault, route, skip: passed });
          const cut = await apply(after, stack, passed % 2 === 0 ? 1 : 8, passed % 2 === 0);
          life.simulator.clearFaults();
          const next = await apply(after, recorded ? cut.stack : stack, 8);
          await isSettled(next, after);
          if (cut.errors.length === 0) return;
          const gone = [...next.stack.keys()].filter((name) => !(name in before));
          for (const name of gone) life.simulator.remove(String(next.stack.get(name)?.sid));
          const back = new Map([...next.stack].filter(([name]) => name in before));
          stack = (await apply(before, back)).stack;
          deepEqual(live(), before);
        }
      });

  it("are known to the state where one was cleared and the run failed, so that a program can go back", async () => {
    const names = { one: "a", two: "b" };
    const stack = await standing(names);
    const { sid } = await life.account.conversation("taken");
    const { stack: cut, errors } = await apply({ one: "b", two: "taken" }, stack, 1, true);
    match(errors.join(), /cannot update conversation CH\w+: conversation CH\w+ has the same uniqueName/);
    life.simulator.remove(sid);
    deepEqual(live(), { one: "b", two: null });
    // Without a refresh: the state says it.
    deepEqual((await apply(names, cut)).errors, []);
    deepEqual(live(), names);
  });

  describe("are refused, with hints that help,", () => {
    for (const [state, said] of [
      ["active", /has the same uniqueName\. Declare another uniqueName, or delete that conversation\./],
      ["closed", /has the same uniqueName\. It is closed, and .* Delete it, .*, or declare another/],
    ] as const)
      it(`where somebody else's has it, which is ${state}`, async () => {
        const stack = await standing({ one: "a" });
        const { sid } = await life.account.conversation("b");
        life.simulator.change(sid, { state });
        match((await apply({ one: "b" }, stack)).errors.join(), said);
        deepEqual((await apply({ one: "c" }, stack)).errors, []);
        life.simulator.remove(sid);
        await isSettled(await apply({ one: "b" }, stack), { one: "b" });
      });

    it("where another resource keeps it", async () => {
      const stack = await standing({ two: "b", one: "a" });
      const { errors } = await apply({ two: "b", one: "b" }, stack);
      match(errors.join(), /another resource of this program manages it\. Declare each uniqueName once/);
    });

    it("where the program drops the one that has it", async () => {
      const stack = await standing({ one: "a", two: "b" });
      const { errors } = await apply({ one: "b" }, stack);
      match(errors.join(), /run `pulumi up --refresh`, or do that in a run before this one/);
      const { stack: less } = await apply({ one: "a" }, stack);
      await isSettled(await apply({ one: "b" }, less), { one: "b" });
    });

    it("where the program drops the one that has it, by a refresh", async () => {
      const stack = await standing({ one: "a", two: "b" });
      await isSettled(await apply({ one: "b" }, stack, 8, true), { one: "b" });
    });

    it("where the engine does not come to the one that gives it up", async () => {
      const [before, after] = [
        { one: "a", two: "b" },
        { one: "b", two: "c" },
      ];
      const stack = await standing(before);
      const { errors } = await apply(after, stack, 1);
      match(
        errors.join(),
        /Pulumi does that only later: run `pulumi up --refresh`, or do that in a run before/,
      );
      deepEqual(live(), before);
      const { stack: less } = await apply({ one: "a", two: "c" }, stack, 1);
      await isSettled(await apply(after, less, 1), after);
    });

    it("where another resource comes to keep it, which the refresh did not tell", async () => {
      const stack = await standing({ one: "a", two: "b" });
      const { stack: cut, errors } = await apply({ one: "b", two: "b" }, stack, 1, true);
      match(errors.join(), /another resource of this program manages it\. Declare each uniqueName once/);
      deepEqual((await apply({ one: "a", two: "b" }, cut, 1)).errors, []);
      deepEqual(live(), { one: "a", two: "b" });
    });

    it("where a new one would take it from what a rename without alias deletes", async () => {
      const stack = await standing({ two: "b" });
      const { errors } = await apply({ one: "b" }, stack, 8, true);
      match(errors.join(), /exists already.*give it an alias/);
      deepEqual(live(), { two: "b" });
    });

    for (const [what, after] of [
      ["which the program drops", { one: "b" }],
      ["which is to have the other", { two: "a", one: "b" }],
    ] as const)
      it(`where a closed one has it, ${what}`, async () => {
        const stack = await standing({ two: "b", one: "a" });
        const { sid } = stack.get("two") ?? { sid: "" };
        life.simulator.change(sid, { state: "closed" });
        const { errors } = await apply(after, stack, 8, true);
        match(errors.join(), new RegExp(`${sid} has the same uniqueName\\. It is closed`));
        match(errors.join(), /Delete it, with all its messages, or declare another uniqueName/);
        equal(live()["two"], "b");
      });

    it("where the update that gives it up fails, which keeps it", async () => {
      const stack = await standing({ two: "b", one: "a" });
      await life.account.conversation("taken");
      const { errors } = await apply({ two: "taken", one: "b" }, stack);
      equal(errors.length, 2);
      ok(errors.every((error) => error.includes("has the same uniqueName")));
      equal(live()["two"], "b");
    });
  });

  it("are as declared whatever is exchanged, in whatever order", async () => {
    const name = fc.option(fc.constantFrom(..."abcdefg"), { freq: 5 });
    const distinct = (names: (string | null)[]) =>
      new Set(names.filter((it) => it !== null)).size === names.filter((it) => it !== null).length;
    const names = fc.array(name, { minLength: 2, maxLength: 6 }).filter(distinct);
    const cases = fc.tuple(names, names, fc.infiniteStream(fc.nat(5)), fc.constantFrom(6, 8));
    await fc.assert(
      fc.asyncProperty(cases, async ([first, second, order, parallel]) => {
        life.simulator.reset();
        const before = Object.fromEntries(first.map((it, index) => [`r${index}`, it]));
        const places = second.map((it, index) => [`r${index}`, it, order.next().value] as const);
        const after = Object.fromEntries(
          [...places].sort((one, other) => one[2] - other[2]).map(([resource, it]) => [resource, it]),
        );
        const kept = Object.fromEntries(Object.entries(before).filter(([resource]) => resource in after));
        const stack = await standing(kept);
        await isSettled(await apply(after, stack, parallel), after);
      }),
      { seed, numRuns: sized({ short: 60, full: 1_000 }) },
    );
  });
});
