import { deepEqual, equal, match } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Simulator, startSimulator } from "../../../simulator";
import { estate } from "../../fault/crash/estate/estate";
import { readState } from "../../support/stack/stack-folder";
import { TestProject } from "../../support/stack/test-project";
import type { Declared } from "../../types/in-estate";

const OTHER: Declared = { type: "Conversation", name: "other", args: { uniqueName: "other" } };
/** With it, all that is in the stack goes. */
const ROOT = "urn:pulumi:source::project::pulumi:pulumi:Stack::project-source";
const FLAGS = "--yes --skip-preview --suppress-progress";

/** The blocks of docs/import.md on moving between stacks: the move, the two previews, the passphrase. */
const page = readFileSync(resolve(__dirname, "../../../docs/import.md"), "utf8");
const [, section = ""] = page.split("## What another stack of yours has");
const [move = "", previews = "", passphrase = ""] = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(
  ([, block]) => block ?? "",
);
const moveOf = (urn: string) => move.replace(/'urn:[^']*'/, `'${urn}'`);

describe("Resources that are moved to another stack", () => {
  const declared = estate({ districts: 1 });
  let simulator: Simulator;
  let project: TestProject;

  before(async () => {
    simulator = await startSimulator();
    const program = require.resolve("../../support/stack/declare-by-stack.cjs");
    // The stacks have their credentials by themselves, and each others.
    const env = { TWILIO_ACCOUNT_SID: "", TWILIO_AUTH_TOKEN: "" };
    project = await TestProject.create(simulator, program, { source: declared, dest: [OTHER] }, env);
    const { accountSid, authToken, apiKey, apiSecret } = simulator.account;
    const config: Readonly<Record<string, string>> = {
      source: `--plaintext twilio:accountSid=${accountSid} --secret twilio:authToken=${authToken}`,
      dest: `--plaintext twilio:accountSid=${accountSid} --plaintext twilio:apiKey=${apiKey} --secret twilio:apiSecret=${apiSecret}`,
    };
    for (const [stack, values] of Object.entries(config)) {
      await run(`export PULUMI_CONFIG_PASSPHRASE=${stack}
pulumi stack init ${stack} --no-select --non-interactive
pulumi config set-all --stack ${stack} ${values}
pulumi up ${FLAGS} --stack ${stack}`);
    }
  });
  after(async () => {
    project?.remove();
    await simulator?.close();
  });

  async function run(script: string): Promise<string> {
    const { code, output } = await project.startShell(script).ended;
    equal(code, 0, output);
    return output;
  }
  async function refused(script: string): Promise<string> {
    const { code, output } = await project.startShell(script).ended;
    equal(code, 1, output);
    return output;
  }
  const urns = (stack: string) => readState(project.folder, "project", stack).resources.map(({ urn }) => urn);
  const onlyMove = moveOf(ROOT).trimEnd().split("\n").at(-1) ?? "";

  it("are refused by the engine where the passphrases differ, until the documented line", async () => {
    const passphraseOf = (stack: string) => `export PULUMI_CONFIG_PASSPHRASE=${stack} DEST_PASSPHRASE=dest\n`;
    match(await refused(passphraseOf("source") + onlyMove), /incorrect passphrase/);
    await run(passphraseOf("source") + passphrase);
    match(
      await refused(passphraseOf("dest") + onlyMove),
      /:pulumi-nodejs::default already exists in destination stack/,
    );
  });

  it("go with the documented lines, and nothing is sent to Twilio", async () => {
    simulator.clearRequests();
    const moved = urns("source");
    await run(`export PULUMI_CONFIG_PASSPHRASE=dest\n${moveOf(ROOT)}`);
    for (const name of ["source.json", "moving.json"]) equal(existsSync(join(project.folder, name)), false);
    deepEqual(urns("source"), []);
    const renamed = moved.map((urn) => urn.replace("urn:pulumi:source::", "urn:pulumi:dest::"));
    deepEqual(
      urns("dest")
        .filter((urn) => !urn.endsWith("::other"))
        .sort(),
      renamed.sort(),
    );
    deepEqual(simulator.requests(), []);
  });

  it("are then as declared in the destination, and `up` writes nothing to Twilio", async () => {
    project.declare({ source: [], dest: [...declared, OTHER] });
    await run(`export PULUMI_CONFIG_PASSPHRASE=dest
${previews}
pulumi up ${FLAGS} --expect-no-changes --stack dest`);
    const writes = simulator.requests().filter(({ method }) => method !== "GET");
    deepEqual(writes, []);
  });

  it("go without further ado to a stack that has never been up, whatever its config", async () => {
    project.declare({ fresh: declared, dest: [OTHER] });
    const root = "urn:pulumi:dest::project::pulumi:pulumi:Stack::project-dest";
    const other = "urn:pulumi:dest::project::pulumi-nodejs:dynamic/twilio:Conversation::other";
    equal(urns("dest").includes(other), true);
    await run(`export PULUMI_CONFIG_PASSPHRASE=dest
pulumi stack init fresh --no-select --non-interactive
pulumi config set-all --stack fresh --plaintext twilio:accountSid=${simulator.account.accountSid} \\
  --secret twilio:authToken=${simulator.account.authToken} --plaintext environment=fresh
${onlyMove.replace(ROOT, root).replace("--source source --dest dest", "--source dest --dest fresh")}`);
    project.declare({ fresh: [...declared, OTHER] });
    await run(`export PULUMI_CONFIG_PASSPHRASE=dest
pulumi preview --refresh --expect-no-changes --stack fresh`);
  });
});
