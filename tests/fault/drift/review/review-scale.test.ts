import { deepEqual, equal } from "node:assert/strict";
import { type Simulator, startSimulator } from "../../../../simulator";
import { runBuilt } from "../../../support/built-command";
import { measured, sized } from "../../../support/soak";
import { stackEnvironment } from "../../../support/stack/stack-folder";
import { TestProject } from "../../../support/stack/test-project";
import { TwilioAccount } from "../../../support/twilio-account";
import type { JsonReport } from "./bed";
import type { Declared } from "./cell";

const PROGRAM = require.resolve("../../../support/stack/declare-by-stack.cjs");
const CONVERSATIONS = sized({ short: 20, full: 1_000 });
/** Of every so many conversations, the other stack has a member in one. */
const SHARED = sized({ short: 4, full: 10 });
const LONGEST_MS = 3_600_000;

/** A number for each that is the same in each run. */
const numbered = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, at) => `${prefix}${at}`);
const ROOMS = numbered(CONVERSATIONS, "room-");
const [FIRST = "", DRIFTED = "", GONE = "", FULL = ""] = ROOMS;

function conversation(uniqueName: string, more = {}): Declared {
  return { type: "Conversation", name: uniqueName, args: { uniqueName, friendlyName: "Room", ...more } };
}

function member(room: string, name: string): Declared {
  return { type: "Participant", name, args: { conversationSid: room, identity: name } };
}

/** The first stack has the rooms, the second one members of them, and rooms of another account. */
const program = {
  test: ROOMS.map((room) => conversation(room)),
  second: [
    ...ROOMS.filter((_, at) => at % SHARED === 0).map((room) => member(room, `guest-of-${room}`)),
    ...ROOMS.slice(0, SHARED).map((room) => ({
      ...conversation(room, { account: "other" }),
      name: `other-${room}`,
    })),
  ],
};

describe("a review of many conversations, over stacks and accounts", () => {
  let simulator: Simulator;
  let project: TestProject;
  let environment: Record<string, string>;
  before(async () => {
    simulator = await startSimulator();
    const { accountSid, authToken } = simulator.addAccount();
    environment = { TWILIO_OTHER_ACCOUNT_SID: accountSid, TWILIO_OTHER_AUTH_TOKEN: authToken };
    const quick = { PULUMI_SKIP_CHECKPOINTS: "true" };
    project = await TestProject.create(simulator, PROGRAM, program, { ...environment, ...quick });
    await project.addStack("second");
    for (const stack of ["test", "second"]) {
      const { code, output } = await project.startOn(stack, "up", "--yes", "--skip-preview").ended;
      equal(code, 0, output.slice(-3_000));
    }
    await drift(accountSid, authToken);
  }).timeout(LONGEST_MS);
  after(async () => {
    project?.remove();
    await simulator?.close();
  });

  async function drift(accountSid: string, authToken: string): Promise<void> {
    const account = new TwilioAccount(simulator);
    const other = new TwilioAccount(simulator, { ...simulator.account, accountSid, authToken });
    const sidOf = async (room: string, from = account) => (await from.get(`/Conversations/${room}`)).sid;
    const boss = (await account.role("boss")).sid;
    simulator.change(await sidOf(DRIFTED), { friendly_name: "Changed" });
    simulator.remove(await sidOf(GONE));
    await account.post(`/Conversations/${FULL}/Participants`, { Identity: "mallory" });
    simulator.change(await sidOf(FULL, other), { friendly_name: "Other" });
    const guest = simulator.participants(FIRST).find(({ identity }) => identity === `guest-of-${FIRST}`);
    simulator.change(guest?.sid ?? "", { role_sid: boss });
    simulator.clock.advance(60_000);
  }

  const review = (stacks: readonly string[]) => {
    const { folder } = project;
    const env = { ...stackEnvironment(folder, simulator), ...environment, PULUMI_HOME: `${folder}/home` };
    const options = { cwd: folder, env, timeoutMs: LONGEST_MS };
    return runBuilt(["drift", "--json", "--stack", ...stacks], options);
  };

  it("has the right rows, whoever is in whose conversation", async () => {
    const start = performance.now();
    const { code, stdout, stderr } = await review(["test", "second"]);
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    equal(code, 7, stderr);
    const report = JSON.parse(stdout) as JsonReport;
    deepEqual(
      report.rows.map(({ class: kind, stack, resource, member, field }) => [
        kind,
        stack,
        resource,
        member,
        field,
      ]),
      [
        ["role-promotion", "second", `Participant guest-of-${FIRST}`, `guest-of-${FIRST}`, "roleSid"],
        ["drift-reverted", "second", `Conversation other-${FULL}`, undefined, "friendlyName"],
        ["drift-reverted", "test", `Conversation ${DRIFTED}`, undefined, "friendlyName"],
        ["deleted-outside", "test", `Conversation ${GONE}`, undefined, ""],
        ["undeclared-member", "test", `Conversation ${FULL}`, "mallory", ""],
      ],
    );
    measured(
      "review of drift, several stacks and accounts",
      `${CONVERSATIONS} conversations in ${seconds} s`,
    );
  }).timeout(LONGEST_MS);

  it("takes the members of a stack that it was not told of for undeclared", async () => {
    const { stdout } = await review(["test"]);
    const { counts } = JSON.parse(stdout) as JsonReport;
    equal(
      counts["undeclared-member"],
      1 + program.second.filter(({ type }) => type === "Participant").length,
    );
  }).timeout(LONGEST_MS);
});
