import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../../simulator";
import { runBuilt } from "../../support/built-command";
import { stackEnvironment } from "../../support/stack/stack-folder";
import { TwilioAccount } from "../../support/twilio-account";
import { type Answers, FakePulumi } from "../fake-pulumi";

describe("pulumi-twilio-conversations import, of what is seldom there", () => {
  let simulator: Simulator;
  let pulumi: FakePulumi;
  before(async () => {
    simulator = await startSimulator();
    const account = new TwilioAccount(simulator);
    await account.conversation("desk");
    await account.post("/Conversations/desk/Webhooks", {
      Target: "studio",
      "Configuration.FlowSid": `FW${"1".repeat(32)}`,
    });
    await account.post("/Conversations/desk/Webhooks", {
      Target: "trigger",
      "Configuration.Url": "https://example.com/t",
      "Configuration.Method": "POST",
      "Configuration.Triggers": ["help", "stop"],
    });
    await account.conversation("shut");
    await account.post("/Conversations/shut/Participants", { Identity: "bob" });
    await account.post("/Conversations/shut", { State: "closed" });
    await account.post("/Credentials", { Type: "gcm", FriendlyName: "old phones", ApiKey: "key" });
  });
  after(() => simulator?.close());
  afterEach(() => pulumi.remove());

  const run = async (answers: Answers, ...args: string[]) => {
    pulumi = new FakePulumi(answers);
    const { folder, environment } = pulumi;
    const env = { ...environment, ...stackEnvironment(folder, simulator) };
    const ran = await runBuilt(["import", ...args], { cwd: folder, env });
    const program = () => readFileSync(join(folder, "imported/index.ts"), "utf8");
    return { ...ran, program };
  };
  const current = { version: { stdout: "v3.254.0\n" } };

  it("says which Pulumi the import file needs, where it is too old or not there", async () => {
    const old = await run({ version: { stdout: "v3.253.0\n" } }, "--all");
    match(old.stdout, /^- Pulumi 3\.254\.0 or later is needed .* here is v3\.253\.0: update it first\.$/m);
    const none = await run({}, "--all");
    match(none.stdout, /^- Pulumi 3\.254\.0 or later is needed .* none was found here\.$/m);
    const fit = await run(current, "--all");
    doesNotMatch(fit.stdout, /is needed/);
    deepEqual([old.code, none.code, fit.code], [0, 0, 0]);
  });

  it("writes through no link that leads nowhere without --force, and keeps a file's rights with it", async () => {
    pulumi = new FakePulumi(current);
    const { folder, environment } = pulumi;
    const out = join(folder, "imported");
    mkdirSync(out);
    symlinkSync(join(folder, "elsewhere"), join(out, "import.json"));
    const env = { ...environment, ...stackEnvironment(folder, simulator) };
    const refused = await runBuilt(["import", "--all"], { cwd: folder, env });
    match(refused.stderr, /nothing was written, since .*import\.json exists already/);
    deepEqual(
      [refused.code, readdirSync(out), existsSync(join(folder, "elsewhere"))],
      [1, ["import.json"], false],
    );
    writeFileSync(join(out, "index.ts"), "", { mode: 0o600 });
    equal((await runBuilt(["import", "--all", "--force"], { cwd: folder, env })).code, 0);
    equal(statSync(join(out, "index.ts")).mode & 0o777, 0o600);
  });

  it("leaves out closed conversations, and says so, unless they are named", async () => {
    const all = await run(current, "--all");
    match(all.stdout, /^- 1 closed conversation left out: name those that you want\.$/m);
    doesNotMatch(all.program(), /shut/);
    const named = await run(current, "--conversation", "shut");
    equal(named.code, 0, named.stderr);
    match(named.program(), /new Conversation\("shut", \{ uniqueName: "shut", state: "closed" \}\)/);
    match(named.program(), /bob: \{ identity: "bob" \}/);
  });

  it("writes each kind of webhook and credential with what belongs to it", async () => {
    const { program, stdout } = await run(current, "--all");
    match(program(), /target: "studio",\n {2}configuration: \{ flowSid: "FW1+" \}/);
    match(program(), /configuration: \{ url: "https:\/\/example\.com\/t", method: "post", triggers: \[/);
    match(program(), /\{ type: "gcm", friendlyName: "old phones", apiKey: oldPhonesApiKey \}/);
    match(stdout, /pulumi config set --secret oldPhonesApiKey$/m);
  });
});
