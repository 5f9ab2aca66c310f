import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Stack } from "../steps";
import { type Names, useNamedConversations } from "./named-conversations";

describe("Unique names that an update without an answer may have given", () => {
  const { life, apply, live, standing, isSettled } = useNamedConversations();
  /** An `up` whose every update is carried out, or is not, and gets no answer. */
  async function unanswered(names: Names, stack: Stack, when: "before" | "after"): Promise<Stack> {
    life.simulator.addFault({ method: "POST", route: "/v1/Conversations/*", kind: "reset", when });
    const { stack: cut, errors } = await apply(names, stack);
    life.simulator.clearFaults();
    equal(errors.length, 1);
    return cut;
  }

  const HISTORIES: readonly [string, Names, Names, Names][] = [
    ["exchanged", { one: "a", two: null }, { one: "a", two: "b" }, { one: "b", two: "a" }],
    ["exchanged, the other way", { one: null, two: "a" }, { one: "b", two: "a" }, { one: "a", two: "b" }],
    ["passed on", { one: "a", two: null }, { one: "a", two: "b" }, { one: "b", two: "c" }],
    [
      "passed on by one that keeps none",
      { one: "a", two: null },
      { one: "a", two: "b" },
      { one: "b", two: null },
    ],
    ["passed to a new one", { two: null }, { two: "b" }, { one: "b", two: "c" }],
  ];
  for (const [what, before, lost, after] of HISTORIES)
    for (const when of ["before", "after"] as const)
      for (const isRefreshing of [false, true])
        it(`are as declared by the next up: ${what} (${when} it is carried out${isRefreshing ? ", refreshed" : ""})`, async () => {
          const cut = await unanswered(lost, await standing(before), when);
          deepEqual(live(), when === "after" ? lost : before);
          await isSettled(await apply(after, cut, 8, isRefreshing), after);
        });

  // One at a time the engine tells nothing of what is to come, and a create takes from none.
  for (const [what, before, lost, after] of HISTORIES.slice(0, 4))
    it(`are as declared by the next up with a refresh: ${what} (--parallel 1)`, async () => {
      const cut = await unanswered(lost, await standing(before), "after");
      await isSettled(await apply(after, cut, 1, true), after);
    });

  it("stay with the one that declares them still", async () => {
    const names = { one: "a", two: "b" };
    const cut = await unanswered(names, await standing({ one: "a", two: null }), "after");
    match(
      (await apply({ two: "b", one: "b" }, cut)).errors.join(),
      /another resource of this program manages it\. Declare each uniqueName once/,
    );
    deepEqual(live(), names);
    await isSettled(await apply(names, cut), names);
  });

  describe("of which each is declared once", () => {
    const each =
      /has the same uniqueName still, although the program declares another uniqueName for it, or none\./;

    it("are refused with what helps where the update that gives one up fails", async () => {
      const stack = await standing({ two: "b", one: "a" });
      await life.account.conversation("taken");
      const { errors } = await apply({ two: "taken", one: "b" }, stack);
      equal(errors.length, 2);
      ok(errors.some((error) => each.test(error)));
    });

    it("are refused with what helps where somebody has renamed another", async () => {
      const names = { one: "c", two: "a" };
      const stack = await standing({ one: "a", two: "b" });
      for (const [name, uniqueName] of [
        ["one", null],
        ["two", "c"],
        ["one", "a"],
      ] as const)
        life.simulator.change(String(stack.get(name)?.sid), { unique_name: uniqueName });
      const less = { one: "c", two: "b" };
      match((await apply(less, stack)).errors.join(), each);
      await isSettled(await apply(less, stack, 8, true), less);
      await isSettled(await apply(names, (await apply(less, stack, 8, true)).stack), names);
    });
  });
});
