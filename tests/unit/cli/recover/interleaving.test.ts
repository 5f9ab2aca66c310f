import { deepEqual, ok } from "node:assert/strict";
import fs, { readFileSync } from "node:fs";
import fc from "fast-check";
import { findingsAt } from "../../../../provider/cli/recover/findings";
import { mend } from "../../../../provider/cli/recover/mending";
import { planOf } from "../../../../provider/cli/recover/plan";
import type { StepKind } from "../../../../provider/cli/recover/report";
import { seed } from "../../../support/soak";
import { type BackendFolder, NOW, useBackendFolder } from "./folder";
import { OtherRun } from "./other-run";
import { state } from "./states";

const ALL = new Set<StepKind>(["lock", "attributes", "state", "pending"]);
const ROUNDS = 500;
const pending = [{ type: "creating" }];

/** What a killed run has left. */
const LEFT: ((folder: BackendFolder) => void)[] = [
  (folder) => folder.put(folder.state, state({ resources: 2, pending })),
  (folder) => {
    folder.put(folder.state, "");
    folder.put(`${folder.state}.bak`, state({ resources: 2, pending }));
  },
  (folder) => {
    folder.put(folder.state, state({ resources: 2, pending }), NOW - 2_000);
    folder.put(
      `${folder.state}.${(BigInt(NOW) * 1_000_000n).toString(16)}.tmp`,
      state({ resources: 3, pending, time: "2026-11-23T11:00:00Z" }),
      NOW,
    );
    folder.put(`${folder.state}.attrs`, "");
  },
];

/** The last look at the state and its exchange are one step: no file system compares and exchanges. */
const STEPS = [
  "openSync",
  "writeSync",
  "copyFileSync",
  "rmSync",
  "readdirSync",
  "lstatSync",
  "mkdirSync",
] as const;
const LAST_STEP = "renameSync";

/** Does something with `happens` before each step that touches the disk, and says how many there were. */
function disturbed(
  root: string,
  steps: readonly string[],
  happens: (step: number) => void,
  work: () => void,
): number {
  const target = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
  const originals = steps.map((name) => [name, target[name]] as const);
  let count = 0;
  let isHappening = false;
  for (const [name, original] of originals)
    target[name] = (...args) => {
      // What is read of processes is none of it.
      if (!isHappening && (typeof args[0] === "number" || String(args[0]).startsWith(root))) {
        isHappening = true;
        happens(count);
        count += 1;
        isHappening = false;
      }
      return original?.(...args);
    };
  try {
    work();
  } finally {
    Object.assign(fs, Object.fromEntries(originals));
  }
  return count;
}

describe("recover: what another run records meanwhile", () => {
  const current = useBackendFolder();
  let folder: BackendFolder;
  beforeEach(() => {
    folder = current();
  });

  /** As the command does it with everything agreed to. */
  const recover = () => {
    const plan = planOf(findingsAt(folder.place), NOW);
    if (plan.refusal === undefined && plan.steps.length > 0) mend(folder.place, plan, ALL, NOW);
  };
  /** Whether it was mended, with no word of a change. */
  const outcome = (steps: readonly string[], happens: (step: number) => void): boolean => {
    try {
      disturbed(folder.root, steps, happens, recover);
      return true;
    } catch (error) {
      if (!/meanwhile/.test((error as Error).message)) throw error;
      return false;
    }
  };
  const expectKept = (runs: readonly OtherRun[]) => {
    for (const run of runs) run.end();
    const recorded = runs.flatMap((run) => run.recorded);
    const text = readFileSync(folder.state, "utf8");
    deepEqual(
      recorded.filter((urn) => !text.includes(`"${urn}"`)),
      [],
    );
    return recorded.length;
  };

  // One thing soon after the other, so that most runs come to what they are about.
  const gaps = fc.tuple(...[1, 1, 25, 8, 8].map((max) => fc.nat({ max })));
  const plan = fc.record({ start: fc.nat({ max: 40 }), gaps, isKilled: fc.boolean() });
  const plans = fc.array(plan, { minLength: 1, maxLength: 3 });

  it("is never lost, between any two steps", () => {
    let recorded = 0;
    let mended = 0;
    const check = (left: number, isLocked: boolean, planned: Plan[]) => {
      folder.clear();
      LEFT[left]?.(folder);
      if (isLocked) folder.lock();
      const runs = planned.map(({ isKilled }, at) => new OtherRun(folder, `run-${at}`, isKilled));
      const happens = (step: number) => {
        for (const [at, { start, gaps }] of planned.entries()) {
          let moment = start;
          for (const gap of gaps) {
            if (moment === step) runs[at]?.go();
            moment += gap;
          }
          if (moment === step) runs[at]?.end();
        }
      };
      if (outcome([...STEPS, LAST_STEP], happens)) mended += 1;
      recorded += expectKept(runs);
    };
    fc.assert(fc.property(fc.nat({ max: LEFT.length - 1 }), fc.boolean(), plans, check), {
      numRuns: ROUNDS,
      seed,
    });
    ok(recorded > ROUNDS / 10 && mended > ROUNDS / 10, `${recorded} recorded, ${mended} mended`);
  });

  it("is never lost where its lock is taken, up to the exchange itself", () => {
    let meanwhile = 0;
    const check = (left: number, planned: number[]) => {
      folder.clear();
      LEFT[left]?.(folder);
      const run = new OtherRun(folder, "far", false, true);
      for (let step = 0; step < 3; step += 1) run.go();
      const happens = (step: number) => {
        for (const moment of planned) if (moment === step) run.go();
      };
      if (!outcome(STEPS, happens)) meanwhile += 1;
      expectKept([run]);
    };
    fc.assert(
      fc.property(
        fc.constantFrom(0, 2),
        fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 4 }),
        check,
      ),
      { numRuns: ROUNDS, seed },
    );
    ok(meanwhile > ROUNDS / 10, `${meanwhile} noticed`);
  });
});

interface Plan {
  readonly start: number;
  readonly gaps: number[];
  readonly isKilled: boolean;
}
