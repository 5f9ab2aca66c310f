import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Simulator } from "../../../simulator";
import { type Ran, runBuilt } from "../../support/built-command";
import { stackEnvironment } from "../../support/stack/stack-folder";
import { TestProject } from "../../support/stack/test-project";
import { TwilioAccount } from "../../support/twilio-account";

const PROGRAM = require.resolve("../../support/stack/declare-all.cjs");

/** What must be in no report. */
export const CANARY = "canary-4711";

const DESK = { $of: "desk", output: "id" };
const CREW = { $of: "crew-room", output: "id" };

function participant(identity: string, args = {}) {
  return { type: "Participant", name: identity, args: { conversationSid: DESK, identity, ...args } };
}

/** What the program says first, and what it says when its stack is looked at. */
function program(team: string, isLater: boolean) {
  const members = {
    rob: { identity: "rob", attributes: { team, level: 1 } },
    rosa: { identity: "rosa" },
    ron: { identity: "ron" },
    // Under another label it is the same member.
    [isLater ? "renamed" : "rita"]: { identity: "rita" },
    ...(isLater && { rex: { identity: "rex" } }),
  };
  return [
    { type: "Conversation", name: "desk", args: { uniqueName: "desk", friendlyName: "Desk" } },
    { type: "Conversation", name: "crew-room", args: { uniqueName: "crew-room" } },
    {
      type: "Role",
      name: "agent",
      args: { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] },
    },
    participant("ann", { attributes: { team } }),
    participant("bob", { attributes: { team: "a", since: { year: 2020 } } }),
    participant("eq", { attributes: { team } }),
    participant("eve", { roleSid: { $of: "agent", output: "id" } }),
    participant("sec", { attributes: { pin: { $secret: CANARY } } }),
    participant("zed"),
    participant("calm", { attributes: '{ "b": 1, "a": 2.0 }' }),
    participant(isLater ? "neu" : "old"),
    { type: "Roster", name: "crew", args: { conversationSid: CREW, exclusive: true, members } },
  ];
}

/** A stack of which much was changed behind its back, and whose program says something else by now. */
export class DriftedStack {
  /** What it is told from now on, besides. */
  readonly environment: Record<string, string> = {};

  private constructor(
    private readonly simulator: Simulator,
    readonly project: TestProject,
  ) {}

  static async create(simulator: Simulator): Promise<DriftedStack> {
    const project = await TestProject.create(simulator, PROGRAM, program("support", false));
    const { code, output } = await project.up().ended;
    if (code !== 0) throw new Error(output);
    return new DriftedStack(simulator, project);
  }

  async drift(): Promise<void> {
    const { simulator } = this;
    const account = new TwilioAccount(simulator);
    const boss = (await account.role("boss")).sid;
    const change = (identity: string, fields: Record<string, unknown>) =>
      simulator.change(this.sidOf(identity), fields);
    change("bob", { attributes: '{"team":"b","since":{"year":2020},"<b>@all|":[1]}' });
    change("eq", { attributes: '{"team":"sales"}' });
    change("eve", { role_sid: boss });
    change("zed", { role_sid: boss });
    change("sec", { attributes: `{"pin":"${CANARY}-2","more":"${CANARY}-3"}` });
    change("calm", { attributes: '{"a":2,"b":1}', date_updated: "2026-11-28T12:00:00Z" });
    change("rob", { attributes: '{"team":"b","level":1}', last_read_message_index: 3 });
    change("rosa", { role_sid: boss });
    for (const identity of ["ann", "ron"]) simulator.remove(this.sidOf(identity));
    const agent = simulator.roles().find((role) => role["friendly_name"] === "agent");
    simulator.change(String(agent?.["sid"]), { permissions: ["sendMessage", "removeParticipant"] });
    await account.post("/Conversations/desk/Participants", { Identity: "mallet" });
    await account.post("/Conversations/crew-room/Participants", { Identity: "mallory" });
    this.project.declare(program("sales", true));
  }

  private sidOf(identity: string): string {
    const row = this.simulator.participants().find((participant) => participant["identity"] === identity);
    return String(row?.["sid"]);
  }

  /** What Pulumi remembers of this project besides the state: which stack is selected. */
  settings(): Record<string, string> {
    const folder = join(this.project.folder, "home", "workspaces");
    return Object.fromEntries(
      readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
    );
  }

  /** As if the user had selected another stack of the project. */
  selectOther(): void {
    for (const [name, text] of Object.entries(this.settings()))
      writeFileSync(join(this.project.folder, "home", "workspaces", name), text.replace('/test"', '/other"'));
  }

  /** `pulumi-twilio-conversations drift …` */
  run(...args: string[]): Promise<Ran> {
    const { folder } = this.project;
    const env = { ...stackEnvironment(folder, this.simulator), PULUMI_HOME: join(folder, "home") };
    return runBuilt(["drift", ...args], { cwd: folder, env: { ...env, ...this.environment } });
  }
}
