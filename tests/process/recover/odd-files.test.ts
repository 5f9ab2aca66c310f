import { deepEqual, match } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs, {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { findingsAt } from "../../../provider/cli/recover/findings";
import { mend } from "../../../provider/cli/recover/mending";
import { planOf } from "../../../provider/cli/recover/plan";
import type { StepKind } from "../../../provider/cli/recover/report";
import { placeIn } from "../../../provider/cli/recover/stack";
import { type BackendFolder, NOW, useBackendFolder } from "../../unit/cli/recover/folder";
import { state } from "../../unit/cli/recover/states";

const ALL = new Set<StepKind>(["lock", "attributes", "state", "pending"]);
const pending = [{ type: "creating" }];

describe("recover: what is no plain file", () => {
  const current = useBackendFolder();
  let folder: BackendFolder;
  beforeEach(() => {
    folder = current();
    folder.put(folder.place.meta, "version: 1\n");
    folder.put(folder.state, state({ pending }));
    folder.put(`${folder.state}.bak`, state(), NOW - 90_000);
  });

  /** With everything agreed to. */
  const said = (): string => {
    try {
      const place = placeIn(folder.root, "dev", { name: "desk", file: "" });
      const plan = planOf(findingsAt(place), NOW);
      if (plan.refusal === undefined) mend(place, plan, ALL, NOW);
      return plan.refusal ?? "mended";
    } catch (error) {
      return (error as Error).message;
    }
  };

  const kinds: [string, (file: string) => void][] = [
    ["a folder", (file) => mkdirSync(file, { recursive: true })],
    ["a FIFO that nobody writes to", (file) => execFileSync("mkfifo", [file])],
    ["a link to what never ends", (file) => symlinkSync("/dev/zero", file)],
    ["a link that leads nowhere", (file) => symlinkSync("nowhere", file)],
  ];
  const places: [string, () => string][] = [
    ["the state", () => folder.state],
    ["the state's attributes", () => `${folder.state}.attrs`],
    ["the attributes of the meta file", () => `${folder.place.meta}.attrs`],
    ["the meta file", () => folder.place.meta],
    ["a lock", () => join(folder.place.locks, "run.json")],
  ];
  for (const [what, at] of places)
    for (const [kind, put] of kinds) {
      // Pulumi passes folders over there.
      if (what === "a lock" && kind === "a folder") continue;
      if (kind !== "a folder" && process.platform === "win32") continue;
      it(`is refused by its path, and left: ${kind} in the place of ${what}`, () => {
        const file = at();
        mkdirSync(dirname(file), { recursive: true });
        rmSync(file, { force: true });
        put(file);
        const before = folder.files();
        const message = said();
        match(message, /no plain file|is a symbolic link|leads nowhere/);
        match(message, new RegExp(file.replaceAll(".", "\\.")));
        deepEqual(folder.files(), before);
        deepEqual(lstatSync(file).isFile(), false);
      });
    }

  it("nor is a lock that is larger than any, which is told by its path", () => {
    const file = join(folder.place.locks, "run.json");
    folder.put(file, "");
    truncateSync(file, 3 * 2 ** 30);
    match(
      said(),
      /locks\/organization\/desk\/dev\/run\.json: it is longer than Node \S+ can hold\. Nothing was done/,
    );
  });

  it("does not hide a stack: where the meta file says nothing that is known, that is told", () => {
    for (const text of ["", "version: 2\n", "\0\0\0\0", "stacks: here\n"]) {
      folder.put(folder.place.meta, text);
      match(said(), /meta\.yaml has no version that is known here.*version: 1/);
    }
    folder.put(folder.place.meta, "version: 1 # since 2023\n");
    match(said(), /^mended$/);
  });

  it("takes, of two states of one time, the one that Pulumi takes", () => {
    folder.put(`${folder.state}.zst`, "{");
    folder.put(`${folder.state}.gz`, "{");
    deepEqual(findingsAt(folder.place).stateFile, `${folder.state}.zst`);
  });

  it("says that nothing was done where the stack cannot be locked, and that the state stayed where it cannot be replaced", () => {
    const { openSync, renameSync } = fs;
    const denied = (to: string) => {
      throw Object.assign(new Error(`EROFS: read-only file system, ${to}`), { code: "EROFS" });
    };
    fs.openSync = ((file: string, ...more: [string]) =>
      file.includes("/locks/") ? denied(file) : openSync(file, ...more)) as typeof openSync;
    const locking = said();
    fs.openSync = openSync;
    fs.renameSync = (from, to) => (to === folder.state ? denied(String(to)) : renameSync(from, to));
    const replacing = said();
    fs.renameSync = renameSync;
    match(locking, /^nothing was done, since the stack cannot be locked: EROFS/);
    match(
      replacing,
      /^the state is unchanged, since it cannot be replaced: EROFS.*\nDone before that: the state as it was: dev\.json\.bak$/,
    );
    deepEqual(readFileSync(folder.state), state({ pending }));
  });

  it("says what was done before something failed", () => {
    folder.put(`${folder.state}.attrs`, "");
    rmSync(`${folder.state}.bak`);
    mkdirSync(`${folder.state}.bak`);
    const message = said();
    match(message, /dev\.json\.bak is no plain file\nDone before that: kept .*dev\.json\.attrs\.broken-/);
    deepEqual(readdirSync(folder.place.locks), []);
  });
});

describe("recover: what was written and not put in its place, where clocks differ", () => {
  const current = useBackendFolder();

  it("is not put over what was recorded after it, whatever time its writer's clock gave it", () => {
    const folder = current();
    // It was killed on a machine whose clock is an hour ahead; then somebody else recorded more, elsewhere.
    const nanoseconds = BigInt(NOW + 3_600_000) * 1_000_000n;
    const unfinished = `${folder.state}.${nanoseconds.toString(16)}.tmp`;
    folder.put(unfinished, state({ resources: 2, time: "2026-11-23T13:00:00Z" }), NOW - 60_000);
    folder.put(folder.state, state({ resources: 3, time: "2026-11-23T11:59:30Z" }), NOW - 30_000);
    deepEqual(planOf(findingsAt(folder.place), NOW).steps, []);
    utimesSync(unfinished, NOW / 1000, NOW / 1000);
    deepEqual(
      planOf(findingsAt(folder.place), NOW).steps.map(({ kind }) => kind),
      ["state"],
    );
  });
});
