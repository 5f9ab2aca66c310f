import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { text } from "node:stream/consumers";
import { BUILT, runBuilt } from "../support/built-command";

describe("pulumi-twilio-conversations", () => {
  const starts: [string, string[], NodeJS.Signals][] = [
    ["on a free port", ["--port", "0"], "SIGINT"],
    ["as the README starts it", [], "SIGTERM"],
  ];
  for (const [how, args, signal] of starts)
    it(`prints where the simulator listens, ${how}, answers there, and ends on ${signal}`, async () => {
      const child = spawn(process.execPath, [BUILT, "simulator", ...args]);
      const said = text(child.stderr);
      const line = String((await once(child.stdout, "data"))[0]);
      const url = /^Twilio Conversations simulator listening on (http:\/\/127\.0\.0\.1:\d+)\n/.exec(
        line,
      )?.[1];
      assert.ok(url, line);
      assert.match(
        line,
        new RegExp(`\nexport TWILIO_CONVERSATIONS_URL=${url}\nexport TWILIO_ACCOUNT_SID=AC`),
      );
      assert.equal((await fetch(`${url}/v1/Conversations`)).status, 401);
      child.kill(signal);
      assert.deepEqual(await once(child, "exit"), [0, null]);
      assert.match(await said, args.length > 0 ? /^$/ : /^(Port 14155 is taken, so [^\n]*\n)?$/);
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
      const { code, stdout, stderr } = await runBuilt(args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n\s+at /);
    });

  it("fails with 1 on a port that is taken, which is no wrong command line", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await once(blocker, "listening");
    const { port } = blocker.address() as AddressInfo;
    const { code, stdout, stderr } = await runBuilt(["simulator", "--port", String(port)]);
    blocker.close();
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^pulumi-twilio-conversations: cannot listen on 127\.0\.0\.1:\d+: EADDRINUSE\n$/);
  });

  it("explains every flag with --help", async () => {
    const { code, stdout } = await runBuilt(["simulator", "--help"]);
    assert.equal(code, 0);
    for (const flag of ["--port", "--seed", "--latency", "--rate-limit", "--faults"])
      assert.match(stdout, new RegExp(`${flag} `));
    assert.match(stdout, /\nExit codes: 0 .*; 1 .*; 2 .*\.\n$/);
  });

  it("lists its commands with one line each, and the exit codes", async () => {
    const { code, stdout } = await runBuilt(["--help"]);
    assert.equal(code, 0);
    for (const command of ["drift", "import", "try", "simulator", "doctor", "recover"])
      assert.match(stdout, new RegExp(`\\n\\S.*:\\n(  .*\\n)*  ${command} +[a-z].*\\n(  [a-z]|\\n)`));
    assert.doesNotMatch(stdout, /Others:/);
    assert.match(stdout, /\nExit codes: 0 .*, 1 .*, 2 .*\n$/);
  });
});
