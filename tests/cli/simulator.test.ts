import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

const MAIN = resolve(__dirname, "..", "..", "dist", "provider", "cli", "main.js");

describe("twilio-conversations", () => {
  it("prints where the simulator listens, answers there, and ends on SIGINT", async () => {
    const { child, output } = start("simulator", "--port", "0");
    const line = await firstLine(child);
    const url = /^Twilio Conversations simulator listening on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line)?.[1];
    assert.ok(url, line);
    assert.equal((await fetch(`${url}/v1/Conversations`)).status, 401);
    child.kill("SIGINT");
    assert.deepEqual(await once(child, "exit"), [0, null]);
    assert.equal(output().stderr, "");
  });

  const wrong: [string, string[], RegExp][] = [
    ["an unknown command", ["simulate"], /unknown command 'simulate'/],
    ["an unknown flag", ["simulator", "--prot", "1"], /unknown option '--prot'/],
    ["a port that is none", ["simulator", "--port", "http"], /--port takes a whole number/],
    [
      "a seed file that is not there",
      ["simulator", "--seed", "/nowhere.json"],
      /--seed: cannot read \/nowhere\.json/,
    ],
  ];
  for (const [what, args, message] of wrong)
    it(`refuses ${what} in one clear message, with exit code 2`, async () => {
      const { child, output } = start(...args);
      const [code] = await once(child, "exit");
      assert.equal(code, 2);
      assert.match(output().stderr, message);
      assert.doesNotMatch(output().stderr, /\n\s+at /);
      assert.equal(output().stdout, "");
    });

  it("explains every flag with --help", async () => {
    const { child, output } = start("simulator", "--help");
    const [code] = await once(child, "exit");
    assert.equal(code, 0);
    for (const flag of ["--port", "--seed", "--latency", "--rate-limit", "--faults"])
      assert.match(output().stdout, new RegExp(`${flag} `));
    assert.match(output().stdout, /\nExit codes: 0 .*; 1 .*; 2 .*\.\n$/);
  });

  it("lists its commands with one line each, and the exit codes", async () => {
    const { child, output } = start("--help");
    const [code] = await once(child, "exit");
    const { stdout } = output();
    assert.equal(code, 0);
    for (const command of ["drift", "try", "simulator", "doctor", "recover"])
      assert.match(stdout, new RegExp(`\\n\\S.*:\\n(  .*\\n)*  ${command} +[a-z].*\\n(  [a-z]|\\n)`));
    assert.doesNotMatch(stdout, /Others:/);
    assert.match(stdout, /\nExit codes: 0 .*, 1 .*, 2 .*\n$/);
  });
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output.stderr += chunk;
  });
  return { child, output: () => output };
}

async function firstLine({ stdout }: ReturnType<typeof start>["child"]): Promise<string> {
  const [chunk] = await once(stdout, "data");
  return String(chunk);
}
