import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { startSimulator } from "../../simulator";
import { BUILT, runBuilt } from "../support/built-command";
import { HOSTILE, STEERING } from "../support/steering";

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

  it("ends with the script that starts it as its README does", () => {
    const folder = mkdtempSync(join(tmpdir(), "simulator-"));
    try {
      const bin = join(folder, "node_modules/.bin");
      mkdirSync(bin, { recursive: true });
      // As npm installs it: a link, and allowed to run.
      symlinkSync(BUILT, join(bin, "pulumi-twilio-conversations"));
      chmodSync(BUILT, 0o755);
      const readme = readFileSync(join(__dirname, "../../simulator/README.md"), "utf8");
      const [, start, end] = /^```sh\n(.*& simulator=\$!)\n(kill .*)\n```$/m.exec(readme) ?? [];
      assert.ok(start && end);
      const script = [
        start.replace(" &", " --port 0 > said &"),
        "until grep -q AUTH_TOKEN said; do sleep 0.1; done",
        end,
        'wait "$simulator"',
      ];
      execFileSync("sh", ["-ec", script.join("\n")], { cwd: folder, timeout: 30_000 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  describe("with a data file of somebody else's", () => {
    const hostile = HOSTILE.replaceAll(/[\0/]/g, "");
    let folder: string;
    let dataFile: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "simulator-"));
      mkdirSync(join(folder, hostile));
      dataFile = join(folder, hostile, "data.json");
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    /** What it says from its first line to its end, of which `act` comes first. */
    async function said(act: () => void): Promise<{ stdout: string; stderr: string }> {
      const child = spawn(process.execPath, [BUILT, "simulator", "--port", "0", "--data", dataFile]);
      const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
      await once(child.stdout, "data");
      act();
      child.kill();
      return { stdout: await stdout, stderr: await stderr };
    }

    it("says in escapes where it cannot write", async () => {
      const { stderr } = await said(() => rmSync(join(folder, hostile), { recursive: true }));
      assert.match(stderr, /^--data: .*ca\\u001b/);
      assert.doesNotMatch(stderr, STEERING);
    });

    it("prints lines that a shell takes for nothing but values", async () => {
      await (await startSimulator({ dataFile })).close();
      const data = JSON.parse(readFileSync(dataFile, "utf8"));
      const token = `it's $(touch "${folder}/ran") \`id\`; ${hostile}`;
      data.accounts[0].account.authToken = token;
      writeFileSync(dataFile, JSON.stringify(data));
      const { stdout } = await said(() => {});
      assert.doesNotMatch(stdout, STEERING);
      const lines = stdout.split("\n").filter((line) => line.startsWith("export "));
      assert.equal(lines.length, 3);
      const shown = execFileSync("sh", ["-c", `${lines.join("\n")}\nprintf %s "$TWILIO_AUTH_TOKEN"`]);
      assert.match(String(shown), /^it's \$\(touch ".*\/ran"\) `id`; ca/);
    });
  });

  it("refuses JSON that is nested too deep, from wherever it comes, in one clear message", async () => {
    const folder = mkdtempSync(join(tmpdir(), "simulator-"));
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const dataFile = join(folder, "data.json");
    await (await startSimulator({ dataFile })).close();
    const data = readFileSync(dataFile, "utf8");
    const seed = `{"conversations":[{"uniqueName":"a","attributes":${deep}}]}`;
    const files: [flag: string, text: string, message: RegExp][] = [
      ["--seed", seed, /--seed: .*JSON may be 100 levels deep at most\n$/],
      ["--faults", `[{"kind":"hang","route":${deep}}]`, /--faults: .*JSON may be 100 levels deep at most\n$/],
      ["--data", data.replace('"filters":null', `"filters":${deep}`), /--data: .* is not a store/],
    ];
    try {
      for (const [flag, text, message] of files) {
        const file = join(folder, "hostile.json");
        writeFileSync(file, text);
        const { code, stderr } = await runBuilt(["simulator", "--port", "0", flag, file]);
        assert.equal(code, 2, stderr);
        assert.match(stderr, message);
      }
      const nested = "[".repeat(60_000) + "]".repeat(60_000);
      const poke = ["simulator", "poke", "desk", `timers=${nested}`, "--url", "http://127.0.0.1:1"];
      const { code, stderr } = await runBuilt(poke);
      assert.deepEqual(
        [code, stderr],
        [2, "pulumi-twilio-conversations: JSON may be 100 levels deep at most\n"],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  const wrong: [string, string[], RegExp][] = [
    [
      "an unknown command",
      ["foo"],
      /^error: unknown command 'foo'\. The commands are drift, import, try, simulator, doctor, recover; --help says what each does\.\n$/,
    ],
    [
      "a mistyped command",
      ["drfit"],
      /^error: unknown command 'drfit'\. Did you mean drift\? The commands are /,
    ],
    [
      "a mistyped command below another",
      ["simulator", "pike", "support", "a=b"],
      /^error: unknown command 'pike'\. Did you mean poke\? The commands are poke; /,
    ],
    [
      "an unknown resource",
      ["try", "paticipant", "--identity", "alice"],
      /^error: unknown command 'paticipant'\. Did you mean participant\? The commands are .*, role, /,
    ],
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
    assert.match(
      stderr,
      /^pulumi-twilio-conversations: cannot listen on 127\.0\.0\.1:\d+: another program has this port \(EADDRINUSE\)\. End that, or choose another port; 0 takes a free one\n$/,
    );
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
