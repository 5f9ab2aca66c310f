import type { Json } from "../../../../provider/core/json";
import type { Simulator } from "../../../../simulator";
import { type Ran, runBuilt } from "../../../support/built-command";
import { nameOf, type StateRow, stackEnvironment } from "../../../support/stack/stack-folder";
import { TestProject } from "../../../support/stack/test-project";
import type { Cell, Declared } from "./cell";
import { type Store, storeOf } from "./store";
import { type Exported, type Managed, managedIn } from "./truth";
import type { Worlds } from "./worlds";

const PROGRAM = require.resolve("../../../support/stack/declare-all.cjs");
const MOMENT_MS = 60_000;
/** Hundreds of resources on a busy machine. */
const LONGEST_MS = 600_000;

/** A report as JSON has it. */
export interface JsonReport {
  readonly counts: Readonly<Record<string, number>>;
  readonly summary: string;
  readonly roles: Readonly<Record<string, string>>;
  readonly rows: readonly Readonly<Record<string, Json | undefined>>[];
}

/** What was seen of one stack with all cells in it. */
export interface Seen {
  readonly first: Store;
  readonly before: readonly Managed[];
  readonly after: readonly Managed[];
  readonly found: Store;
  readonly left: Store;
  /** What `drift` printed before the `up`, by format, and after it. */
  readonly reports: Readonly<Record<string, Ran>>;
  readonly settled: Ran;
  readonly seconds: Readonly<Record<string, number>>;
}

/** All cells in one stack: the engine takes its seconds once for all of them. */
export class ReviewBed {
  private constructor(
    private readonly simulator: Simulator,
    private readonly worlds: Worlds,
    private readonly cells: readonly Cell[],
    private readonly project: TestProject,
  ) {}

  static async create(simulator: Simulator, worlds: Worlds, cells: readonly Cell[]): Promise<ReviewBed> {
    const before = cells.flatMap((cell) => cell.before);
    const project = await TestProject.create(simulator, PROGRAM, before, {
      ...worlds.environment,
      // Writing the whole state at every step takes most of the time, and counts for a crash alone.
      PULUMI_SKIP_CHECKPOINTS: "true",
    });
    return new ReviewBed(simulator, worlds, cells, project);
  }

  async see(formats: readonly string[]): Promise<Seen> {
    const { simulator, worlds, project, cells } = this;
    const all = cells.flatMap(({ before, after, targeted = [] }) => [...before, ...after, ...targeted]);
    const seconds: Record<string, number> = {};
    const timed = async <Result>(what: string, work: Promise<Result>): Promise<Result> => {
      const start = performance.now();
      const result = await work;
      seconds[what] = Math.round((performance.now() - start) / 100) / 10;
      return result;
    };
    const first = await storeOf(simulator, worlds, all);
    await timed("up", this.ran("up", "--yes", "--skip-preview", "--suppress-progress"));
    await this.upTargeted();
    const rows = new Map(project.state().resources.map((row) => [nameOf(row.urn), row]));
    for (const cell of cells) await cell.outside?.((name) => rowNamed(rows, name));
    simulator.clock.advance(MOMENT_MS);
    project.declare(cells.flatMap((cell) => cell.after).map((each) => resolved(each, rows)));
    const before = await this.held();
    const found = await storeOf(simulator, worlds, all);
    const reports: Record<string, Ran> = {};
    for (const format of formats) reports[format] = await timed(`drift ${format}`, this.drift(format));
    await timed("second up", this.ran("up", "--yes", "--refresh", "--skip-preview", "--suppress-progress"));
    const after = await this.held();
    const left = await storeOf(simulator, worlds, all);
    simulator.clock.advance(MOMENT_MS);
    const settled = await this.drift("json");
    return { first, before, after, found, left, reports, settled, seconds };
  }

  /** An `up --target` of what some cells say by then, which nothing else is to notice. */
  private async upTargeted(): Promise<void> {
    const { cells, project } = this;
    const targets = cells.flatMap(({ targeted = [] }) => targeted);
    if (targets.length === 0) return;
    const names = new Set(targets.map(({ name }) => name));
    const others = cells.flatMap((cell) => cell.before).filter(({ name }) => !names.has(name));
    project.declare([...others, ...targets]);
    const urns = targets.map(
      ({ type, name }) => `urn:pulumi:test::project::pulumi-nodejs:dynamic/twilio:${type}::${name}`,
    );
    await this.ran("up", "--yes", "--skip-preview", ...urns.flatMap((urn) => ["--target", urn]));
  }

  /** What the stack holds, decrypted. */
  private async held(): Promise<Managed[]> {
    const { output } = await this.ran("stack", "export", "--show-secrets");
    const { deployment } = JSON.parse(output) as { deployment: { resources: Exported[] } };
    return managedIn(deployment.resources);
  }

  private async ran(...args: string[]) {
    const ended = await this.project.start(...args).ended;
    if (ended.code !== 0) throw new Error(`pulumi ${args.join(" ")}:\n${ended.output.slice(-6_000)}`);
    return ended;
  }

  private drift(format: string): Promise<Ran> {
    const { folder } = this.project;
    const env = {
      ...stackEnvironment(folder, this.simulator),
      ...this.worlds.environment,
      PULUMI_HOME: `${folder}/home`,
    };
    return runBuilt(["drift", "--stack", "test", "--format", format], {
      cwd: folder,
      env,
      timeoutMs: LONGEST_MS,
    });
  }

  remove(): void {
    this.project.remove();
  }
}

function rowNamed(rows: ReadonlyMap<string, StateRow>, name: string): StateRow {
  const row = rows.get(name);
  if (row === undefined) throw new Error(`${name} is not in the state`);
  return row;
}

/** What is only read from now on can be what the first `up` has made. */
function resolved(declared: Declared, rows: ReadonlyMap<string, StateRow>): Declared {
  const { get } = declared;
  return typeof get === "object" ? { ...declared, get: rowNamed(rows, get.$sid).id } : declared;
}
