import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flagsOf, simulatorOptions, usualPort } from "../../../simulator/run";

describe("simulator command line", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
    writeFileSync(join(folder, "seed.json"), '{ "conversations": [{ "uniqueName": "eu" }] }');
    writeFileSync(join(folder, "faults.json"), '[{ "kind": "status", "status": 429 }]');
    writeFileSync(join(folder, "broken.json"), "{");
    writeFileSync(join(folder, "wrong.json"), '{ "rooms": [] }');
  });
  after(() => rmSync(folder, { recursive: true }));

  it("reads every flag", () => {
    const argv = [
      "--port",
      "0",
      "--seed",
      join(folder, "seed.json"),
      "--latency=5",
      "--rate-limit",
      "twilio",
    ];
    const options = simulatorOptions(flagsOf([...argv, "--faults", join(folder, "faults.json")]));
    assert.deepEqual(options, {
      port: 0,
      latencyMs: 5,
      rateLimit: "twilio",
      seed: { conversations: [{ uniqueName: "eu" }] },
      faults: [{ kind: "status", status: 429 }],
    });
  });

  it("reads switches and limits", () => {
    const argv = ["--set", "groupMms=true", "--set", "retryAfter=send", "--set", "participants=3", "--set"];
    assert.deepEqual(simulatorOptions(flagsOf([...argv, "ownedAddresses=+1555,+1666"])), {
      switches: { groupMms: true, retryAfter: "send", ownedAddresses: ["+1555", "+1666"] },
      limits: { participants: 3 },
    });
  });

  const wrong: [string[], RegExp][] = [
    [["--port", "x"], /^--port takes a whole number from 0 to 65535, not x$/],
    [["--port", "70000"], /^--port takes/],
    [["--latency", "-1"], /latency/],
    [["--rate-limit", "0"], /^--rate-limit takes off, twilio or a whole number/],
    [["--seed", "none.json"], /^--seed: cannot read none\.json \(ENOENT\)$/],
    [["--set", "colour=blue"], /^--set takes name=value, not colour=blue; the names are unknownFields, /],
    [["--set", "groupMms=maybe"], /^--set groupMms takes false or true, not maybe$/],
    [["--set", "participants=many"], /^--set participants takes a whole number, not many$/],
    [
      ["--data", "a.json", "--data=b.json"],
      /^--data was given more than once: a\.json, then b\.json\. Give it once$/,
    ],
    [["--port", "0", "--port", "0"], /^--port was given more than once/],
    [["--colour"], /colour/],
    [["here"], /here/],
  ];
  for (const [argv, message] of wrong) {
    it(`refuses ${argv.join(" ")} in one line`, () => {
      const run = (): unknown => simulatorOptions(flagsOf(argv));
      assert.throws(run, (error: Error) => error.name === "UsageError" && !error.message.includes("\n"));
      assert.throws(run, { message });
    });
  }

  it("names the file and the place of a bad seed or fault script", () => {
    const seed = join(folder, "wrong.json");
    assert.throws(() => simulatorOptions({ seed }), { message: `--seed: ${seed}: seed.rooms is not known` });
    const faults = join(folder, "broken.json");
    assert.throws(() => simulatorOptions({ faults }), {
      name: "UsageError",
      message: /^--faults: .*broken\.json: /,
    });
  });
});

describe("simulator process", () => {
  const start = (argv: readonly string[]): ReturnType<typeof spawn> => {
    const program = `require("./simulator/run").runSimulator(${JSON.stringify(argv)}).catch((error) => {
      process.stderr.write(error.name + ": " + error.message);
      process.exitCode = error.name === "UsageError" ? 2 : 1;
    });`;
    return spawn(process.execPath, ["--import", "tsx", "-e", program], { cwd: join(__dirname, "../../..") });
  };

  /** What it has printed by the time that it listens. */
  const printed = (child: ReturnType<typeof spawn>): Promise<string> =>
    new Promise((resolve) => {
      let text = "";
      child.stdout?.on("data", (chunk) => {
        text += chunk;
        if (/TWILIO_AUTH_TOKEN=.*\n$/.test(text)) resolve(text);
      });
    });

  it("prints its address and what to export, answers to that, and ends cleanly on SIGTERM", async () => {
    const child = start(["--port", "0"]);
    const lines = (await printed(child)).split("\n");
    const [, url = ""] =
      /^Twilio Conversations simulator listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(lines[0] ?? "") ?? [];
    assert.deepEqual(lines.slice(1), [
      `export TWILIO_CONVERSATIONS_URL=${url}`,
      "export TWILIO_ACCOUNT_SID=AC00000000000000000000000000000001",
      "export TWILIO_AUTH_TOKEN=0123456789abcdef0123456789abcdef",
      "",
    ]);
    const env = Object.fromEntries(lines.slice(1, 4).map((line) => line.replace("export ", "").split("=")));
    const login = btoa(`${env.TWILIO_ACCOUNT_SID}:${env.TWILIO_AUTH_TOKEN}`);
    const answer = await fetch(`${env.TWILIO_CONVERSATIONS_URL}/v1/Conversations`, {
      headers: { authorization: `Basic ${login}` },
    });
    assert.equal(answer.status, 200);
    await answer.text();
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    assert.deepEqual(await ended, [0, null]);
  });

  it("listens on the same port each time, or says that another one has it", async () => {
    // Where it is taken already, by whoever runs these tests beside, that does as well.
    const blocker = createServer().listen(usualPort, "127.0.0.1");
    await Promise.race([once(blocker, "listening"), once(blocker, "error")]).catch(() => undefined);
    const child = start([]);
    let said = "";
    child.stderr?.on("data", (chunk) => {
      said += chunk;
    });
    const port = Number(/127\.0\.0\.1:(\d+)\n/.exec(await printed(child))?.[1]);
    child.kill("SIGTERM");
    await once(child, "close");
    blocker.close();
    assert.ok(port > usualPort && port < usualPort + 100, String(port));
    assert.equal(
      said,
      `Port ${usualPort} is taken, so this simulator listens on ${port}. A stack records the port that it was created with.\n`,
    );
    assert.ok(usualPort > 1_024 && usualPort + 100 < 32_768, "below the ports that systems give out");
  });

  it("fails with one line on a bad flag and on a port in use", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await once(blocker, "listening");
    const { port } = blocker.address() as AddressInfo;
    for (const [argv, exitCode, message] of [
      [["--latency", "soon"], 2, /^UsageError: --latency takes a whole number/],
      [
        ["--port", String(port)],
        1,
        /^ListenError: cannot listen on 127\.0\.0\.1:\d+: another program has this port \(EADDRINUSE\)\. End that, or choose another port; 0 takes a free one$/,
      ],
    ] as const) {
      const child = start(argv);
      let printed = "";
      child.stderr?.on("data", (chunk) => {
        printed += chunk;
      });
      assert.equal((await once(child, "close"))[0], exitCode);
      assert.match(printed, message);
    }
    blocker.close();
  });
});
