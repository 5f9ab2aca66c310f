// npm test [-- --all] [--day N]: every suite, but for long tests on the engine, which take turns by the day.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Problem, runScript } from "./toolchain/problem.mjs";
import { today, waitingOn } from "./toolchain/turns.mjs";

const MOCHA = fileURLToPath(new URL("../node_modules/mocha/bin/mocha.js", import.meta.url));

runScript(async () => {
  const { values } = parseArgs({
    options: { all: { type: "boolean" }, day: { type: "string" }, jobs: { type: "string", default: "3" } },
  });
  const day = values.day ?? String(today());
  if (!/^\d+$/.test(day)) throw new Problem(`--day ${day} is no whole number.`);
  const waiting = values.all ? [] : waitingOn(Number(day));
  const ignored = waiting.flatMap((file) => ["--ignore", file]);
  if (waiting.length > 0)
    console.log(`${waiting.length} long test files have their turn on other days: npm test -- --all`);
  // It goes to the tests as well, which end by it, and say so.
  process.on("SIGINT", () => {});
  const child = spawn(
    process.execPath,
    [MOCHA, "--parallel", "--jobs", values.jobs, ...ignored, "tests/**/*.test.ts"],
    { stdio: "inherit" },
  );
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done(code ?? 1));
  });
});
