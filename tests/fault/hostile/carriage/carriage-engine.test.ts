import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { requestFor } from "../../../../provider/core/api/request";
import { type Definition, fieldsOf } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import { definitions } from "../../../../provider/resources";
import { type Simulator, startSimulator, UsageError } from "../../../../simulator";
import { measured, seed, sized } from "../../../support/soak";
import { TestProject } from "../../../support/stack/test-project";
import { TwilioAccount } from "../../../support/twilio-account";
import { driftedDeclarations } from "../../../types";
import { makeWorld, type World } from "../../../types/drifted";
import { hostileJsonText, hostileText } from "./hostile-values";
import { type Path, textsIn, withText } from "./row-texts";

const ROUNDS = sized({ short: 1, full: 5 });
const IMPORT_FLAGS = ["--generate-code=false", "--protect=false", "--yes", "--suppress-progress"];

describe("What the engine cannot carry, on the engine", () => {
  let simulator: Simulator;
  let account: TwilioAccount;
  let world: World;
  const projects: TestProject[] = [];
  let values = 0;

  before(async () => {
    simulator = await startSimulator();
    account = new TwilioAccount(simulator);
    world = await makeWorld(account);
  });
  after(async () => {
    for (const project of projects) project.remove();
    await simulator?.close();
    measured("values that the engine cannot carry, on it", `${values} values, 0 operations failed`);
  });

  const open = async (data: unknown): Promise<TestProject> => {
    const project = await TestProject.create(
      simulator,
      require.resolve("../../../support/stack/declare-all.cjs"),
      data,
    );
    projects.push(project);
    return project;
  };

  /** Sets every text of a row that may be anything, and the SID that the simulator keeps it under. */
  function spoil(
    sid: string,
    row: JsonObject,
    json: ReadonlySet<string>,
    isFree: (path: Path) => boolean,
    at: number,
  ): void {
    for (const path of textsIn(row).filter(isFree)) {
      const kind = json.has(String(path[0])) ? hostileJsonText : hostileText;
      const [sample = ""] = fc.sample(kind, { numRuns: 1, seed: seed + at + values });
      const text = /url$/.test(String(path.at(-1)))
        ? `https://example.com/${sample.replaceAll(/\s/gu, "")}`
        : sample;
      const [top = ""] = path;
      if (isSet(sid, { [top]: (withText(row, path, text) as JsonObject)[top] })) values += 1;
    }
  }

  /** Not where Twilio has a word of its own. */
  function isSet(sid: string, fields: JsonObject): boolean {
    try {
      simulator.change(sid, fields);
      return true;
    } catch (error) {
      if (error instanceof UsageError) return false;
      throw error;
    }
  }

  const jsonOf = (definition: Definition) =>
    new Set(fieldsOf(definition).flatMap(({ name, policy }) => (policy.json === true ? [name] : [])));
  const fixedOf = (definition: Definition) =>
    new Set(fieldsOf(definition).flatMap(({ name, policy }) => (policy.change === "replace" ? [name] : [])));
  const camelCase = (name: string) =>
    name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

  /** Everything that the stack holds, as far as it changes in place. */
  async function spoilStack(project: TestProject, round: number): Promise<void> {
    for (const { type, id, outputs } of project.state().resources) {
      const definition = definitions.find((one) => type.endsWith(`:${one.type}`));
      if (definition === undefined) continue;
      const { path } = requestFor(definition, "read", outputs as JsonObject, id);
      const row = (await account.get(path.replace("/v1", ""))) as JsonObject;
      const fixed = fixedOf(definition);
      const sid = definition.type === "UserConversation" ? String(outputs["participantSid"]) : id;
      spoil(sid, row, jsonOf(definition), ([top]) => !fixed.has(camelCase(String(top))), round);
    }
  }

  /** Members that nobody declares: of them everything, and who they are besides. */
  async function addStrangers(conversation: string, round: number): Promise<void> {
    for (const identity of ["mallory", "mallet"]) {
      const row = await account.post(`/Conversations/${conversation}/Participants`, { Identity: identity });
      spoil(row.sid, row as JsonObject, new Set(["attributes"]), () => true, round);
    }
  }

  async function done(project: TestProject, ...args: string[]): Promise<string> {
    const { code, output } = await project.start(...args).ended;
    assert.equal(code, 0, `pulumi ${args.join(" ")}:\n${output.slice(0, 6_000)}`);
    return output;
  }

  it("ends no operation, and is repaired where it is declared", async () => {
    const crew = (await account.conversation("crew")).sid;
    const resources = definitions.flatMap(({ type }) =>
      // A group MMS takes no other members beside its own.
      driftedDeclarations(type, world)
        .filter(({ inputs }) => !JSON.stringify(inputs).includes("projectedAddress"))
        .map(({ inputs }, at) => ({ type, name: `${type}-${at}`, args: inputs })),
    );
    const members = { anna: { identity: "anna", attributes: { tier: 1 } }, ben: { identity: "ben" } };
    const roster = {
      type: "Roster",
      name: "crew",
      args: { conversationSid: crew, members, exclusive: true },
    };
    const project = await open([...resources, roster]);
    await done(project, "up", "--yes", "--skip-preview", "--suppress-progress");
    for (let round = 0; round < ROUNDS; round++) {
      await spoilStack(project, round);
      for (const row of simulator.participants().filter(({ conversation_sid: at }) => at === crew))
        spoil(row.sid, row, new Set(["attributes"]), ([top]) => top === "attributes", round);
      await addStrangers(crew, round);
      const drift = await project.startOurs("drift", "--json").ended;
      assert.equal(drift.code, 7, drift.output.slice(0, 6_000));
      const text = await done(project, "up", "--refresh", "--yes", "--skip-preview", "--suppress-progress");
      assert.match(text, /cannot carry/);
      await done(project, "preview", "--refresh", "--expect-no-changes", "--diff");
      assert.equal(simulator.participants().filter(({ conversation_sid: at }) => at === crew).length, 2);
    }
  }).timeout(sized({ short: 120_000, full: 600_000 }));

  for (const kind of sized({ short: ["roster"], full: ["participants", "roster"] }))
    it(`is imported as text or left out with a note, as ${kind}`, async () => {
      await addStrangers(world.desk, 100);
      for (const row of [...simulator.conversations(), ...simulator.users(), ...simulator.roles()])
        spoil(
          row.sid,
          row,
          new Set(["attributes"]),
          ([top]) => top === "attributes" || top === "friendly_name",
          200,
        );
      const project = await open([]);
      const { folder } = project;
      writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "project", main: "start.cjs" }));
      const loader = JSON.stringify(require.resolve("tsx/cjs/api"));
      writeFileSync(join(folder, "start.cjs"), `require(${loader}).register();\nrequire("./index.ts");\n`);
      const { code, output } = await project.startOurs("import", "--all", "--as", kind, "--out", ".").ended;
      assert.equal(code, 0, output);
      assert.match(output, /left out/);
      await project.setSecrets([...output.matchAll(/config set --secret (\S+)/g)].map(([, key = ""]) => key));
      await done(project, "import", "--file", "import.json", ...IMPORT_FLAGS);
      await done(project, "preview", "--refresh", "--expect-no-changes", "--diff");
    }).timeout(120_000);
});
