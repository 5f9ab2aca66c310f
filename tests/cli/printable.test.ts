import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { type Ran, runBuilt } from "../support/built-command";
import { HOSTILE, STEERING } from "../support/steering";
import { TwilioAccount } from "../support/twilio-account";
import { BackendFolder } from "../unit/cli/recover/folder";
import { state } from "../unit/cli/recover/states";
import { type Answers, FakePulumi } from "./fake-pulumi";

const CH = `CH${"0".repeat(31)}7`;
/** What a header can hold of it. */
const IN_HEADER = "ca\u009b2J\u0085nary";
/** What an answer shows of it. */
const SEEN = /ca\\+u00(1b|9b)/;

describe("What comes from outside, in what the commands print", () => {
  let simulator: Simulator;
  let hostile: Server;
  let folder: string;
  let backend: BackendFolder;
  const pulumis: FakePulumi[] = [];
  /** What the server of somebody else answers. */
  let answer = { status: 400, type: "application/json", body: "" };

  before(async () => {
    simulator = await startSimulator({ seed: { conversations: [{ sid: CH, uniqueName: "desk" }] } });
    const account = new TwilioAccount(simulator);
    const role = (await account.role("agent")).sid;
    const member = (await account.post(`/Conversations/${CH}/Participants`, { Identity: "alice" })).sid;
    for (const sid of [CH, role]) simulator.change(sid, { friendly_name: HOSTILE });
    simulator.change(CH, {
      unique_name: `desk ${HOSTILE}`,
      attributes: JSON.stringify({ [HOSTILE]: HOSTILE }),
    });
    simulator.change(member, { attributes: JSON.stringify({ a: HOSTILE }) });
    hostile = createServer((_, response) => {
      response.writeHead(answer.status, { "content-type": answer.type, "twilio-request-id": IN_HEADER });
      response.end(answer.body);
    }).listen(0, "127.0.0.1");
    folder = mkdtempSync(join(tmpdir(), "twilio-conversations-printable-"));
    backend = new BackendFolder();
  });
  after(async () => {
    for (const pulumi of pulumis) pulumi.remove();
    rmSync(folder, { recursive: true, force: true });
    backend?.remove();
    hostile?.close();
    await simulator?.close();
  });

  const hostileEnv = () => ({
    ...simulator.env,
    TWILIO_CONVERSATIONS_URL: `http://127.0.0.1:${(hostile.address() as AddressInfo).port}`,
  });
  const withPulumi = (answers: Answers) => {
    const pulumi = new FakePulumi(answers);
    pulumis.push(pulumi);
    return { cwd: pulumi.folder, env: { ...simulator.env, ...pulumi.environment } };
  };

  function assertPrintable({ stdout, stderr }: Ran): void {
    for (const text of [stdout, stderr]) doesNotMatch(text, STEERING);
    match(stdout + stderr, SEEN);
  }

  const refusals: [what: string, status: number, type: string, body: string][] = [
    [
      "a message and request id of Twilio's",
      400,
      "application/json",
      JSON.stringify({ code: 20001, message: HOSTILE }),
    ],
    ["a content type", 200, IN_HEADER, "<html>"],
    ["a request id alone", 403, "application/json", "{}"],
  ];
  for (const [what, status, type, body] of refusals)
    it(`is shown as escapes of ${what}, by whatever command asks`, async () => {
      answer = { status, type, body };
      const env = { ...hostileEnv(), TWILIO_CONVERSATIONS_TIMEOUT_SECONDS: "1" };
      const pulumi = withPulumi({
        "config --json": { stdout: '{"twilio:timeoutSeconds":{"value":"1"}}' },
        version: { stdout: "v3.255.0" },
      });
      const at = { cwd: pulumi.cwd, env: { ...pulumi.env, ...env, PATH: pulumi.env.PATH } };
      const stack = ["--stack", "dev"];
      const commands = [
        ["try", "conversation", "list", "--live", "--yes", ...stack],
        ["try", "conversation", "list", "--live", "--yes", "--json", ...stack],
        ["import", "--all", "--out", join(folder, "none"), ...stack],
      ];
      for (const ran of await Promise.all(commands.map((args) => runBuilt(args, at)))) assertPrintable(ran);
    });

  it("is shown as escapes of names and attributes, in JSON with their meaning", async () => {
    const fetched = await runBuilt(
      ["try", "conversation", "fetch", "--sid", CH, "--live", "--yes", "--json"],
      {
        env: simulator.env,
      },
    );
    assertPrintable(fetched);
    equal(JSON.parse(fetched.stdout).answer.friendly_name, HOSTILE);
    const told = await runBuilt(["try", "conversation", "fetch", "--sid", CH, "--live", "--yes"], {
      env: simulator.env,
    });
    assertPrintable(told);
    const out = join(folder, "imported");
    for (const more of [[], ["--json", "--force"]]) {
      const { code, stdout, stderr } = await runBuilt(["import", "--all", "--out", out, ...more], {
        env: simulator.env,
      });
      equal(code, 0, stderr);
      doesNotMatch(stdout + stderr, STEERING);
    }
    for (const name of ["index.ts", "import.json"]) {
      const text = readFileSync(join(out, name), "utf8");
      doesNotMatch(text, STEERING);
      ok(text.includes("ca\\u001b[31mna"), name);
    }
  });

  it("is shown as escapes of what is typed, and a line for curl sends it all the same", async () => {
    const typed = HOSTILE.replaceAll("\0", "");
    const args = ["message", "--conversation-sid", CH, "--body", typed, "--author", "alice"];
    const { stdout } = await runBuilt(["try", ...args, "--format", "curl"], { env: simulator.env });
    doesNotMatch(stdout, STEERING);
    const [, body = ""] = /--data 'Body=([^']*)'/.exec(stdout) ?? [];
    equal(new URLSearchParams(`Body=${body}`).get("Body"), typed);
    for (const wrong of [
      ["try", typed],
      ["try", "message", `--${typed}`],
      [typed],
      ["drift", "--cwd", typed],
    ])
      assertPrintable(await runBuilt(wrong, { cwd: folder }));
  });

  it("is shown as escapes of what Pulumi says", async () => {
    const failing = { stderr: `error: ${HOSTILE}\n`, code: 255 };
    answer = {
      status: 403,
      type: "application/json",
      body: JSON.stringify({ code: 20403, message: HOSTILE }),
    };
    const cases: [args: string[], answers: Answers][] = [
      [["drift"], { "config --json": failing }],
      [["drift"], { "config --json": { stdout: "{}" }, version: { stdout: "v3.255.0" }, preview: failing }],
      [["doctor"], { "config --json": failing, version: failing, about: failing }],
      [["doctor", "--json"], { "config --json": failing, version: { stdout: HOSTILE } }],
      [["recover", "--yes"], { whoami: failing }],
      [
        ["recover", "--yes"],
        {
          whoami: { stdout: JSON.stringify({ user: HOSTILE, url: `s3://${HOSTILE}` }) },
          "stack export": failing,
        },
      ],
    ];
    const asked = cases.map(([args, answers]) => {
      const { cwd, env } = withPulumi(answers);
      return runBuilt([...args, "--stack", "dev"], { cwd, env: { ...env, ...hostileEnv() } });
    });
    for (const ran of await Promise.all(asked)) assertPrintable(ran);
  });

  it("is shown as escapes of a lock and of what a state holds for pending", async () => {
    const timestamp = new Date().toISOString();
    const lock = { pid: 7, username: HOSTILE, hostname: HOSTILE, timestamp };
    backend.put(backend.place.meta, "version: 1\n");
    backend.put(join(backend.place.locks, "run.json"), JSON.stringify(lock));
    const pending = ["creating", "updating", "deleting"].map((type) => ({
      type,
      urn: `urn:pulumi:dev::${HOSTILE}`,
    }));
    backend.put(
      backend.state,
      state({ pending: [...pending, { type: "creating", urn: HOSTILE, resourceType: "aws:x" }] }),
    );
    const at = withPulumi({
      whoami: { stdout: JSON.stringify({ user: "ann", url: `file://${backend.root}` }) },
    });
    const env = { ...at.env, PULUMI_BACKEND_URL: `file://${backend.root}` };
    const commands = [["recover"], ["recover", "--json"], ["doctor"], ["doctor", "--json"]];
    for (const ran of await Promise.all(
      commands.map((args) => runBuilt([...args, "--stack", "dev"], { ...at, env })),
    ))
      assertPrintable(ran);
  });

  it("is shown as escapes of what another answers in place of a simulator", async () => {
    answer = { status: 400, type: "application/json", body: JSON.stringify({ error: HOSTILE }) };
    const { TWILIO_CONVERSATIONS_URL: url = "" } = hostileEnv();
    assertPrintable(await runBuilt(["simulator", "poke", "desk", "a=1", "--url", url]));
    assertPrintable(await runBuilt(["simulator", "poke", HOSTILE.replaceAll("\0", ""), "a=1", "--url", url]));
  });
});
