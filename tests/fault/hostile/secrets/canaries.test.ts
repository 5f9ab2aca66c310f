import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../../../simulator";
import { killTree } from "../../../support/processes";
import { isSoak, measured } from "../../../support/soak";
import { TestProject } from "../../../support/stack/test-project";
import { TwilioAccount } from "../../../support/twilio-account";
import { type CanaryKind, canariesIn, canary, textsBelow } from "./canaries";
import { apple, declared, member, phones, secret, tablets } from "./canaries-program";

const VERBOSE = ["-v=9", "--logtostderr"];
const ALL: readonly CanaryKind[] = ["login", "config", "input"];

for (const login of isSoak ? (["auth token", "API key"] as const) : (["auth token"] as const))
  describe(`Canaries in every place of a secret, with an ${login}`, () => canarySuite(login));

function canarySuite(login: "auth token" | "API key"): void {
  const credential = canary("login", "token");
  const isKey = login === "API key";
  let simulator: Simulator;
  let project: TestProject;
  let searched = 0;
  let bytes = 0;

  const declare = (...others: { name: string }[]) => {
    const names = new Set(others.map(({ name }) => name));
    const all = [...declared.filter(({ name }) => !names.has(name)), ...others];
    writeFileSync(join(project.folder, "data.json"), JSON.stringify(all));
  };

  before(async () => {
    simulator = await startSimulator({
      account: isKey ? { apiSecret: credential } : { authToken: credential },
    });
    // The CLI takes --event-log with it alone, as from the Automation API.
    process.env["PULUMI_DEBUG_COMMANDS"] = "true";
    const { apiKey, apiSecret } = simulator.account;
    project = await TestProject.create(
      simulator,
      require.resolve("../../../support/stack/declare-all.cjs"),
      declared,
      isKey ? { TWILIO_AUTH_TOKEN: "", TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret } : {},
    );
    const elsewhere = simulator.addAccount({ authToken: canary("config", "eu token") });
    const accounts = {
      eu: { accountSid: elsewhere.accountSid, authToken: elsewhere.authToken },
    };
    // Of the one account the environment's count, and those in the config are there to be seen.
    const config = Object.entries({
      authToken: canary("config", "authToken"),
      apiSecret: canary("config", "apiSecret"),
      accounts: JSON.stringify(accounts),
    }).map(([key, value]) => ["--secret", `twilio:${key}=${value}`]);
    await run("config", "set-all", ...config.flat(), "--plaintext", `twilio:apiKey=SK${"1".repeat(32)}`);
  });
  afterEach(() => simulator.clearFaults());
  after(async () => {
    delete process.env["PULUMI_DEBUG_COMMANDS"];
    project?.remove();
    await simulator?.close();
  });

  /** Nothing shows them: what the command printed, its events, the state, its backups, the history. */
  async function run(...args: string[]): Promise<{ code: number | null; output: string }> {
    const events = join(project.folder, "events.log");
    const isOperation = /^(up|preview|refresh|destroy)$/.test(args[0] ?? "");
    const { code, output } = await project.start(...args, ...(isOperation ? ["--event-log", events] : []))
      .ended;
    const isVerbose = args.includes("-v=9");
    // There the engine itself prints inputs and the config, and nothing of ours can hinder it (3.255.0).
    look(args.join(" "), output, ...(isVerbose ? ["login" as const] : ALL));
    if (isOperation) {
      ok(existsSync(events), output);
      const lines = readFileSync(events, "utf8");
      look("the events", lines, "login");
      // Into the log of events alone the SDK writes inputs, in its messages for debugging, --debug or not (3.255.0).
      look("the events", lines.replaceAll(/^.*"severity":"debug".*$/gm, ""), ...ALL);
      rmSync(events);
    }
    lookIntoFiles();
    return { code, output };
  }
  function lookIntoFiles(): void {
    for (const [file, text] of textsBelow(project.backend)) look(file, text, ...ALL);
  }
  function look(where: string, text: string, ...kinds: CanaryKind[]): void {
    searched += 1;
    bytes += text.length;
    deepEqual(canariesIn(text, ...kinds), [], `${where}\n${text.length < 20_000 ? text : ""}`);
  }

  it("are found where they stand, in every spelling", () => {
    for (const name of ["token", "x"]) {
      const value = canary("login", name);
      const spellings = [
        value,
        encodeURIComponent(value),
        JSON.stringify(value),
        Buffer.from(value).toString("hex"),
      ];
      for (const before of ["", "A", "AC", "AC:"])
        spellings.push(Buffer.from(before + value).toString("base64"));
      for (const spelling of spellings) equal(canariesIn(spelling, "login").length > 0, true, spelling);
    }
  });

  it("are shown by nothing when all goes well, with the engine's own logs for credentials", async () => {
    const { code, output } = await run("up", "--yes", "--skip-preview", ...VERBOSE);
    equal(code, 0, output.slice(-2000));
    match(output, /eventsink|provider|I\d{4}/);
    equal(simulator.rows("CR").length, 2);
    equal(
      simulator.requests().some(({ form }) => JSON.stringify(form).includes("canaryInput4b1d")),
      true,
    );
    for (const { path, query, headers } of simulator.requests())
      look("a request", JSON.stringify([path, query, headers]), ...ALL);
  });

  it("are shown by nothing when Twilio echoes them, or an object is not to be taken over", async () => {
    const account = new TwilioAccount(simulator);
    const [conversation] = simulator.conversations();
    await account.post(`/Conversations/${conversation?.sid}/Participants`, { Identity: "carol" });
    const user = isKey ? simulator.account.apiKey : simulator.account.accountSid;
    const pair = Buffer.from(`${user}:${credential}`).toString("base64");
    const message = [
      credential,
      `Basic ${pair}`,
      encodeURIComponent(credential),
      canary("input", "other server"),
    ].join(" ");
    simulator.addFault({
      method: "POST",
      route: "/v1/Credentials/*",
      kind: "status",
      status: 400,
      code: 20001,
      message,
    });
    declare(tablets({ type: "fcm", secret: canary("input", "other server") }), {
      ...member({ identity: "carol", attributes: { pin: secret("carol") } }),
      name: "carol",
    });
    const { code, output } = await run("up", "--yes", "--skip-preview", "--continue-on-error");
    notEqual(code, 0);
    match(output, /update credential: POST .* answered 400 \(Twilio error 20001: \[hidden\]/);
    match(output, /exists already.*differs in attributes/s);
    simulator.clearFaults();
  });

  it("are shown by nothing when what holds them is refused", async () => {
    declare(
      phones({ type: "fcm", apiKey: canary("input", "api key"), secret: canary("input", "server") }),
      member({ attributes: secret("no json {"), roleSid: canary("input", "role") }),
    );
    const { code, output } = await run("preview", "--diff");
    notEqual(code, 0);
    match(output, /apiKey: is not allowed with type fcm/);
  });

  it("are shown by nothing beside what drifted, in a preview", async () => {
    declare();
    const [alice] = simulator.participants("desk");
    const attributes = JSON.stringify({
      team: "sales",
      pin: canary("input", "drifted"),
      added: canary("input", "added"),
    });
    simulator.change(String(alice?.sid), { attributes });
    const { code, output } = await run("preview", "--refresh", "--diff");
    equal(code, 0, output);
    match(output, /team.*"sales" => "support"/);
  });

  if (isSoak) {
    it("are shown by nothing when the login is refused", async () => {
      const refused = { kind: "status", status: 401, code: 20003 } as const;
      // An answer can hold what was sent to get it: of the role that is the other account's.
      simulator.addFault({ ...refused, route: "/v1/Roles", message: `no: ${canary("config", "eu token")}` });
      simulator.addFault({ ...refused, message: `no: ${credential}` });
      for (const flags of [[], VERBOSE])
        notEqual((await run("preview", "--refresh", "--diff", ...flags)).code, 0);
    });

    it("are shown by nothing when a run is killed", async () => {
      declare(phones({ ...apple, certificate: canary("input", "another certificate") }));
      simulator.addFault({ method: "POST", kind: "hang", route: "/v1/Credentials/*" });
      simulator.clearRequests();
      const killed = project.up();
      const isSent = () => simulator.requests().some(({ method }) => method === "POST");
      let isOver = false;
      void killed.ended.then(() => {
        isOver = true;
      });
      while (!isSent()) {
        ok(!isOver, "it ended before it wrote anything");
        await new Promise((done) => setTimeout(done, 20));
      }
      killTree(killed.pid);
      look("the output of what was killed", (await killed.ended).output, ...ALL);
      lookIntoFiles();
      await run("cancel", "--yes");
    });
  }

  it("are shown by nothing in what is exported, nor when all is destroyed", async () => {
    const { output } = await run("stack", "export");
    match(output, /ciphertext/);
    equal((await run("destroy", "--yes", "--skip-preview", ...(isSoak ? VERBOSE : []))).code, 0);
    measured(
      `secret canaries, with an ${login}`,
      `${searched} texts of ${Math.round(bytes / 1e6)} MB in all, 0 in clear`,
    );
  });
}
