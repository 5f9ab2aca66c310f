import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "../../../../simulator";
import { type Command, TestProject } from "../../../support/stack/test-project";
import type { Declared } from "../../../types/in-estate";
import { Oracle } from "./oracle";

/** An estate as a project of its own, its simulator, and who tells whether the two agree. */
export class EstateBed {
  private constructor(
    readonly simulator: Simulator,
    readonly project: TestProject,
    private readonly oracle: Oracle,
  ) {}

  /** Made before a block's tests, gone after them; `env` adds to what the CLI is told. */
  static inBlock(declared: readonly Declared[], env: Record<string, string> = {}): () => EstateBed {
    let bed: EstateBed | undefined;
    let simulator: Simulator | undefined;
    before(async () => {
      simulator = await startSimulator();
      const oracle = new Oracle(simulator, declared);
      const program = require.resolve("../../../support/stack/declare-all.cjs");
      bed = new EstateBed(simulator, await TestProject.create(simulator, program, declared, env), oracle);
    });
    after(async () => {
      bed?.project.remove();
      await simulator?.close();
    });
    return () => bed as EstateBed;
  }

  /** An empty account, and a stack that has never been up. */
  startAnew(): void {
    this.simulator.reset();
    this.project.forget();
  }

  /** An `up` that nothing disturbs any more. */
  async up(): Promise<void> {
    this.simulator.clearFaults();
    await succeeds(this.project.up());
  }

  /** Everything is there once, recorded, and as declared as far as a label tells. */
  expectWhole(): void {
    assert.deepEqual(this.oracle.findings(this.project.state()), []);
  }

  /** What there is so far is there once, and recorded. */
  expectRecorded(): void {
    assert.deepEqual(this.oracle.unrecorded(this.project.state()), []);
  }

  /** Everything is as declared, field by field. */
  async expectNoChanges(): Promise<void> {
    await succeeds(this.project.start("preview", "--refresh", "--expect-no-changes"));
  }
}

export async function succeeds(command: Command): Promise<string> {
  const { code, output } = await command.ended;
  assert.equal(code, 0, output);
  return output;
}
