import { deepEqual } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { repository, script } from "./modules";

interface TurnsModule {
  turns(): string[][];
  waitingOn(day: number, lists?: string[][]): string[];
}

describe("test files that take turns", () => {
  let module: TurnsModule;
  before(async () => {
    module = await script<TurnsModule>("toolchain/turns.mjs");
  });

  it("exist, and are listed once", () => {
    const files = module.turns().flat();
    deepEqual(
      files.filter((file) => !existsSync(join(repository, file))),
      [],
    );
    deepEqual([...new Set(files)], files);
  });

  it("have one day each in a round", () => {
    const lists = [["a"], ["b", "c"], ["d"]];
    deepEqual(
      [20_000, 20_001, 20_002, 20_003].map((day) => module.waitingOn(day, lists)),
      [
        ["a", "b", "c"],
        ["b", "c", "d"],
        ["a", "d"],
        ["a", "b", "c"],
      ],
    );
  });
});
