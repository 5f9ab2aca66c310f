import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { withDefaults } from "../default-options";
import { type Answers, FakePulumi } from "../fake-pulumi";
import { recover } from "./killed-stack";

const TYPE = "pulumi-nodejs:dynamic/twilio:Participant";
const BUCKET = JSON.stringify({ user: "ann", url: "s3://states?region=x" });
/** Nobody sees a lock there. */
const FORCED = ["--yes", "--force-unlock", "dev"];
const CLOUD = JSON.stringify({ user: "ann", url: "https://api.pulumi.com" });

function deployment(...pending: { type: string; resource: { urn: string; type: string } }[]): string {
  return JSON.stringify({ version: 3, deployment: { resources: [], pending_operations: pending } });
}
const creating = (urn: string, type = TYPE) => ({ type: "creating", resource: { urn, type } });

describe("pulumi-twilio-conversations recover, where the state is no folder", () => {
  let pulumi: FakePulumi;
  afterEach(() => pulumi.remove());

  const run = (answers: Answers, ...args: string[]) => {
    pulumi = new FakePulumi(answers);
    return recover(withDefaults({ "--cwd": pulumi.folder, "--stack": "dev" }, args), pulumi.environment);
  };
  const commands = () => pulumi.calls().map(({ command }) => command);

  it("cancels what may be there, and imports the state without what is pending", async () => {
    const exported = deployment(creating("urn:alice"));
    const answers = {
      whoami: { stdout: BUCKET },
      "stack export": { stdout: exported },
      cancel: {},
      "stack history": { stdout: "[]" },
      "stack import": {},
    };
    const { code, stdout } = await run(answers, ...FORCED);
    equal(code, 0, stdout);
    match(
      stdout,
      /^Stack dev in s3:\/\/states\n.*lock cannot be seen in s3.*\n.*creating urn:alice: .*adopts it/,
    );
    match(stdout, /Next: pulumi up --stack dev/);
    deepEqual(commands(), [
      "whoami --verbose --json",
      "stack export --stack dev",
      "cancel --yes --stack dev",
      "stack history --json --stack dev",
      "stack export --stack dev",
      "stack import --stack dev",
      "stack history --json --stack dev",
    ]);
    equal(pulumi.calls().at(-2)?.input, exported);
  });

  it("changes nothing without a terminal and without --yes", async () => {
    const { code, stdout } = await run({
      whoami: { stdout: BUCKET },
      "stack export": { stdout: deployment() },
    });
    equal(code, 1);
    match(stdout, /Nothing was changed/);
    deepEqual(commands().slice(2), []);
  });

  it("does not import where that would lose a creation of another provider", async () => {
    const exported = deployment(creating("urn:alice"), creating("urn:bucket", "aws:s3/bucket:Bucket"));
    const { stdout } = await run(
      { whoami: { stdout: BUCKET }, "stack export": { stdout: exported }, cancel: {} },
      ...FORCED,
    );
    match(stdout, /note .*urn:bucket: of another provider.*pulumi refresh/);
    deepEqual(commands().slice(2), ["cancel --yes --stack dev"]);
  });

  it("says that it cannot mend a broken state there", async () => {
    const stderr = "error: could not get deployment: failed to load checkpoint: EOF\n";
    const ran = await run({ whoami: { stdout: BUCKET }, "stack export": { stderr, code: 255 } }, "--yes");
    equal(ran.code, 1);
    match(ran.stderr, /failed to load checkpoint: EOF\n.*backends of files alone.*by hand/);
    deepEqual(commands().slice(2), []);
  });

  const updates: [string, boolean, number, RegExp, string[]][] = [
    [
      "cancels an update that Pulumi Cloud holds for running",
      true,
      0,
      /in progress, or was killed/,
      ["cancel"],
    ],
    ["finds nothing to mend in Pulumi Cloud", false, 0, /Nothing to mend\./, []],
  ];
  for (const [what, updateInProgress, code, message, expected] of updates)
    it(what, async () => {
      const stacks = [
        { name: "prod", updateInProgress: true },
        { name: "dev", updateInProgress },
      ];
      const ran = await run(
        {
          whoami: { stdout: CLOUD },
          "stack export": { stdout: deployment() },
          "stack ls": { stdout: JSON.stringify(stacks) },
          cancel: {},
        },
        ...FORCED,
      );
      equal(ran.code, code, ran.stderr);
      match(ran.stdout, message);
      deepEqual(
        commands()
          .slice(3)
          .map((command) => command.split(" ")[0]),
        expected,
      );
    });

  for (const [stack, asked] of [
    ["dev", "stack ls --json"],
    ["acme/dev", "stack ls --json --organization acme"],
    ["acme/other/dev", "stack ls --json --organization acme --project other"],
  ] as const)
    it(`asks Pulumi Cloud where the stack is, not where the project is: ${stack}`, async () => {
      const stacks = [{ name: stack, updateInProgress: true }];
      const answers = {
        whoami: { stdout: CLOUD },
        "stack export": { stdout: deployment() },
        [asked]: { stdout: JSON.stringify(stacks) },
      };
      const ran = await run(answers, "--stack", stack);
      match(ran.stdout, /in progress, or was killed/);
      equal(commands().at(-1), asked);
    });

  it("says what Pulumi says when a command fails, and ends with exit code 1", async () => {
    const cancel = { stderr: "error: [409] Conflict\n", code: 255 };
    const ran = await run(
      { whoami: { stdout: BUCKET }, "stack export": { stdout: deployment() }, cancel },
      ...FORCED,
    );
    equal(ran.code, 1);
    match(
      ran.stderr,
      /^pulumi-twilio-conversations: `pulumi cancel --yes --stack dev` failed: \[409\] Conflict\n$/,
    );
  });

  it("says that the lock was cancelled where the rest fails", async () => {
    const answers = {
      whoami: { stdout: BUCKET },
      "stack export": { stdout: deployment(creating("urn:alice")) },
      cancel: {},
      "stack history": { stdout: "[]" },
      "stack import": { stderr: "error: passphrase must be set\n", code: 255 },
    };
    const ran = await run(answers, ...FORCED);
    equal(ran.code, 1);
    match(
      ran.stderr,
      /the lock was cancelled, but `pulumi stack import --stack dev` failed: passphrase must be set/,
    );
  });

  it("says that nobody is logged in, in Pulumi's words", async () => {
    const whoami = { stderr: "error: PULUMI_ACCESS_TOKEN must be set for login\n", code: 1 };
    const ran = await run({ whoami });
    deepEqual([ran.code, ran.stdout], [1, ""]);
    match(ran.stderr, /whoami.*failed: PULUMI_ACCESS_TOKEN must be set/);
  });

  it("says that there is no Pulumi", async () => {
    pulumi = new FakePulumi({});
    const ran = await recover(["--cwd", pulumi.folder, "--stack", "dev"], {
      ...pulumi.environment,
      PATH: "/nowhere",
    });
    equal(ran.code, 1);
    match(ran.stderr, /there is no `pulumi` on PATH/);
    doesNotMatch(ran.stderr, /\n\s+at /);
  });
});
