import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { Definition } from "../../provider/core/definition/define";
import { UnverifiedError } from "../../provider/core/errors";
import { type JsonObject, sameJson, withoutNulls } from "../../provider/core/json";
import type { RequestRecord } from "../../simulator";
import type { Life } from "./life";

/** A resource in a stack, handled as the engine does, with a run of its own for each operation. */
export class HeldResource {
  private constructor(
    private readonly life: Life,
    readonly definition: Definition,
    readonly sid: string,
    private stored: JsonObject,
    private inputs: JsonObject,
    private isFailed: boolean,
  ) {}

  /** The first `up`, whose create may be recorded though it failed. */
  static async create(life: Life, definition: Definition, program: JsonObject): Promise<HeldResource> {
    const { lifecycle } = life.run(definition);
    const { inputs, failures } = lifecycle.check({}, program);
    assert.deepEqual(failures, []);
    const created = await lifecycle.create(inputs).catch((error: unknown) => {
      if (error instanceof UnverifiedError) return { sid: error.sid, state: error.state, isFailed: true };
      throw error;
    });
    const isFailed = "isFailed" in created;
    return new HeldResource(life, definition, created.sid, created.state, inputs, isFailed);
  }

  get state(): JsonObject {
    return this.stored;
  }

  /** What the engine's inputs are, as the last `up` or refresh has left them. */
  get recorded(): JsonObject {
    return this.inputs;
  }

  /** An `up` without a refresh: what it wrote, or the error that it ended with. */
  async up(program: JsonObject): Promise<{ writes: RequestRecord[]; error?: unknown }> {
    const { life, definition, sid, stored } = this;
    life.simulator.clearRequests();
    const { lifecycle } = life.run(definition, { timeoutSeconds: "2" });
    const { inputs, failures } = lifecycle.check(this.inputs, program);
    assert.deepEqual(failures, []);
    const { changes, replaces } = lifecycle.diff(sid, stored, inputs);
    assert.deepEqual(replaces, []);
    // Of a change that is visible the engine is told `undefined`, and looks itself; null is absent to it.
    const isVisible = !sameJson(withoutNulls(this.inputs), withoutNulls(inputs));
    if (!this.isFailed && (changes === false || (changes === undefined && !isVisible))) {
      if (changes === false) this.inputs = inputs;
      return { writes: [] };
    }
    try {
      this.stored = await lifecycle.update(sid, stored, inputs);
    } catch (error) {
      if (error instanceof UnverifiedError) {
        assert.equal(error.sid, sid);
        Object.assign(this, { stored: error.state, inputs, isFailed: true });
      }
      // An attempt that the deadline cut short is still on its way.
      await setTimeout(10);
      return { writes: this.writes(), error };
    }
    Object.assign(this, { inputs, isFailed: false });
    return { writes: this.writes() };
  }

  async refresh(): Promise<void> {
    const found = await this.life.run(this.definition).lifecycle.read(this.sid, this.stored);
    assert.ok(found, `${this.definition.noun} is gone`);
    Object.assign(this, { stored: found.state, inputs: found.inputs ?? {}, isFailed: false });
  }

  async destroy(): Promise<void> {
    await this.life.run(this.definition).lifecycle.delete(this.sid, this.stored);
  }

  private writes(): RequestRecord[] {
    return this.life.simulator.requests().filter(({ method }) => method !== "GET");
  }
}
