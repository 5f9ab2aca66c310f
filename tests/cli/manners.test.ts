import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Simulator, startSimulator } from "../../simulator";
import { BUILT, runBuilt } from "../support/built-command";
import { FakePulumi } from "./fake-pulumi";

const COMMANDS = [
  "drift",
  "import",
  "try",
  "try participant",
  "try participant create",
  "simulator",
  "doctor",
];
/** A free port of this machine that nobody listens on (RFC 863's, which no system starts by itself). */
const NOBODY = "http://127.0.0.1:9";
const SAID_WITHIN_MS = 3_000;

describe("what all commands do alike", () => {
  let folder: string;
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
    folder = mkdtempSync(join(tmpdir(), "twilio-conversations-manners-"));
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await simulator.close();
  });

  for (const command of ["", ...COMMANDS, "recover"])
    it(`\`${command} --help\` ends quietly where nobody reads any more`, async () => {
      const args = [BUILT, ...command.split(" ").filter((arg) => arg !== ""), "--help"];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
      child.stdout.destroy();
      const said = text(child.stderr);
      deepEqual(await once(child, "exit"), [0, null]);
      equal(await said, "");
    });

  it("say the same of a folder without a project, with exit code 2", async () => {
    const env = { PULUMI_STACK: "", PULUMI_BACKEND_URL: `file://${folder}` };
    const [drift, recover] = await Promise.all(
      ["drift", "recover"].map((command) => runBuilt([command], { cwd: folder, env })),
    );
    deepEqual([drift?.code, recover?.code], [2, 2]);
    equal(drift?.stderr, recover?.stderr);
    match(
      drift?.stderr ?? "",
      /: there is no Pulumi project in .* or above it: give its folder with --cwd\.\n$/,
    );
  });

  it("say within 3 s that a connection is refused", async () => {
    const pulumi = new FakePulumi({ config: { stdout: "{}" }, version: { stdout: "v3.255.0" } });
    const env = { ...simulator.env, ...pulumi.environment, TWILIO_CONVERSATIONS_URL: NOBODY };
    const refused = async (...args: string[]) => {
      const sinceMs = performance.now();
      const { code, stdout, stderr } = await runBuilt(args, { cwd: pulumi.folder, env });
      const tookMs = performance.now() - sinceMs;
      equal(code, 1);
      match(stdout + stderr, /was refused a connection \(ECONNREFUSED/, args[0]);
      ok(tookMs < SAID_WITHIN_MS, `${args[0]} took ${tookMs} ms`);
    };
    await refused("import", "--all");
    await refused("doctor", "--stack", "dev");
    await refused("try", "conversation", "list", "--live", "--yes");
    await refused("drift", "--stack", "dev");
    pulumi.remove();
  });

  it("try shows no address that it does not use", async () => {
    simulator.clearRequests();
    const tried = async (...args: string[]) =>
      (await runBuilt(["try", "conversation", ...args], { env: simulator.env })).stdout;
    const text = await tried();
    match(text, /^POST \/v1\/Conversations\n/);
    ok(!text.includes(simulator.url), text);
    const { request, answer } = JSON.parse(await tried("--json"));
    equal(new URL(request.url).origin, new URL(answer.url).origin);
    ok(!request.url.startsWith(`${simulator.url}/`), request.url);
    deepEqual(simulator.requests(), []);
  });

  it("import of an account with nothing in it says so, and writes nothing", async () => {
    for (const more of [[], ["--json"]]) {
      const out = join(folder, "empty");
      const args = ["import", "--all", "--cwd", folder, "--out", out, ...more];
      const { code, stdout, stderr } = await runBuilt(args, { env: simulator.env });
      equal(code, 0, stderr);
      match(stdout, more.length > 0 ? /"files": \[\],\s+"resources": 0/ : /^There is nothing to import/);
      doesNotMatch(stdout, /Next:/);
      ok(!existsSync(out));
    }
  });
});
