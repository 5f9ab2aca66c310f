import { deepEqual, equal, ok, throws } from "node:assert/strict";
import fs, { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { findingsAt } from "../../../../provider/cli/recover/findings";
import { mend } from "../../../../provider/cli/recover/mending";
import { planOf } from "../../../../provider/cli/recover/plan";
import type { StepKind } from "../../../../provider/cli/recover/report";
import { type BackendFolder, NOW, useBackendFolder } from "./folder";
import { state, stateText } from "./states";

const ALL = new Set<StepKind>(["lock", "attributes", "state", "pending"]);
const LATER = "2026-11-23T11:00:00Z";
const pending = [{ type: "creating" }];

/** What each kind of kill leaves, and what the state must be in the end. */
const DAMAGES: [string, (folder: BackendFolder) => void, string][] = [
  [
    "pending operations",
    (folder) => folder.put(folder.state, state({ resources: 2, pending })),
    stateText({ resources: 2 }),
  ],
  [
    "an empty state and empty attributes",
    (folder) => {
      folder.put(folder.state, "");
      folder.put(`${folder.state}.attrs`, "");
      folder.put(`${folder.state}.bak`, state({ resources: 2, pending }));
      folder.put(`${folder.state}.bak.attrs`, '{"user.cache');
    },
    stateText({ resources: 2 }),
  ],
  [
    "a state that was written and not put in its place",
    (folder) => {
      folder.put(folder.state, state({ resources: 2, pending }), NOW - 2000);
      const nanoseconds = BigInt(NOW - 1000) * 1_000_000n;
      folder.put(
        `${folder.state}.${nanoseconds.toString(16)}.tmp`,
        state({ resources: 3, pending, time: LATER }),
        NOW - 1000,
      );
      folder.put(`${folder.state}.attrs`, "");
    },
    stateText({ resources: 3, time: LATER }),
  ],
  [
    "an empty state whose only copies are in the history and the backups",
    (folder) => {
      const [history, backups] = folder.place.archives;
      folder.put(folder.state, "");
      folder.put(`${history}/dev-1795426243000000002.checkpoint.json`, state({ resources: 2, pending }));
      folder.put(`${history}/dev-1795426243000000003.history.json`, '{"kind":"update"}');
      folder.put(`${history}/dev-1795426243000000004.checkpoint.json`, "{");
      folder.put(`${backups}/dev.1795426243000000001.json`, state({ resources: 1 }));
    },
    stateText({ resources: 2 }),
  ],
  [
    "an empty state with older and newer copies in both archives",
    (folder) => {
      const [history, backups] = folder.place.archives;
      folder.put(folder.state, "");
      folder.put(`${history}/dev-1795426241000000000.checkpoint.json`, state({ resources: 1 }));
      folder.put(`${backups}/dev.1795426243000000000.json`, state({ resources: 3, pending }));
      folder.put(`${history}/dev-1795426242000000000.checkpoint.json`, state({ resources: 2 }));
    },
    stateText({ resources: 3 }),
  ],
  [
    "no state at all, after its compression was changed",
    (folder) => folder.put(`${folder.state}.bak`, state({ resources: 2, pending })),
    stateText({ resources: 2 }),
  ],
];

describe("recover: mending", () => {
  const current = useBackendFolder();
  let folder: BackendFolder;
  beforeEach(() => {
    folder = current();
  });

  const plan = () => planOf(findingsAt(folder.place), NOW);
  const mendAll = () => mend(folder.place, plan(), ALL, NOW);

  for (const [what, damage, expected] of DAMAGES) {
    it(`mends ${what}, and finds nothing more to mend`, () => {
      damage(folder);
      folder.lock();
      mendAll();
      equal(readFileSync(folder.state, "utf8"), expected);
      deepEqual(folder.locks(), []);
      deepEqual(plan().steps, []);
      deepEqual(
        Object.keys(folder.files()).filter((path) => path.endsWith(".tmp")),
        [],
      );
    });

    it(`loses nothing of ${what} when it is killed itself, wherever it is`, () => {
      let steps = 0;
      for (let isKilled = true; isKilled; steps += 1) {
        folder.clear();
        damage(folder);
        folder.lock();
        const wanted = plan();
        isKilled = killedAt(steps, () => mend(folder.place, wanted, ALL, NOW));
        // The lock of the one that was killed names this very process, which lives on.
        for (const lock of folder.locks()) if (!lock.includes("run")) rewriteLock(folder, lock);
        if (plan().steps.length > 0) mendAll();
        equal(readFileSync(folder.state, "utf8"), expected, `killed at step ${steps}`);
        deepEqual(folder.locks(), [], `killed at step ${steps}`);
        deepEqual(plan().steps, []);
      }
      ok(steps > 8, `${steps} steps`);
    });
  }

  it("keeps what was broken, under the names that it says", () => {
    folder.put(folder.state, "cut");
    folder.put(`${folder.state}.attrs`, "{");
    folder.put(`${folder.state}.bak`, state());
    const details = mendAll();
    const names = details.map((text) => basename(text));
    deepEqual(names, ["dev.json.attrs.broken-20261123T120000Z", "dev.json.broken-20261123T120000Z"]);
    const kept = Object.entries(folder.files()).filter(([path]) => path.includes(".broken-"));
    deepEqual(
      kept.map(([, content]) => content),
      ["{", "cut"],
    );
  });

  it("leaves no attributes of the old state, whose checksum Pulumi would hold against the new one", () => {
    folder.put(folder.state, state({ pending }));
    folder.put(`${folder.state}.attrs`, '{"md5":"1B2M2Y8AsgTpgAmY7PhCfg=="}');
    mendAll();
    deepEqual(
      Object.keys(folder.files()).filter((path) => path.endsWith(".attrs")),
      [],
    );
  });

  for (const [what, plainMs, packedMs, isPacked] of [
    ["the one written last", NOW - 2_000, NOW - 3_000, false],
    ["the one written last, which is compressed", NOW - 3_000, NOW - 2_000, true],
    ["of two written at once the last by name", NOW - 2_000, NOW - 2_000, true],
  ] as const)
    it(`mends of two states what Pulumi reads: ${what}`, () => {
      const packed = `${folder.state}.gz`;
      folder.put(folder.state, state({ pending }), plainMs);
      folder.put(packed, gzipSync(state({ pending })), packedMs);
      equal(plan().state?.file, isPacked ? packed : folder.state);
    });

  it("does only what was agreed to", () => {
    folder.put(folder.state, state({ pending }));
    folder.put(`${folder.state}.attrs`, "");
    folder.lock();
    mend(folder.place, plan(), new Set<StepKind>(["lock"]), NOW);
    deepEqual(
      plan().steps.map(({ kind }) => kind),
      ["attributes", "pending"],
    );
  });

  it("does nothing when the stack was changed after it was looked at", () => {
    folder.put(folder.state, state({ pending }));
    const before = plan();
    folder.lock(process.pid, "another run");
    const files = folder.files();
    throws(() => mend(folder.place, before, ALL, NOW), /meanwhile/);
    deepEqual(folder.files(), files);
  });

  it("leaves the rights of the file as they are", () => {
    folder.put(folder.state, state({ pending }));
    fs.chmodSync(folder.state, 0o640);
    mendAll();
    equal(fs.statSync(folder.state).mode & 0o777, 0o640);
  });
});

const CHANGES = ["openSync", "writeSync", "renameSync", "copyFileSync", "rmSync"] as const;

/** Whether it came to that many changes of the disk: from there on, none takes place, as for a process that is gone. */
function killedAt(step: number, work: () => void): boolean {
  const originals = Object.fromEntries(CHANGES.map((name) => [name, fs[name]]));
  let left = step;
  const target = fs as unknown as Record<string, unknown>;
  for (const name of CHANGES) {
    const original = originals[name] as (...args: unknown[]) => unknown;
    target[name] = (...args: unknown[]) => {
      if (left > 0) {
        left -= 1;
        return original(...args);
      }
      if (left === 0 && name === "writeSync") original(args[0], (args[1] as Buffer).subarray(0, 5));
      left = -1;
      throw new Error("killed");
    };
  }
  try {
    work();
    return false;
  } catch {
    return true;
  } finally {
    Object.assign(fs, originals);
  }
}

function rewriteLock(folder: BackendFolder, lock: string): void {
  folder.put(
    `${folder.root}/${lock}`,
    (folder.files()[lock] ?? "").replace(`"pid":${process.pid}`, '"pid":4194305'),
  );
}
