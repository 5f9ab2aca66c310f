import { deepEqual, equal, match } from "node:assert/strict";
import fs, { chmodSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { findingsAt } from "../../../../../provider/cli/recover/findings";
import { mend } from "../../../../../provider/cli/recover/mending";
import { planOf } from "../../../../../provider/cli/recover/plan";
import type { StepKind } from "../../../../../provider/cli/recover/report";
import { BackendFolder, NOW } from "../folder";
import { state } from "../states";

const ALL = new Set<StepKind>(["lock", "attributes", "state", "pending"]);
const pending = [{ type: "creating" }];

describe("recover: files keep what they were", () => {
  let folder: BackendFolder;
  beforeEach(() => {
    folder = new BackendFolder();
  });
  afterEach(() => folder.remove());

  const mendAll = () => mend(folder.place, planOf(findingsAt(folder.place), NOW), ALL, NOW);
  const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);
  const put = (file: string, content: Buffer | string, mode: number) => {
    folder.put(file, content);
    chmodSync(file, mode);
  };

  it("in their rights, and copies get no more than the state has", () => {
    put(folder.state, state({ pending }), 0o600);
    mendAll();
    deepEqual([modeOf(folder.state), modeOf(`${folder.state}.bak`)], ["600", "600"]);
  });

  it("in the rights of a copy that is there", () => {
    put(folder.state, state({ pending }), 0o640);
    put(`${folder.state}.bak`, state(), 0o600);
    mendAll();
    deepEqual([modeOf(folder.state), modeOf(`${folder.state}.bak`)], ["640", "600"]);
  });

  it("in the rights of the copy that takes the place of a state that is gone", () => {
    put(`${folder.state}.bak`, state({ pending }), 0o600);
    folder.lock();
    mendAll();
    equal(modeOf(folder.state), "600");
  });

  it("in the rights of what is kept aside", () => {
    put(folder.state, "cut", 0o600);
    put(`${folder.state}.bak`, state(), 0o644);
    const [kept] = mendAll();
    deepEqual([modeOf((kept ?? "").replace("kept ", "")), modeOf(folder.state)], ["600", "600"]);
  });

  it("where a link was planted in the place of a draft, or of what is kept aside", () => {
    const victim = join(folder.root, "victim");
    put(folder.state, "cut", 0o644);
    put(`${folder.state}.bak`, state({ pending }), 0o644);
    put(victim, "precious", 0o644);
    for (const name of [".recover.tmp", ".bak.recover.tmp", ".broken-20261123T120000Z"])
      symlinkSync(victim, folder.state + name);
    match(mendAll()[0] ?? "", /^kept .*dev\.json\.broken-20261123T120000Z-1$/);
    equal(readFileSync(victim, "utf8"), "precious");
    equal(readFileSync(`${folder.state}.broken-20261123T120000Z-1`, "utf8"), "cut");
  });

  it("under names for drafts that nobody can know", () => {
    const opened: string[] = [];
    const { openSync } = fs;
    fs.openSync = ((file: string, flags: string | number, mode?: number) => {
      if (typeof flags === "string" && flags !== "r") opened.push(`${flags} ${file}`);
      return openSync(file, flags, mode);
    }) as typeof openSync;
    const patched = fs.openSync;
    for (let round = 0; round < 2; round += 1) {
      fs.openSync = openSync;
      put(folder.state, state({ pending }), 0o644);
      fs.openSync = patched;
      try {
        mendAll();
      } finally {
        fs.openSync = openSync;
      }
    }
    equal(new Set(opened).size, 6);
    for (const one of opened) match(one, /^wx .*\.recover-[0-9a-f-]{36}\.tmp$/);
  });
});
