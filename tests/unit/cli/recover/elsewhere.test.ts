import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import fc from "fast-check";
import { endedSince, type Pulumi, StackElsewhere } from "../../../../provider/cli/recover/elsewhere";
import type { StepKind } from "../../../../provider/cli/recover/report";
import { seed } from "../../../support/soak";
import { BackendElsewhere } from "./backend-elsewhere";
import { URN } from "./states";

const URLS = { bucket: "s3://states", cloud: "https://api.pulumi.com" };
const ALL = new Set<StepKind>(["lock", "pending"]);

/** The same commands, with something that happens before each. */
function disturbed(pulumi: Pulumi, happens: (command: number) => void): Pulumi {
  let commands = 0;
  return (args, input) => {
    happens(commands);
    commands += 1;
    return pulumi(args, input);
  };
}

async function recovered(backend: BackendElsewhere, url: string, happens: (command: number) => void) {
  const stack = new StackElsewhere("dev", url, disturbed(backend.pulumi, happens));
  const { steps } = await stack.diagnose();
  await stack.mend(new Set(steps.map(({ kind }) => kind)));
}

describe("recover, where the state is no folder: what is pending", () => {
  const own = { type: "creating", resource: { urn: URN, type: "pulumi-nodejs:dynamic/twilio:Participant" } };
  const provider = { type: "creating", resource: { urn: "urn:p", type: "pulumi:providers:aws" } };
  const bucket = (type: string) => ({ type, resource: { urn: "urn:bucket", type: "aws:s3/bucket:Bucket" } });
  const diagnosed = (pending: object[]) => {
    const stdout = JSON.stringify({ deployment: { pending_operations: pending } });
    return new StackElsewhere("dev", URLS.bucket, async () => ({ code: 0, stdout, stderr: "" })).diagnose();
  };
  const cases: [what: string, pending: object[], isCleared: boolean][] = [
    ["a creation of ours", [own], true],
    ["a creation of a provider, which is in the state alone", [provider], true],
    ["an update and a delete of another provider's", [bucket("updating"), bucket("deleting")], true],
    ["a creation of another provider's", [bucket("creating")], false],
    ["a creation of another provider's beside ours", [own, bucket("creating")], false],
  ];
  for (const [what, pending, isCleared] of cases)
    it(`is ${isCleared ? "cleared" : "left, and said to be"}: ${what}`, async () => {
      const { steps, notes } = await diagnosed(pending);
      deepEqual(
        steps.filter(({ kind }) => kind === "pending").map(({ found }) => found.length),
        isCleared ? [pending.length] : [],
      );
      equal(notes.length, isCleared ? 0 : pending.length);
      if (!isCleared) match(notes.join("\n"), /urn:bucket: of another provider, left pending/);
    });
});

describe("recover, where the state is no folder: which runs have ended since", () => {
  const run = (kind: string, result?: string, version?: number) => ({
    ...{ kind, startTime: "2026-11-23T12:00:00Z" },
    ...(result !== undefined && { result }),
    ...(version !== undefined && { version }),
  });
  const before = [run("update", "succeeded", 1)];
  const cases: [what: string, later: ReturnType<typeof run>[], ended: string[]][] = [
    ["none", [], []],
    ["none but the own import", [run("import", "succeeded", 2)], []],
    ["one that succeeded", [run("update", "succeeded", 2)], ["update"]],
    ["one that failed", [run("destroy", "failed", 2)], ["destroy"]],
    ["none of those under way", [run("update", "in-progress", 2)], []],
    [
      "another import than the own one",
      [run("import", "succeeded", 3), run("import", "failed", 2)],
      ["import"],
    ],
  ];
  for (const [what, later, ended] of cases)
    it(`are ${what}`, () =>
      deepEqual(
        endedSince(before, [...later, ...before]).map(({ kind }) => kind),
        ended,
      ));

  it("are those that had begun before", () =>
    deepEqual(
      endedSince([run("update", "in-progress", 1)], [run("update", "succeeded", 1)]).map(({ kind }) => kind),
      ["update"],
    ));
});

describe("recover, where the state is no folder: what others record meanwhile", () => {
  it("is no trouble where nobody records anything", async () => {
    for (const [name, url] of Object.entries(URLS)) {
      const backend = new BackendElsewhere(name === "cloud");
      await recovered(backend, url, () => {});
      deepEqual(backend.state, { resources: ["first"], pending: [] });
    }
  });

  it("is not seen where the same state is exported twice, however deep it is nested", async () => {
    const backend = new BackendElsewhere(false);
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const nested: Pulumi = async (args, input) => {
      const answer = await backend.pulumi(args, input);
      return args[1] === "export"
        ? { ...answer, stdout: answer.stdout.replace(/}$/, `,"deep":${deep}}`) }
        : answer;
    };
    const stack = new StackElsewhere("dev", URLS.bucket, nested);
    await stack.diagnose();
    await stack.mend(ALL);
    deepEqual(backend.state, { resources: ["first"], pending: [] });
  });

  it("is not overwritten by what was exported before", async () => {
    for (const [name, url] of Object.entries(URLS)) {
      const backend = new BackendElsewhere(name === "cloud");
      const stack = new StackElsewhere("dev", url, backend.pulumi);
      await stack.diagnose();
      await backend.pulumi(["cancel"]);
      const run = backend.begin();
      run?.record();
      run?.end();
      await rejects(stack.mend(ALL), /the lock was cancelled, but something changed the stack meanwhile/);
      deepEqual(backend.missing, []);
    }
  });

  for (const [name, url, told] of [
    ["bucket", URLS.bucket, /\.pulumi\/history of s3:\/\/states/],
    ["cloud", URLS.cloud, /stack export --version 1 --stack dev/],
  ] as const)
    it(`is told of where it came between export and import: ${name}`, async () => {
      const backend = new BackendElsewhere(name === "cloud");
      const happens = (command: number) => {
        if (command !== (name === "cloud" ? 5 : 4)) return;
        const run = backend.begin();
        ok(run);
        run.record();
        run.end();
      };
      const error = await recovered(backend, url, happens).then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      match(error?.message ?? "", told);
      deepEqual([backend.missing.length, backend.lost], [1, []]);
    });

  it("is never lost, wherever it comes, and told of where it is missing", async () => {
    const moment = fc.nat({ max: 9 });
    const run = fc.record({ begins: moment, records: fc.array(moment, { maxLength: 3 }), ends: moment });
    let missing = 0;
    type Plan = { begins: number; records: number[]; ends: number };
    const check = async (isCloud: boolean, isLocked: boolean, plans: Plan[]) => {
      const backend = new BackendElsewhere(isCloud, isLocked);
      const runs = new Map<object, ReturnType<BackendElsewhere["begin"]>>();
      const happens = (command: number) => {
        for (const plan of plans) {
          if (plan.begins === command) runs.set(plan, backend.begin());
          if (plan.begins <= command)
            for (const at of plan.records) if (at === command) runs.get(plan)?.record();
          if (plan.ends === command) {
            runs.get(plan)?.end();
            runs.delete(plan);
          }
        }
      };
      const url = isCloud ? URLS.cloud : URLS.bucket;
      const told = await recovered(backend, url, happens).then(
        () => "",
        (error: Error) => error.message,
      );
      for (const left of runs.values()) left?.end();
      deepEqual(backend.lost, []);
      if (backend.missing.length === 0) return;
      missing += 1;
      match(told, /another run of Pulumi .* may be missing/);
    };
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.boolean(), fc.array(run, { minLength: 1, maxLength: 3 }), check),
      {
        numRuns: 500,
        seed,
      },
    );
    equal(missing > 0, true, "no run came between export and import");
  });
});
