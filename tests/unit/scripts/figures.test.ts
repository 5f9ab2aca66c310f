import { deepEqual } from "node:assert/strict";
import { script } from "./modules";

interface FiguresModule {
  tableOf(lines: string): string[];
}

describe("the figures of a soak", () => {
  it("are none of a file in which a test failed, before or after", async () => {
    const { tableOf } = await script<FiguresModule>("toolchain/figures.mjs");
    const noted = [
      { claim: "first", figure: "1 of 1", by: "a" },
      { failed: "a" },
      { failed: "c" },
      { claim: "second", figure: "2 of 2", by: "b" },
      { claim: "third", figure: "3 of 3", by: "c" },
    ];
    deepEqual(tableOf(noted.map((note) => JSON.stringify(note)).join("\n")), [
      "| first | FAILED, so not measured |",
      "| second | 2 of 2 |",
      "| third | FAILED, so not measured |",
    ]);
    deepEqual(tableOf(""), []);
  });
});
