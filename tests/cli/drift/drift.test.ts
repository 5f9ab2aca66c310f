import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../../simulator";
import { CANARY, DriftedStack } from "./drifted-stack";

/** Class, resource, member, field. */
const EXPECTED = [
  ["role-promotion", "Role agent", undefined, "permissions"],
  ["role-promotion", "Roster crew", "rosa", "roleSid"],
  ["role-promotion", "Participant eve", "eve", "roleSid"],
  ["role-promotion", "Participant zed", "zed", "roleSid"],
  ["program-change", "Roster crew", "rex", ""],
  ["program-change", "Participant neu", "neu", ""],
  ["program-change", "Participant old", "old", ""],
  ["drift-reverted", "Roster crew", "rob", "attributes.team"],
  ["drift-reverted", "Participant bob", "bob", "attributes.team"],
  ["drift-reverted", "Participant bob", "bob", 'attributes["<b>@all|"]'],
  ["drift-reverted", "Participant sec", "sec", "attributes.more"],
  ["drift-reverted", "Participant sec", "sec", "attributes.pin"],
  ["drift-kept", "Participant eq", "eq", "attributes.team"],
  ["deleted-outside", "Roster crew", "ron", ""],
  ["deleted-outside", "Participant ann", "ann", ""],
  ["undeclared-member", "Conversation crew-room", "mallory", ""],
  ["undeclared-member", "Conversation desk", "mallet", ""],
];

interface JsonReport {
  readonly summary: string;
  readonly rows: Record<string, unknown>[];
}

describe("pulumi-twilio-conversations drift", () => {
  let simulator: Simulator;
  let stack: DriftedStack;
  before(async () => {
    simulator = await startSimulator();
    stack = await DriftedStack.create(simulator);
  });
  after(async () => {
    stack?.project.remove();
    await simulator?.close();
  });

  it("explains itself, and refuses a wrong command line in one sentence", async () => {
    const help = await stack.run("--help");
    equal(help.code, 0);
    match(help.stdout, /--format <format>[\s\S]*Exit codes: 0 nothing differs; 7 something does; 1 /);
    symlinkSync(join(stack.project.folder, "nothing"), join(stack.project.folder, "dangling"));
    const wrong: [string[], RegExp][] = [
      [["--format", "pdf"], /'pdf' is invalid/],
      [["--cwd", "nowhere"], /--cwd: there is no folder/],
      [["--cwd", "/"], /there is no Pulumi project/],
      [["--out", "dangling"], /--out: .*dangling is a link that leads nowhere/],
      [["--out", "Pulumi.yaml/report.html"], /--out: .*Pulumi\.yaml\/report\.html cannot be written/],
    ];
    for (const [args, message] of wrong) {
      const { code, stdout, stderr } = await stack.run(...args);
      deepEqual([code, stdout], [2, ""]);
      match(stderr, message);
      doesNotMatch(stderr, /\n\s+at /);
    }
  });

  it("says nothing in Markdown, and ends with 0, where nothing differs", async () => {
    const file = join(stack.project.folder, "reports/comment.md");
    const { code, stdout, stderr } = await stack.run("--format", "markdown", "--out", file);
    deepEqual([code, stdout, readFileSync(file, "utf8")], [0, "", ""], stderr);
    match(stderr, /Stack test: nothing differs in 12 resources\.\n$/);
  });

  it("sorts what differs, writes neither state nor Twilio, and shows no secret", async () => {
    await stack.drift();
    const state = stack.project.stateText();
    stack.selectOther();
    const selected = stack.settings();
    match(JSON.stringify(selected), /project\/other/);
    simulator.clearRequests();
    const { code, stdout, stderr } = await stack.run("--stack", "test", "--json");
    equal(code, 7, stderr);
    const report = JSON.parse(stdout) as JsonReport;
    deepEqual(
      report.rows.map((row) => [row["class"], row["resource"], row["member"], row["field"]]),
      EXPECTED,
    );
    equal(stack.project.stateText(), state);
    deepEqual(stack.settings(), selected);
    deepEqual([...new Set(simulator.requests().map(({ method }) => method))], ["GET"]);
    ok(!(stdout + stderr).includes(CANARY));
  });

  it("writes a page, with the credentials that the config has by now", async () => {
    const { accountSid, authToken } = simulator.account;
    const set = (...args: string[]) => stack.project.start("config", "set", ...args).ended;
    equal((await set("twilio:accountSid", accountSid)).code, 0);
    equal((await set("--secret", "twilio:authToken", authToken)).code, 0);
    Object.assign(stack.environment, { TWILIO_ACCOUNT_SID: "", TWILIO_AUTH_TOKEN: "" });
    const file = join(stack.project.folder, "drift.html");
    const { code, stdout, stderr } = await stack.run("--stack", "test", "--format", "html", "--out", file);
    Object.assign(stack.environment, simulator.env);
    deepEqual([code, stdout], [7, ""], stderr);
    const page = readFileSync(file, "utf8");
    match(page, /<!doctype html>[\s\S]*Participant eve/i);
    ok(!page.includes(CANARY) && !page.includes(authToken));
  }).timeout(60_000);

  it("puts several stacks into one table, with one line that counts", async () => {
    await stack.project.addStack("second");
    const { code, stdout, stderr } = await stack.run("--stack", "test", "second");
    equal(code, 7, stderr);
    const lines = stdout.trimEnd().split("\n");
    equal(lines.filter((line) => /^ +stack +resource +conversation +member /.test(line)).length, 1, stdout);
    match(stdout, /^ +test +Participant eve +desk +eve +roleSid /m);
    // The program is the same, and nothing of it is in this stack yet; Twilio has the other stack's conversation.
    match(stdout, /^ +second +Conversation desk +desk +not there +there +there$/m);
    match(stdout, /^ +second +Role agent +not there +not there +there$/m);
    match(lines.at(-1) ?? "", /^2 stacks: 4 changes of roles, \d+ program changes, /);
  }).timeout(60_000);

  it("fails in one sentence for a stack that is not there", async () => {
    const { code, stdout, stderr } = await stack.run("--stack", "nope");
    deepEqual([code, stdout], [1, ""]);
    // A slow machine says first what it is at.
    match(
      stderr,
      /^(Stack nope: .*\n)?pulumi-twilio-conversations: .* failed: no stack named 'nope' found\n$/,
    );
    doesNotMatch(stderr, /\n\s+at /);
  });
});
