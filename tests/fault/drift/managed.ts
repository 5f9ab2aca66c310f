import assert from "node:assert/strict";
import { requestFor } from "../../../provider/core/api/request";
import type { Definition } from "../../../provider/core/definition/define";
import { isObject, type Json, type JsonObject } from "../../../provider/core/json";
import type { RequestRecord } from "../../../simulator";
import type { Life } from "../life";

/** What a refresh makes of a resource, and what a preview then says of the program. */
export interface Preview {
  readonly state: JsonObject;
  /** What the program declares, as check stores it. */
  readonly wanted: JsonObject;
  /** The properties that the engine names as changed. */
  readonly named: string[];
  readonly replaces: string[];
}

/** What comes of an `up`. */
export interface Trial {
  readonly state: JsonObject;
  readonly requests: RequestRecord[];
}

/** A resource as the engine keeps it and handles it, with a run of its own for each operation. */
export class Managed {
  private constructor(
    private readonly life: Life,
    readonly definition: Definition,
    private readonly program: JsonObject,
    readonly sid: string,
    private stored: JsonObject,
    private readonly inputs: JsonObject,
  ) {}

  static async create(life: Life, definition: Definition, program: JsonObject): Promise<Managed> {
    const { lifecycle } = life.run(definition);
    const { inputs, failures } = lifecycle.check({}, program);
    assert.deepEqual(failures, []);
    const { sid, state } = await lifecycle.create(inputs);
    return new Managed(life, definition, program, sid, state, inputs);
  }

  get state(): JsonObject {
    return this.stored;
  }

  /** `preview --refresh`: a read, then a check and a diff in which the engine itself compares the inputs. */
  async refreshed(): Promise<Preview> {
    const run = () => this.life.run(this.definition).lifecycle;
    const found = await run().read(this.sid, this.stored);
    assert.ok(found, `${this.definition.noun} is gone`);
    return this.previewOf(found.state, found.inputs ?? {});
  }

  previewOf(state: JsonObject, inputs: JsonObject): Preview {
    const { lifecycle } = this.life.run(this.definition);
    const { inputs: wanted, failures } = lifecycle.check(inputs, this.program);
    assert.deepEqual(failures, []);
    const { changes, replaces } = lifecycle.diff(this.sid, state, wanted);
    const named = pathsBetween(inputs, wanted);
    // Told of a change that shows in no input, the engine could name nothing.
    assert.equal(changes, named.length > 0 ? undefined : false, `${this.definition.type}: ${named}`);
    return { state, wanted, named, replaces };
  }

  /** What `up` sends after the preview. */
  async update({ state, wanted }: Preview): Promise<RequestRecord[]> {
    this.life.simulator.clearRequests();
    this.stored = await this.life.run(this.definition).lifecycle.update(this.sid, state, wanted);
    return this.life.simulator.requests().filter(({ method }) => method !== "GET");
  }

  /** `refresh`: the state is what is live. */
  async refresh(): Promise<void> {
    this.stored = (await this.refreshed()).state;
  }

  destroy(): Promise<void> {
    return this.life.run(this.definition).lifecycle.delete(this.sid, this.stored);
  }

  /** An `up` of another program, with a refresh or without one. What is held here stays as it was before that. */
  async trial(program: JsonObject, isRefreshed: boolean): Promise<Trial> {
    const run = () => this.life.run(this.definition).lifecycle;
    const found = isRefreshed ? await run().read(this.sid, this.stored) : undefined;
    const { state, inputs = {} } = found ?? { state: this.stored, inputs: this.inputs };
    const { inputs: wanted, failures } = run().check(inputs, program);
    assert.deepEqual(failures, []);
    const { changes, replaces } = run().diff(this.sid, state, wanted);
    assert.deepEqual(replaces, []);
    const isVisible = pathsBetween(inputs, wanted).length > 0;
    assert.equal(changes === true, false, "the engine could not name what changes");
    this.life.simulator.clearRequests();
    const after = isVisible && changes !== false ? await run().update(this.sid, state, wanted) : state;
    const requests = this.life.simulator.requests();
    assert.equal(run().diff(this.sid, after, wanted).changes, isVisible ? false : changes);
    return { state: after, requests };
  }

  /** What Twilio says of it, by Twilio's names. */
  row(): Promise<JsonObject> {
    return this.life.account.get(this.path.replace("/v1", "")) as Promise<JsonObject>;
  }

  get path(): string {
    return requestFor(this.definition, "read", this.stored, this.sid).path;
  }

  /** Changes a member of the row behind the program's back; answers with what undoes it. */
  async change(name: string, value: Json): Promise<() => void> {
    const [top = "", ...members] = name.split(".");
    const before = (await this.row())[top];
    const change = (whole: Json | undefined) => this.life.simulator.change(this.rowSid, { [top]: whole });
    change(withMember(before, members, value));
    return () => change(before);
  }

  /** The simulator keeps a user's view of a conversation with the member. */
  private get rowSid(): string {
    return this.stored["participantSid"] !== undefined && this.definition.type === "UserConversation"
      ? String(this.stored["participantSid"])
      : this.sid;
  }
}

/** The properties that differ, by the paths with which the engine names them. To it null is absent (measured). */
function pathsBetween(left: Json | undefined, right: Json | undefined, path = ""): string[] {
  if (Array.isArray(left) && Array.isArray(right))
    return [...Array(Math.max(left.length, right.length)).keys()].flatMap((index) =>
      pathsBetween(left[index], right[index], `${path}[${index}]`),
    );
  if (isObject(left) && isObject(right)) {
    const names = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...names].flatMap((name) =>
      pathsBetween(left[name], right[name], path === "" ? name : `${path}.${name}`),
    );
  }
  return (left ?? undefined) === (right ?? undefined) ? [] : [path];
}

function withMember(whole: Json | undefined, [name, ...rest]: string[], value: Json): Json {
  if (name === undefined) return value;
  const members = isObject(whole) ? whole : {};
  return { ...members, [name]: withMember(members[name], rest, value) };
}
