import assert from "node:assert/strict";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { TestProject } from "../support/test-project";

interface Report {
  readonly well: boolean;
  readonly checks: readonly { name: string; status: string; found: string; cure?: string }[];
}

describe("twilio-conversations doctor", () => {
  let simulator: Simulator;
  let project: TestProject;
  before(async () => {
    simulator = await startSimulator();
    project = await projectWith({});
  });
  after(async () => {
    project?.remove();
    await simulator?.close();
  });
  const projectWith = (env: Record<string, string>) =>
    TestProject.create(simulator, require.resolve("../support/declare-all.cjs"), [], env);

  it("finds all well in a project that works, and writes nothing", async () => {
    simulator.clearRequests();
    const { code, output } = await project.startOurs("doctor").ended;
    assert.equal(code, 0, output);
    assert.match(output, /All is well\.\n$/);
    assert.doesNotMatch(output, /[!✗→]/);
    assert.equal(output.includes("\u001b"), false);
    assert.match(output, /✓ credentials +account AC[0-9a-f]{32} by its auth token, from the environment\n/);
    assert.equal(output.includes(simulator.env["TWILIO_AUTH_TOKEN"] ?? "?"), false);
    assert.deepEqual(
      simulator.requests().map(({ method }) => method),
      ["GET"],
    );
  });

  it("says that Twilio refuses the credentials, in one sentence", async () => {
    const wrong = await projectWith({ TWILIO_AUTH_TOKEN: "f".repeat(32) });
    const { code, report } = await examined(wrong);
    wrong.remove();
    assert.equal(code, 1);
    assert.deepEqual(problemsIn(report), ["Twilio"]);
    assert.match(foundBy(report, "Twilio"), /401/);
  });

  it("says which credentials are missing, and does not ask Twilio", async () => {
    simulator.clearRequests();
    const none = await projectWith({ TWILIO_AUTH_TOKEN: "", TWILIO_ACCOUNT_SID: "" });
    const { code, report } = await examined(none);
    none.remove();
    assert.equal(code, 1);
    assert.deepEqual(problemsIn(report), ["credentials"]);
    assert.match(foundBy(report, "credentials"), /looked for TWILIO_ACCOUNT_SID/);
    assert.deepEqual(simulator.requests(), []);
  });

  it("warns of a clock that is wrong", async () => {
    simulator.clock.advance(120_000);
    const { code, report } = await examined(project);
    assert.equal(code, 0);
    assert.match(foundBy(report, "clock"), /^1(19|20|21) s behind Twilio's$/);
    simulator.clock.advance(-120_000);
  });

  it("finds a package that the program cannot load", async () => {
    const [there, aside] = [join(project.folder, "node_modules"), join(project.folder, "aside")];
    renameSync(there, aside);
    const { code, report } = await examined(project);
    renameSync(aside, there);
    assert.equal(code, 1);
    assert.deepEqual(problemsIn(report), ["provider package", "Pulumi SDK"]);
  });

  it("finds what a killed run has left, and names recover", async () => {
    const folder = join(project.backend, "locks", "organization", "project", "test");
    mkdirSync(folder, { recursive: true });
    const lock = {
      pid: 2 ** 22 + 1,
      username: "ann",
      hostname: hostname(),
      timestamp: new Date().toISOString(),
    };
    writeFileSync(join(folder, "left.json"), JSON.stringify(lock));
    const { code, report } = await examined(project);
    assert.equal(code, 1);
    assert.deepEqual(problemsIn(report), ["stack"]);
    assert.match(report.checks.find(({ name }) => name === "stack")?.cure ?? "", /recover --stack test/);
    project.forget();
  });

  it("refuses a folder that is not there, with exit code 2", async () => {
    const { code, output } = await project.startOurs("doctor", "--cwd", "/nowhere").ended;
    assert.equal(code, 2);
    assert.match(output, /^twilio-conversations: --cwd: there is no folder \/nowhere\.\n$/);
  });

  async function examined(one: TestProject): Promise<{ code: number | null; report: Report }> {
    const { code, output } = await one.startOurs("doctor", "--json").ended;
    // What it is doing goes to stderr, which is read here too.
    return { code, report: JSON.parse(output.slice(output.indexOf("{"))) as Report };
  }
});

function problemsIn({ checks }: Report): string[] {
  return checks.filter(({ status }) => status === "problem").map(({ name }) => name);
}

function foundBy({ checks }: Report, wanted: string): string {
  return checks.find(({ name }) => name === wanted)?.found ?? "";
}
