// npm run soak [-- --seed N] [MOCHA ARGUMENTS]: the full form of the tests on faults, the long tests on
// the engine, and a table of what they measured.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { tableOf } from "./toolchain/figures.mjs";
import { Problem, runScript } from "./toolchain/problem.mjs";
import { turns } from "./toolchain/turns.mjs";

const MOCHA = fileURLToPath(new URL("../node_modules/mocha/bin/mocha.js", import.meta.url));
const FAULTS = "tests/{fault,simulated}/**/*.test.ts";
/** What `npm test` runs on some days only. */
const IN_TURNS = turns()
  .flat()
  .filter((file) => !file.startsWith("tests/fault/"));
/** No test of a soak is that slow; it ends one that hangs. */
const TIMEOUT_MS = 6 * 3_600_000;

runScript(async () => {
  const { values, positionals } = parseArgs({
    options: { seed: { type: "string" }, grep: { type: "string" }, jobs: { type: "string", default: "2" } },
    allowPositionals: true,
  });
  const seed = values.seed ?? String(Math.floor(Math.random() * 2 ** 31));
  if (!/^\d+$/.test(seed)) throw new Problem(`--seed ${seed} is no whole number.`);
  console.log(`soak with --seed ${seed}`);
  const figures = join(mkdtempSync(join(tmpdir(), "twilio-conversations-soak-")), "figures.jsonl");
  const code = await mocha(
    [
      ...["--parallel", "--jobs", values.jobs, "--timeout", String(TIMEOUT_MS)],
      ...(values.grep === undefined ? [] : ["--grep", values.grep]),
      ...(positionals.length === 0 ? [FAULTS, ...IN_TURNS] : positionals),
    ],
    { SOAK_SEED: seed, SOAK_FIGURES: figures },
  );
  printTable(figures);
  console.log(`seed ${seed}: ${code === 0 ? "passed" : "FAILED"}`);
  return code;
});

function mocha(args, env) {
  const child = spawn(process.execPath, [MOCHA, ...args], {
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done(code ?? 1));
  });
}

function printTable(figures) {
  if (!existsSync(figures)) return;
  console.log("\n| what | measured |\n| --- | --- |");
  for (const row of tableOf(readFileSync(figures, "utf8"))) console.log(row);
  console.log();
}
