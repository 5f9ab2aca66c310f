import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flagsOf } from "../../provider/cli/try/flag";
import { participant } from "../../provider/resources";
import { type Simulator, startSimulator } from "../../simulator";
import { type Circumstances, type Ran, runBuilt } from "../support/built-command";

const CH = `CH${"0".repeat(31)}7`;
const ODD = `it's "quoted" $HOME \`date\` \\ & = % + @ 🙂\nsecond line`;

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const ran = await runBuilt(["try", ...args], { env });
  assert.doesNotMatch(ran.stderr, /\n\s+at /);
  return ran;
}

describe("pulumi-twilio-conversations try", () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ seed: { conversations: [{ sid: CH, uniqueName: "support" }] } });
  });
  after(() => simulator.close());

  it("prepares a participant, tries it on a simulator of its own and shows the answer", async () => {
    const attributes = '{"tier":"gold"}';
    const role = `RL${"a".repeat(32)}`;
    const { code, stdout, stderr } = await run([
      ...["participant", "--conversation-sid", CH, "--identity", "alice", "--attributes", attributes],
      ...["--role-sid", role, "--webhook-enabled"],
    ]);
    assert.deepEqual([code, stderr], [0, ""]);
    const [request, answer = ""] = stdout.split("\n\n");
    assert.equal(
      request,
      [
        `POST /v1/Conversations/${CH}/Participants`,
        "  X-Twilio-Webhook-Enabled: true",
        "  Identity=alice",
        `  Attributes=${attributes}`,
        `  RoleSid=${role}`,
      ].join("\n"),
    );
    const head = /^201 from a simulator started for this \(request id RQ[0-9a-f]{32}\)\n/.exec(answer)?.[0];
    assert.ok(head, answer);
    const { identity, role_sid, conversation_sid } = JSON.parse(answer.slice(head.length));
    assert.deepEqual([identity, role_sid, conversation_sid], ["alice", role, CH]);
  });

  it("gives a machine request and answer in one object with --json", async () => {
    const { code, stdout } = await run(["conversation", "delete", "--sid", CH, "--json"]);
    const { target, status, request, answer } = JSON.parse(stdout);
    assert.deepEqual([code, target, status, answer], [0, "simulator", 204, null]);
    assert.equal(request.method, "DELETE");
  });

  it("says what Twilio refuses, with exit code 1", async () => {
    const binding = ["--messaging-binding.address", "+14155550123", "--group-mms"];
    const { code, stdout } = await run(["participant", "--conversation-sid", CH, ...binding, "--json"]);
    const { status, error, requestId } = JSON.parse(stdout);
    assert.deepEqual([code, status, error.twilioCode], [1, 403, 50452]);
    assert.match(requestId, /^RQ/);
  });

  it("refuses all that a preview refuses, each by its option, with exit code 2 and nothing sent", async () => {
    const { code, stdout, stderr } = await run([
      ...["participant", "--conversation-sid", CH, "--messaging-binding.address", "+14155550123"],
      ...["--role-sid", "agent", "--attributes", "{"],
    ]);
    assert.deepEqual([code, stdout], [2, ""]);
    const lines = stderr.trim().split("\n");
    assert.equal(lines.length, 3, stderr);
    for (const option of ["--role-sid", "--attributes", "--messaging-binding.proxy-address"])
      assert.equal(lines.filter((line) => line.startsWith(`${option}: `)).length, 1, option);
    assert.match(stderr, /Twilio error 50412/);
  });

  const wrong: [what: string, args: string[], message: RegExp][] = [
    ["an unknown resource", ["partcipant"], /unknown command 'partcipant'/],
    ["an unknown field", ["participant", "--identiy", "alice"], /Did you mean --identity\?/],
    ["--live with nobody to ask", ["conversation", "--live"], /add --yes/],
    ["no resource", [], /Commands:[\s\S]*participant/],
  ];
  it("refuses a wrong command line in one clear message, with exit code 2", async () => {
    const ended = await Promise.all(wrong.map(([, args]) => run(args)));
    for (const [at, [what, , message]] of wrong.entries()) {
      assert.deepEqual([ended[at]?.code, ended[at]?.stdout], [2, ""], what);
      assert.match(ended[at]?.stderr ?? "", message, what);
    }
  });

  it("sends to the account with --live --yes, and says what came back", async () => {
    const args = [
      "participant",
      "--conversation-sid",
      "support",
      "--identity",
      "live-alice",
      "--live",
      "--yes",
    ];
    const first = await run(args, simulator.env);
    assert.equal(first.code, 0, first.stdout + first.stderr);
    assert.match(first.stdout, /\n201 from Twilio \(request id RQ/);
    assert.equal(
      simulator.participants("support").filter((row) => row["identity"] === "live-alice").length,
      1,
    );
    const second = await run(args, simulator.env);
    assert.equal(second.code, 1);
    assert.match(second.stdout, /\n409 from Twilio \(request id RQ[0-9a-f]+\)\n.*Twilio error 50433/);
  });

  it("says that a login is wrong without showing it, and what is missing without one", async () => {
    const wrongToken = { ...simulator.env, TWILIO_AUTH_TOKEN: "not-the-token" };
    const refused = await run(["conversation", "--live", "--yes", "--json"], wrongToken);
    assert.deepEqual([refused.code, JSON.parse(refused.stdout).status], [1, 401]);
    assert.doesNotMatch(refused.stdout + refused.stderr, /not-the-token/);
    const missing = await run(["conversation", "--live", "--yes"]);
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /No Twilio credentials: looked for TWILIO_ACCOUNT_SID/);
  });

  it("sends nothing with a key of another account than is named", async () => {
    const { apiKey, apiSecret } = simulator.addAccount();
    const key = { TWILIO_AUTH_TOKEN: "", TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret };
    simulator.clearRequests();
    const { code, stderr } = await run(["conversation", "--live", "--yes"], { ...simulator.env, ...key });
    assert.equal(code, 1);
    assert.match(stderr, /they belong to account AC/);
    assert.deepEqual(
      simulator.requests().map(({ method, path }) => `${method} ${path}`),
      ["GET /v1/Configuration"],
    );
  });

  it("shows no secret of a request", async () => {
    const args = ["credential", "--type", "fcm", "--friendly-name", "push", "--secret", "hush-hush-hush"];
    const { code, stdout, stderr } = await run(args);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /Secret=\[hidden\]/);
    assert.doesNotMatch(stdout + stderr, /hush-hush/);
  });

  it("takes a secret from a file, the environment and standard input, and sends it alike", async () => {
    const folder = mkdtempSync(join(tmpdir(), "secrets-"));
    const file = join(folder, "server key");
    writeFileSync(file, "hush-hush-hush");
    const args = ["credential", "--type", "fcm", "--live", "--yes", "--json", "--secret"];
    const sources: [given: string, circumstances: Circumstances][] = [
      [`@${file}`, {}],
      ["env:SERVER_KEY", { env: { SERVER_KEY: "hush-hush-hush" } }],
      ["-", { input: "hush-hush-hush\n" }],
    ];
    for (const [given, { env, input }] of sources) {
      const { code, stdout, stderr } = await runBuilt(["try", ...args, given], {
        env: { ...simulator.env, ...env },
        ...(input !== undefined && { input }),
      });
      assert.deepEqual([code, stderr], [0, ""], stdout);
      const { sid } = JSON.parse(stdout).answer;
      assert.deepEqual(simulator.untold(sid), { secret: "hush-hush-hush" });
      assert.doesNotMatch(stdout, /hush/);
    }
    const asked = await runBuilt(["try", "credential", "--type", "fcm", "--live", "--secret", "-"], {
      env: simulator.env,
      input: "hush\n",
    });
    assert.deepEqual([asked.code, asked.stdout], [2, ""]);
    assert.match(asked.stderr, /add --yes/);
    if (await has("curl")) {
      const printed = await run(
        ["credential", "--type", "fcm", "--secret", `@${file}`, "--format", "curl"],
        simulator.env,
      );
      assert.doesNotMatch(printed.stdout, /hush/);
      const { sid } = JSON.parse(
        await shell(`${printed.stdout.trim()} --silent --show-error`, simulator.env),
      );
      assert.deepEqual(simulator.untold(sid), { secret: "hush-hush-hush" });
    } else console.log("      no curl on PATH: its line is not run");
    rmSync(folder, { recursive: true });
  });

  it("prints a line for curl that does what it says, whatever the values hold", async function () {
    const args = ["message", "--conversation-sid", CH, "--body", ODD, "--attributes", `{"odd":"it's"}`];
    const { code, stdout } = await run([...args, "--webhook-enabled", "--format", "curl"], simulator.env);
    assert.equal(code, 0);
    assert.doesNotMatch(stdout, new RegExp(simulator.account.authToken));
    if (!(await has("curl"))) {
      console.log("      no curl on PATH: its line is not run");
      this.skip();
    }
    const answer = JSON.parse(await shell(`${stdout.trim()} --silent --show-error`, simulator.env));
    assert.deepEqual([answer.body, JSON.parse(answer.attributes)], [ODD, { odd: "it's" }]);
    assert.equal(simulator.requests().at(-1)?.headers["x-twilio-webhook-enabled"], "true");
  });

  it("prints a task for Conductor that does what it says", async () => {
    const args = [
      "message",
      "--conversation-sid",
      CH,
      "--body",
      ODD,
      "--webhook-enabled",
      "--format",
      "http-task",
    ];
    const { stdout } = await run(args, simulator.env);
    const task = JSON.parse(stdout);
    assert.deepEqual(
      [task.type, task.name, task.taskReferenceName],
      ["HTTP", "create_message", "create_message_ref"],
    );
    const { uri, method, headers, contentType, body } = task.inputParameters.http_request;
    const { accountSid, authToken } = simulator.account;
    const login = Buffer.from(`${accountSid}:${authToken}`).toString("base64");
    const authorization = headers.Authorization.replace("${workflow.input.twilioBasicAuth}", login);
    const answer = await fetch(uri, {
      method,
      headers: { ...headers, Authorization: authorization, "Content-Type": contentType },
      body,
    });
    assert.equal(answer.status, 201);
    assert.equal(((await answer.json()) as { body: string }).body, ODD);
  });

  it("lists every field with its doc in --help, and the exit codes", async () => {
    const { code, stdout } = await run(["participant", "--help"]);
    assert.equal(code, 0);
    assert.match(stdout, /Exit codes: 0 .*; 1 .*; 2 /);
    for (const { name } of flagsOf(participant))
      assert.match(stdout, new RegExp(`\\n  ${name.replaceAll(".", "\\.")} .*\\n {6}[A-Z\`]`), name);
  });
});

function has(program: string): Promise<boolean> {
  return new Promise((done) => execFile(program, ["--version"], (error) => done(error === null)));
}

function shell(line: string, env: Record<string, string>): Promise<string> {
  return new Promise((done, fail) => {
    execFile("sh", ["-c", line], { env: { ...process.env, ...env } }, (error, stdout) =>
      error === null ? done(stdout) : fail(error),
    );
  });
}
