import { deepEqual, equal, match } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Simulator, startSimulator } from "../../../simulator";
import { stackEnvironment } from "../../support/stack/stack-folder";
import { FakePulumi } from "../fake-pulumi";
import { checkOf, doctor, problemsIn, reportOf } from "./doctor-report";

describe("pulumi-twilio-conversations doctor, on a machine that lacks things", () => {
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
      await doctor(["--cwd", pulumi.folder, "--stack", "dev", "--json"], {
        ...pulumi.environment,
        ...stackEnvironment(pulumi.folder, simulator),
        PULUMI_BACKEND_URL: "",
        PATH: pulumi.folder,
        TWILIO_ACCOUNT_SID: "",
        TWILIO_AUTH_TOKEN: "",
      }),
    );
    equal(code, 1);
    deepEqual(problemsIn(report), ["node", "pulumi", "language host", "provider package", "Pulumi SDK"]);
    match(checkOf(report, "node").cure ?? "", /needs Node 22\.12 or newer, this is v20\.11\.0/);
    match(checkOf(report, "pulumi").found, /v3\.215\.0: the provider needs 3\.216\.0/);
    match(
      checkOf(report, "language host").found,
      /pulumi-language-nodejs and pulumi-resource-pulumi-nodejs not/,
    );
    // In a bucket nobody sees whether a run is under way.
    equal(checkOf(report, "stack").status, "warning");
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
      await doctor(["--cwd", bare, "--stack", "dev", "--json"], {
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
      await doctor(["--cwd", pulumi.folder, "--json"], { ...environment, PULUMI_BACKEND_URL: "" }),
    );
    equal(code, 1);
    match(checkOf(report, "project").found, /no project name/);
    deepEqual(
      ["pulumi", "Twilio", "backend", "stack"].map((name) => checkOf(report, name).status),
      ["ok", "ok", "ok", "warning"],
    );
  });
});
