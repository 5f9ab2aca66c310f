import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { stackEnvironment } from "../support/stack-folder";
import { TestProject } from "../support/test-project";
import { FakePulumi } from "./fake-pulumi";

const MAIN = resolve(__dirname, "../../dist/provider/cli/main.js");
const OTHER_TOKEN = "f".repeat(32);

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Report {
  readonly well: boolean;
  readonly checks: readonly { name: string; status: string; found: string; cure?: string }[];
}

describe("twilio-conversations doctor, in a project", () => {
  let simulator: Simulator;
  let project: TestProject;
  before(async () => {
    simulator = await startSimulator();
    project = await TestProject.create(simulator, require.resolve("../support/declare-all.cjs"), []);
  });
  after(async () => {
    project?.remove();
    await simulator?.close();
  });
  const doctor = (env: Record<string, string>, ...args: string[]) =>
    ran(["--stack", "test", "--cwd", project.folder, ...args], {
      ...stackEnvironment(project.folder, simulator),
      PULUMI_HOME: join(project.folder, "home"),
      ...env,
    });
  const examined = async (env: Record<string, string> = {}) => reportOf(await doctor(env, "--json"));

  it("finds all well where a run works, asks Twilio once, and shows no secret", async () => {
    simulator.clearRequests();
    const { code, stdout } = await doctor({});
    equal(code, 0, stdout);
    match(stdout, /\nAll is well\.\n$/);
    doesNotMatch(stdout, /[!✗→]/);
    equal(stdout.includes("\u001b"), false);
    match(
      stdout,
      /✓ credentials +account AC[0-9a-f]{32}, from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment\n/,
    );
    match(stdout, /✓ stack +test: not locked, nothing pending\n/);
    equal(stdout.includes(simulator.env["TWILIO_AUTH_TOKEN"] ?? "?"), false);
    deepEqual(
      simulator.requests().map(({ method, path }) => `${method} ${path}`),
      ["GET /v1/Configuration"],
    );
  });

  it("says that Twilio refuses the credentials, with what to compare", async () => {
    const { code, report, stdout } = await examined({ TWILIO_AUTH_TOKEN: OTHER_TOKEN });
    deepEqual([code, report.well, problemsIn(report)], [1, false, ["Twilio"]]);
    match(
      checkOf(report, "Twilio").found,
      /^GET http:\S+\/v1\/Configuration answered 401 \(Twilio error 20003/,
    );
    match(checkOf(report, "Twilio").cure ?? "", /belong together.* asked of us1.*TWILIO_REGION/);
    equal(stdout.includes(OTHER_TOKEN), false);
  });

  it("says which credentials are missing, and does not ask Twilio", async () => {
    simulator.clearRequests();
    const { code, report } = await examined({ TWILIO_AUTH_TOKEN: "", TWILIO_ACCOUNT_SID: "" });
    deepEqual([code, problemsIn(report)], [1, ["credentials"]]);
    match(checkOf(report, "credentials").found, /looked for TWILIO_ACCOUNT_SID/);
    match(checkOf(report, "Twilio").found, /not asked/);
    deepEqual(simulator.requests(), []);
  });

  it("warns of a clock that is wrong, which keeps nothing from working", async () => {
    simulator.clock.advance(120_000);
    const { code, report } = await examined();
    simulator.clock.advance(-120_000);
    deepEqual([code, report.well, checkOf(report, "clock").status], [0, true, "warning"]);
    match(checkOf(report, "clock").found, /^1(19|20|21) s behind Twilio's$/);
    match(checkOf(report, "clock").cure ?? "", /NTP/);
  });

  it("finds packages that the plugin cannot find, and ones that do not load", async () => {
    const [there, aside] = [join(project.folder, "node_modules"), join(project.folder, "aside")];
    renameSync(there, aside);
    const missing = await examined();
    const broken = join(there, "pulumi-twilio-conversations");
    mkdirSync(broken, { recursive: true });
    writeFileSync(join(broken, "package.json"), '{ "version": "0.1.0" }');
    mkdirSync(join(there, "@pulumi"));
    symlinkSync(join(aside, "@pulumi", "pulumi"), join(there, "@pulumi", "pulumi"));
    const unloadable = await examined();
    renameSync(there, join(project.folder, "broken"));
    renameSync(aside, there);
    deepEqual(problemsIn(missing.report), ["provider package", "Pulumi SDK"]);
    match(checkOf(missing.report, "provider package").cure ?? "", /npm install pulumi-twilio-conversations/);
    deepEqual([unloadable.code, problemsIn(unloadable.report)], [1, ["provider package"]]);
    match(
      checkOf(unloadable.report, "provider package").found,
      /does not load: Cannot find module 'pulumi-twilio-conversations\/provider'/,
    );
  });

  for (const [holder, pid, status] of [
    ["is gone: recover mends that", 2 ** 22 + 1, "problem"],
    ["runs: that is a run under way", process.pid, "warning"],
  ] as const)
    it(`finds a lock whose process ${holder}`, async () => {
      const folder = join(project.backend, "locks", "organization", "project", "test");
      mkdirSync(folder, { recursive: true });
      const lock = { pid, username: "ann", hostname: hostname(), timestamp: new Date().toISOString() };
      writeFileSync(join(folder, "left.json"), JSON.stringify(lock));
      const { code, report } = await examined();
      project.forget();
      const found = checkOf(report, "stack");
      deepEqual([code, found.status], [status === "problem" ? 1 : 0, status]);
      match(found.found + found.cure, new RegExp(`locked by ann|process ${pid}`));
      equal(/recover --stack test/.test(found.cure ?? ""), status === "problem");
    });

  const wrong: [string, string[], RegExp][] = [
    ["a folder that is not there", ["--cwd", "/nowhere"], /--cwd: there is no folder \/nowhere\.\n$/],
    [
      "a name that is no stack's",
      ["--stack", "../dev"],
      /--stack: \.\.\/dev is not the name of a stack\.\n$/,
    ],
    ["an unknown flag", ["--fix"], /unknown option '--fix'/],
  ];
  for (const [what, args, message] of wrong)
    it(`refuses ${what}, with exit code 2`, async () => {
      const { code, stdout, stderr } = await doctor({}, ...args);
      deepEqual([code, stdout], [2, ""]);
      match(stderr, message);
      doesNotMatch(stderr, /\n\s+at /);
    });
});

describe("twilio-conversations doctor, on a machine that lacks things", () => {
  let simulator: Simulator;
  let pulumi: FakePulumi;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator?.close());
  afterEach(() => pulumi.remove());

  it("finds everything that is too old or not there in one run, and what is fine all the same", async () => {
    const { TWILIO_ACCOUNT_SID: accountSid = "", TWILIO_AUTH_TOKEN: authToken = "" } = simulator.env;
    const pending = {
      type: "creating",
      resource: { urn: "urn:alice", type: "pulumi-nodejs:dynamic/twilio:User" },
    };
    pulumi = new FakePulumi({
      version: { stdout: "v3.215.0\n" },
      config: {
        stdout: JSON.stringify({
          "twilio:accountSid": { value: accountSid },
          "twilio:authToken": { value: authToken, secret: true },
        }),
      },
      whoami: { stdout: JSON.stringify({ url: "s3://states" }) },
      "stack export": { stdout: JSON.stringify({ deployment: { pending_operations: [pending] } }) },
    });
    writeFileSync(join(pulumi.folder, "node"), `#!/bin/sh\necho '["v20.11.0", {}]'\n`, { mode: 0o755 });
    const { code, report, stdout } = reportOf(
      await ran(["--cwd", pulumi.folder, "--stack", "dev", "--json"], {
        ...pulumi.environment,
        ...stackEnvironment(pulumi.folder, simulator),
        PULUMI_BACKEND_URL: "",
        PATH: pulumi.folder,
        TWILIO_ACCOUNT_SID: "",
        TWILIO_AUTH_TOKEN: "",
      }),
    );
    equal(code, 1);
    deepEqual(problemsIn(report), [
      "node",
      "pulumi",
      "language host",
      "provider package",
      "Pulumi SDK",
      "stack",
    ]);
    match(checkOf(report, "node").cure ?? "", /needs Node 22\.12 or newer, this is v20\.11\.0/);
    match(checkOf(report, "pulumi").found, /v3\.215\.0: the provider needs 3\.216\.0/);
    match(
      checkOf(report, "language host").found,
      /pulumi-language-nodejs and pulumi-resource-pulumi-nodejs not/,
    );
    match(checkOf(report, "stack").cure ?? "", /recover --stack dev/);
    equal(
      checkOf(report, "credentials").found,
      `account ${accountSid}, from twilio:accountSid and twilio:authToken in the config of dev`,
    );
    equal(checkOf(report, "Twilio").status, "ok");
    equal(stdout.includes(authToken), false);
    for (const { status, cure } of report.checks) equal(cure !== undefined, status !== "ok");
  });

  it("looks at the environment and Twilio without project and Pulumi, and says what it left out", async () => {
    pulumi = new FakePulumi({});
    const bare = join(pulumi.folder, "..");
    const { code, report } = reportOf(
      await ran(["--cwd", bare, "--stack", "dev", "--json"], {
        ...stackEnvironment(pulumi.folder, simulator),
        PATH: dirname(process.execPath),
      }),
    );
    equal(code, 1);
    deepEqual(problemsIn(report), ["pulumi", "language host", "stack"]);
    match(checkOf(report, "project").found, /no Pulumi\.yaml in .* or above/);
    match(checkOf(report, "credentials").found, /config of dev was not read: there is no `pulumi` on PATH/);
    deepEqual([checkOf(report, "node").status, checkOf(report, "Twilio").status], ["ok", "ok"]);
  });

  it("says that a project cannot be read, and looks at the rest", async () => {
    pulumi = new FakePulumi({
      version: { stdout: "v3.255.0\n" },
      whoami: { stdout: '{"url":"s3://states"}' },
    });
    writeFileSync(join(pulumi.folder, "Pulumi.yaml"), "runtime: nodejs\n");
    const environment = { ...pulumi.environment, ...stackEnvironment(pulumi.folder, simulator) };
    const { code, report } = reportOf(
      await ran(["--cwd", pulumi.folder, "--json"], { ...environment, PULUMI_BACKEND_URL: "" }),
    );
    equal(code, 1);
    match(checkOf(report, "project").found, /no project name/);
    deepEqual(
      ["pulumi", "Twilio", "backend", "stack"].map((name) => checkOf(report, name).status),
      ["ok", "ok", "ok", "warning"],
    );
  });
});

function ran(args: string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [MAIN, "doctor", ...args],
      { env: { ...process.env, ...env }, timeout: 60_000 },
      (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
  });
}

function reportOf({ code, stdout }: Ran): { code: number; stdout: string; report: Report } {
  return { code, stdout, report: JSON.parse(stdout) as Report };
}

function problemsIn({ checks }: Report): string[] {
  return checks.filter(({ status }) => status === "problem").map(({ name }) => name);
}

function checkOf({ checks }: Report, wanted: string): Report["checks"][number] {
  const found = checks.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`there is no check of ${wanted}`);
  return found;
}
