import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../../../simulator";
import { type Command, TestProject } from "../../../support/stack/test-project";
import { estate } from "../../crash/estate/estate";
import { fileOf, type JsonRow, type Recorded } from "./recordings";

const PROGRAM = require.resolve("../../../support/stack/declare-all.cjs");
/** Stands for the simulator's address, which is another one each time. */
const ORIGIN = "http://simulator.invalid";

/** Records what this version leaves, for every later one. */
export async function recordState(version: string): Promise<string> {
  if (existsSync(fileOf(version)))
    throw new Error(`${version} is recorded: a state that users have is never changed`);
  writeFileSync(fileOf(version), `${JSON.stringify(await recording(), null, 2)}\n`);
  return fileOf(version);
}

/** Brings an estate up with the code as it is, and takes what it left. SIDs and dates are the same in each recording. */
export async function recording(): Promise<Recorded> {
  const simulator = await startSimulator({ randomSeed: 1, nowMs: Date.UTC(2026, 0, 2) });
  const declared = estate({ districts: 1 });
  const project = await TestProject.create(simulator, PROGRAM, declared);
  try {
    await outputOf(project.start("up", "--yes", "--skip-preview", "--parallel", "1"));
    const { deployment } = JSON.parse(await outputOf(project.start("stack", "export", "--show-secrets")));
    const resources = deployment.resources.map(withoutMachine);
    return withOrigin({ declared, deployment: { resources } }, simulator.url, ORIGIN);
  } finally {
    project.remove();
    await simulator.close();
  }
}

/** What the engine adds of the machine and the moment. */
function withoutMachine({ sourcePosition, stackTrace, created, modified, ...row }: JsonRow): JsonRow {
  return row;
}

function withOrigin(recorded: Recorded, from: string, to: string): Recorded {
  return JSON.parse(JSON.stringify(recorded).replaceAll(from, to));
}

/** A stack of a simulator in the state that was recorded. */
export async function stackFrom(recorded: Recorded, simulator: Simulator): Promise<RecordedStack> {
  const { declared, deployment } = withOrigin(recorded, ORIGIN, simulator.url);
  return new RecordedStack(deployment, await TestProject.create(simulator, PROGRAM, declared));
}

export class RecordedStack {
  constructor(
    readonly deployment: Recorded["deployment"],
    readonly project: TestProject,
  ) {}

  /** Makes this the stack's state, as `pulumi stack import` does. */
  async import(resources = this.deployment.resources): Promise<void> {
    const file = join(this.project.folder, "import.json");
    const manifest = { time: new Date(0).toISOString(), magic: "", version: "" };
    // Without it the CLI panics at the first secret (3.255.0).
    const secrets_providers = { type: "passphrase", state: { salt: this.salt() } };
    const deployment = { manifest, secrets_providers, resources };
    writeFileSync(file, JSON.stringify({ version: 3, deployment }));
    await outputOf(this.project.start("stack", "import", "--file", file));
  }

  private salt(): string {
    const settings = readFileSync(join(this.project.folder, "Pulumi.test.yaml"), "utf8");
    return /^encryptionsalt: (.+)$/m.exec(settings)?.[1] ?? "";
  }
}

export async function outputOf(command: Command): Promise<string> {
  const { code, output } = await command.ended;
  if (code !== 0) throw new Error(output);
  return output;
}
