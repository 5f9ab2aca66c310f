import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../../simulator";
import { stackEnvironment } from "../../support/stack/stack-folder";
import { TestProject } from "../../support/stack/test-project";
import { withDefaults } from "../default-options";
import { checkOf, doctor, problemsIn, reportOf } from "./doctor-report";

const OTHER_TOKEN = "f".repeat(32);

describe("pulumi-twilio-conversations doctor, in a project", () => {
  let simulator: Simulator;
  let project: TestProject;
  before(async () => {
    simulator = await startSimulator();
    project = await TestProject.create(simulator, require.resolve("../../support/stack/declare-all.cjs"), []);
  });
  after(async () => {
    project?.remove();
    await simulator?.close();
  });
  const here = (env: Record<string, string>, ...args: string[]) =>
    doctor(withDefaults({ "--stack": "test", "--cwd": project.folder }, args), {
      ...stackEnvironment(project.folder, simulator),
      PULUMI_HOME: join(project.folder, "home"),
      ...env,
    });
  const examined = async (env: Record<string, string> = {}) => reportOf(await here(env, "--json"));

  it("finds all well where a run works, asks Twilio once, and shows no secret", async () => {
    simulator.clearRequests();
    const { code, stdout } = await here({});
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
    match(
      checkOf(report, "Twilio").cure ?? "",
      /TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN belong together and to region us1, which TWILIO_REGION/,
    );
    equal(stdout.includes(OTHER_TOKEN), false);
  });

  it("says which credentials are missing, and does not ask Twilio", async () => {
    simulator.clearRequests();
    const { code, report } = await examined({ TWILIO_AUTH_TOKEN: "", TWILIO_ACCOUNT_SID: "" });
    deepEqual([code, problemsIn(report)], [1, ["credentials"]]);
    match(checkOf(report, "credentials").found, /looked for TWILIO_ACCOUNT_SID/);
    doesNotMatch(checkOf(report, "credentials").found, /--run-program/);
    match(checkOf(report, "Twilio").found, /not asked/);
    deepEqual(simulator.requests(), []);
  });

  it("says which credentials have a line break, of a named account too, and shows nothing of them", async () => {
    simulator.clearRequests();
    const spoiled = `${OTHER_TOKEN}\n`;
    const { code, report, stdout } = await examined({
      TWILIO_AUTH_TOKEN: spoiled,
      TWILIO_EMEA_API_SECRET: spoiled,
    });
    deepEqual([code, problemsIn(report)], [1, ["credentials"]]);
    deepEqual(
      checkOf(report, "credentials").found.split("\n"),
      ["TWILIO_AUTH_TOKEN", "TWILIO_EMEA_API_SECRET"].map(
        (name) => `${name} ends with a line break, which is no part of it. Set it again without.`,
      ),
    );
    equal(stdout.includes(OTHER_TOKEN), false);
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
  ];
  for (const [what, args, message] of wrong)
    it(`refuses ${what}, with exit code 2`, async () => {
      const { code, stdout, stderr } = await here({}, ...args);
      deepEqual([code, stdout], [2, ""]);
      match(stderr, message);
      doesNotMatch(stderr, /\n\s+at /);
    });
});
