import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../../simulator";
import { isSoak, measured } from "../../support/soak";
import { TestProject } from "../../support/stack/test-project";
import { compilerComplaints, formatted, useTypeScript } from "../../support/stack/typescript-program";
import { fill, MEMBERS } from "./live-account";

const KINDS = ["participants", "roster"];

describe("pulumi-twilio-conversations import", () => {
  let simulator: Simulator;
  let project: TestProject;
  before(async () => {
    simulator = await startSimulator();
    await fill(simulator);
    project = await TestProject.create(simulator, require.resolve("../../support/stack/declare-all.cjs"), []);
    useTypeScript(project);
  });
  after(async () => {
    project?.remove();
    await simulator?.close();
  });

  for (const kind of KINDS)
    it(`takes over everything with GETs alone, as ${kind}, and then no preview shows a change`, async () => {
      project.forget();
      simulator.clearRequests();
      const { code, output } = await project.startOurs(
        "import",
        "--all",
        "--user-conversations",
        "--as",
        kind,
        "--out",
        ".",
        "--force",
      ).ended;
      assert.equal(code, 0, output);
      cpSync(join(project.folder, "index.ts"), join(project.folder, `${kind}.ts`));
      assert.deepEqual([...new Set(simulator.requests().map(({ method }) => method))], ["GET"]);
      await project.setSecrets([...output.matchAll(/config set --secret (\w+)/g)].map(([, key = ""]) => key));
      const startedMs = Date.now();
      await done(project, "import", "--file", "import.json", ...IMPORT_FLAGS);
      const { resources } = JSON.parse(readFileSync(join(project.folder, "import.json"), "utf8")) as Written;
      assert.equal(project.state().resources.length, resources.length);
      const types = new Set(resources.map(({ type }) => type.slice(type.lastIndexOf(":") + 1)));
      assert.deepEqual([...types].sort(), kindsWith(kind));
      await done(project, "preview", "--expect-no-changes", "--diff");
      await done(project, "preview", ...PREVIEW_FLAGS, "--diff");
      // A preview compares inputs alone; what is recorded besides has to be what the provider reads.
      const recorded = outputsIn(project);
      await done(project, "refresh", "--yes", "--skip-preview");
      assert.deepEqual(outputsIn(project), recorded);
      measured(`import of ${MEMBERS} members as ${kind}, with two previews`, `${Date.now() - startedMs} ms`);
      assert.deepEqual([...new Set(simulator.requests().map(({ method }) => method))], ["GET"]);
      assert.equal(project.stateText().includes("hidden"), false);
    }).timeout(isSoak ? 600_000 : 120_000);

  it("writes what the compiler and the formatter leave as it is", async () => {
    const files = KINDS.map((kind) => join(project.folder, `${kind}.ts`));
    assert.equal(compilerComplaints(files, project.folder), "");
    for (const file of files) {
      const written = readFileSync(file, "utf8");
      // Twilio makes it when the member joins.
      assert.match(
        written,
        /new UserConversation\([^;]*dependsOn: (supportEuParticipants|\[supportEuRoster\])/,
      );
      assert.equal(formatted(written), written);
    }
  }).timeout(60_000);

  it("overwrites nothing unless told to", async () => {
    const file = join(project.folder, "index.ts");
    writeFileSync(file, "// mine\n");
    const { code, output } = await project.startOurs("import", "--all", "--out", ".").ended;
    assert.equal(code, 1);
    assert.match(output, /index\.ts.* --force/);
    assert.equal(readFileSync(file, "utf8"), "// mine\n");
  });

  it("reads the conversations that are named, and says which is not there", async () => {
    const some = await project.startOurs("import", "--conversation", "support-eu", "--out", "some", "--json")
      .ended;
    assert.equal(some.code, 0, some.output);
    const text = readFileSync(join(project.folder, "some/index.ts"), "utf8");
    assert.match(text, /new Conversation\("support-eu"/);
    assert.doesNotMatch(text, /new (User|Credential|Webhooks|AddressConfiguration)\(/);
    const none = await project.startOurs("import", "--conversation", "nobody", "--out", "none").ended;
    assert.equal(none.code, 1);
    assert.match(none.output, /there is no conversation nobody/);
    assert.equal(existsSync(join(project.folder, "none")), false);
  });

  it("reads one service alone, with all it has", async () => {
    const sid = String(
      simulator.services().find((one) => one["friendly_name"] === "Second: Zürich")?.["sid"],
    );
    const { code, output } = await project.startOurs("import", "--service", sid, "--out", "second").ended;
    assert.equal(code, 0, output);
    assert.match(
      output,
      /^- 1 user of Service Second: Zürich left out: Twilio makes one when its identity joins a conversation\.$/m,
    );
    const text = readFileSync(join(project.folder, "second/index.ts"), "utf8");
    const made = [...text.matchAll(/new (\w+)\(/g)].map(([, type]) => type);
    assert.deepEqual(made.sort(), [
      "Conversation",
      "Participant",
      "Role",
      "Service",
      "ServiceConfiguration",
      "ServiceNotifications",
      "ServiceWebhooks",
    ]);
  });

  it("refuses a command line that says nothing, or too much", async () => {
    for (const args of [
      [],
      ["--all", "--conversation", "x"],
      ["--all", "--as", "x"],
      ["--all", "--service", "x"],
    ])
      assert.equal((await project.startOurs("import", ...args).ended).code, 2, args.join(" "));
  });
});

/** The two lines of docs/import.md that follow the command, without a terminal. */
const page = readFileSync(join(__dirname, "../../../docs/import.md"), "utf8");
const flagsAfter = (command: string) => {
  const [, flags] = new RegExp(`^\\$ pulumi ${command} (.*)$`, "m").exec(page) ?? [];
  assert.ok(flags, command);
  return flags.split(" ");
};
const IMPORT_FLAGS = [...flagsAfter("import --file imported/import.json"), "--yes", "--suppress-progress"];
const PREVIEW_FLAGS = flagsAfter("preview");

interface Written {
  readonly resources: readonly { readonly type: string }[];
}

/** By URN; without what is encrypted, which is another text each time. */
function outputsIn(project: TestProject) {
  const rows = project.state().resources.map(({ urn, outputs: { before: _secret, ...rest } }) => [urn, rest]);
  return Object.fromEntries(rows);
}

function kindsWith(members: string): string[] {
  return [
    "AddressConfiguration",
    "Configuration",
    "Conversation",
    "ConversationWebhook",
    "Credential",
    members === "roster" ? "Roster" : "Participant",
    "Role",
    "Service",
    "ServiceConfiguration",
    "ServiceNotifications",
    "ServiceWebhooks",
    "User",
    "UserConversation",
    "Webhooks",
  ].sort();
}

async function done(project: TestProject, ...args: string[]): Promise<void> {
  const { code, output } = await project.start(...args).ended;
  assert.equal(code, 0, `pulumi ${args.join(" ")}:\n${output.slice(0, 6_000)}`);
}
