import { deepEqual, equal, match } from "node:assert/strict";
import { lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { findingsAt } from "../../../../../provider/cli/recover/findings";
import { mend } from "../../../../../provider/cli/recover/mending";
import { type Plan, planOf } from "../../../../../provider/cli/recover/plan";
import type { StepKind } from "../../../../../provider/cli/recover/report";
import { BackendFolder, lockText, NOW } from "../folder";
import { state } from "../states";

const ALL = new Set<StepKind>(["lock", "attributes", "state", "pending"]);
const OLD = state({ resources: 0 });
const pending = [{ type: "creating" }];

describe("recover: a symbolic link", () => {
  let folder: BackendFolder;
  beforeEach(() => {
    folder = new BackendFolder();
    folder.put(folder.state, state({ pending }));
    folder.put(`${folder.state}.bak`, OLD, NOW - 90_000);
    folder.put(elsewhere("state.json"), state({ resources: 9 }));
    folder.put(elsewhere("lock.json"), lockText());
  });
  afterEach(() => folder.remove());

  const elsewhere = (name: string) => join(folder.root, "elsewhere", name);
  const link = (target: string, file: string) => {
    rmSync(file, { force: true, recursive: true });
    mkdirSync(dirname(file), { recursive: true });
    symlinkSync(elsewhere(target), file);
  };
  /** Everything by its path: what it holds, or where it leads. */
  const everything = () => ({
    ...folder.files(),
    ...Object.fromEntries(
      readdirSync(folder.root, { recursive: true })
        .map((path) => join(folder.root, String(path)))
        .filter((path) => lstatSync(path).isSymbolicLink())
        .map((path) => [path, readlinkSync(path)]),
    ),
  });
  const [tmp, archive] = [
    `.${(BigInt(NOW) * 1_000_000n).toString(16)}.tmp`,
    "dev-1795426243000000002.checkpoint.json",
  ];

  const places: [string, (target: string) => void][] = [
    ["the state", (target) => link(target, folder.state)],
    ["the compressed state", (target) => link(target, `${folder.state}.gz`)],
    [
      "the copy of an empty state",
      (target) => {
        folder.put(folder.state, "");
        link(target, `${folder.state}.bak`);
      },
    ],
    ["the copy that is to be written", (target) => link(target, `${folder.state}.bak`)],
    ["what was written after the state", (target) => link(target, folder.state + tmp)],
    [
      "the history of an empty state",
      (target) => {
        folder.put(folder.state, "");
        folder.put(`${folder.state}.bak`, "");
        link(target, join(folder.place.archives[0] ?? "", archive));
      },
    ],
    ["a lock", (target) => link(target.replace("state", "lock"), join(folder.place.locks, "run.json"))],
  ];
  for (const [what, put] of places)
    for (const target of ["state.json", "nothing.state.json"])
      it(`in the place of ${what} is refused: ${target}`, () => {
        put(target);
        const before = everything();
        match(refusalOf(folder) ?? "", /is a symbolic link/);
        deepEqual(everything(), before);
      });

  for (const [what, path] of [
    ["the locks", () => folder.place.locks],
    ["all locks", () => dirname(dirname(folder.place.locks))],
    ["the states", () => folder.place.states],
    ["the history", () => folder.place.archives[0] ?? ""],
  ] as const)
    it(`that leads nowhere is not an empty folder: ${what}`, () => {
      if (what === "the history") folder.put(folder.state, "");
      link("nowhere", path());
      match(refusalOf(folder) ?? "", /is a symbolic link/);
      equal(lstatSync(path()).isSymbolicLink(), true);
    });

  it("to a folder is followed", () => {
    folder.put(join(folder.root, "elsewhere", "locks", "run.json"), lockText());
    link("locks", folder.place.locks);
    match(refusalOf(folder) ?? "", /is running/);
  });
});

/** What keeps a stack from being mended with everything agreed to. */
function refusalOf(folder: BackendFolder): string | undefined {
  try {
    const plan: Plan = planOf(findingsAt(folder.place), NOW);
    if (plan.refusal === undefined) mend(folder.place, plan, ALL, NOW);
    return plan.refusal;
  } catch (error) {
    return (error as Error).message;
  }
}
