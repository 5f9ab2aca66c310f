import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import {
  deletesBeforeReplace,
  isSingleton,
  type ObjectDefinition,
} from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import { writeOnlyIn } from "../../../provider/core/state/adoption-rules";
import { definitions } from "../../../provider/resources";
import { message } from "../../../provider/resources/conversation/message";
import type { RowPrefix } from "../../../simulator";
import { seed, sized } from "../../support/soak";
import { driftedDeclarations } from "../../types";
import { makeWorld, type World } from "../../types/drifted";
import { useLife } from "../life";
import { type Stack, up } from "./steps";

const DATED = { author: "ann", body: "ok", dateCreated: "2019-12-31T23:30:00Z" };

interface Kind {
  readonly definition: ObjectDefinition;
  readonly inputs: JsonObject;
}

/** How a run ends before its time: nothing of one resource is recorded, or not its replacement; or Twilio refuses one. */
type Cut = "unrecorded" | "replacement unrecorded" | "refused";

/** A run: who joins the program, and where; what befalls which resource. */
interface Step {
  readonly joins: readonly number[];
  readonly cut: Cut | undefined;
  readonly whose: number;
  readonly parallel: number;
  readonly isRefreshing: boolean;
}

const REFUSED = { kind: "status", status: 400, code: 20001, method: "POST", times: 1 } as const;

// The engine tells of one resource at a time with `--parallel 1`, and otherwise of all before the first has waited.
describe("Resources of one program that declare the same", () => {
  const life = useLife({ switches: { groupMms: true } });
  let world: World;
  let others: Set<unknown>;
  beforeEach(async () => {
    world = await makeWorld(life.account);
  });

  const kinds = (): Kind[] => [
    ...definitions.flatMap((definition) => {
      const inputs = driftedDeclarations(definition.type, world)[0]?.inputs;
      const isPlain = inputs !== undefined && writeOnlyIn(definition, inputs).length === 0;
      return isPlain && !isSingleton(definition) && !deletesBeforeReplace(definition)
        ? [{ definition, inputs }]
        : [];
    }),
    { definition: message, inputs: { ...DATED, conversationSid: String(world.desk) } },
  ];
  const apply = ({ definition, inputs }: Kind, names: readonly string[], stack: Stack, step: Step) =>
    up(
      life.run(definition).lifecycle,
      names.map((name) => [name, inputs] as const),
      stack,
      step.parallel,
      step.isRefreshing,
    );
  /** What is in state where the run was killed. */
  const recorded = (before: Stack, after: Stack, { cut, whose }: Step, names: readonly string[]): Stack => {
    const lost = names[whose % names.length] ?? "";
    const known = new Map(after);
    const old = before.get(lost);
    if (cut === "unrecorded") known.delete(lost);
    if (cut === "replacement unrecorded" && old !== undefined) known.set(lost, old);
    return known;
  };
  const rows = ({ definition }: Kind) =>
    life.simulator
      .rows(definition.sidPrefix as RowPrefix)
      .map(({ sid }) => String(sid))
      .filter((sid) => !others.has(sid));

  it("are of these kinds", () =>
    deepEqual(
      kinds().map(({ definition }) => definition.type),
      ["ConversationWebhook", "Role", "Service", "Message"],
    ));

  it("have an object each, in whatever order they come and wherever the runs before ended", async () => {
    const step = fc.record({
      joins: fc.array(fc.nat(3), { maxLength: 2 }),
      cut: fc.constantFrom(undefined, "unrecorded", "replacement unrecorded", "refused"),
      whose: fc.nat(3),
      parallel: fc.constantFrom(1, 8),
      isRefreshing: fc.boolean(),
    });
    const cases = fc.tuple(fc.nat(), fc.array(step, { minLength: 2, maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(cases, async ([which, steps]: [number, Step[]]) => {
        life.simulator.reset();
        world = await makeWorld(life.account);
        const kind = kinds()[which % kinds().length] as Kind;
        others = new Set();
        others = new Set(rows(kind));
        let names = ["first", "second"];
        let stack: Stack = new Map();
        const last: Step = { joins: [], cut: undefined, whose: 0, parallel: 8, isRefreshing: false };
        for (const step of [...steps, last]) {
          // A conversation takes five webhooks, and one that is replaced is two for a while.
          for (const place of step.joins.slice(0, 4 - names.length))
            names = names.toSpliced(place, 0, `r${names.length}`);
          if (step.cut === "refused") life.simulator.addFault(REFUSED);
          const { stack: next, errors } = await apply(kind, names, stack, step);
          life.simulator.clearFaults();
          if (step.cut !== "refused") {
            deepEqual(errors, []);
            deepEqual([...next.values()].map(({ sid }) => sid).sort(), rows(kind).sort());
          }
          stack = recorded(stack, next, step, names);
        }
      }),
      { seed, numRuns: sized({ short: 40, full: 1_000 }) },
    );
  });
});
