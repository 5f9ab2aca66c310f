import type { JsonObject } from "../../../provider/core/json";
import type { RequestRecord } from "../../../simulator";
import type { Life } from "../../fault/life";

export type Members = Record<string, JsonObject>;

/** So many members, each with something to change. */
export function crowd(count: number): Members {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `m${at}`,
      { identity: `user-${at}`, attributes: { team: "support" } },
    ]),
  );
}

/** What a run did: state after it, or the error with what the engine records of it. */
export interface Deed {
  readonly sid: string;
  readonly state: JsonObject;
  readonly inputs: JsonObject;
  readonly requests: RequestRecord[];
  readonly notes: string[];
  readonly error?: Error;
}

/** A roster of one conversation through several runs, as the engine would drive it. */
export class RosterLives {
  constructor(
    readonly life: Life,
    readonly conversationSid: string,
  ) {}

  /** Creates it, or updates what an earlier run left. */
  async up(members: Members, before?: Deed, more: JsonObject = {}): Promise<Deed> {
    const { roster, notes } = this.life.run();
    const program = { conversationSid: this.conversationSid, members, ...more };
    const { inputs, failures } = roster.check(before?.inputs ?? {}, program);
    if (failures.length > 0) throw new Error(failures.join("\n"));
    this.life.simulator.clearRequests();
    const done = async () => {
      if (before === undefined) return roster.create(inputs);
      const { changes } = roster.diff(before.sid, before.state, inputs);
      if (changes === false && before.error === undefined) return before;
      return { sid: before.sid, state: await roster.update(before.sid, before.state, inputs) };
    };
    const outcome = await done().catch((error: Error & Partial<Deed>) => {
      if (error.state === undefined) throw error;
      return { sid: error.sid ?? "", state: error.state, error };
    });
    return { ...outcome, inputs, notes, requests: this.life.simulator.requests() };
  }

  /** What a refresh makes of it; undefined where it is gone. */
  async refresh(before: Deed): Promise<Deed | undefined> {
    const { roster, notes } = this.life.run();
    this.life.simulator.clearRequests();
    const found = await roster.read(before.sid, before.state);
    if (found === undefined) return undefined;
    const { state, inputs = {} } = found;
    return { sid: before.sid, state, inputs, notes, requests: this.life.simulator.requests() };
  }

  async down({ sid, state }: Deed): Promise<RequestRecord[]> {
    this.life.simulator.clearRequests();
    await this.life.run().roster.delete(sid, state);
    return this.life.simulator.requests();
  }

  identities(): string[] {
    return this.life.simulator.participants().map(({ identity }) => String(identity));
  }

  sidOf(identity: string): string {
    return String(this.life.simulator.participants().find((row) => row["identity"] === identity)?.["sid"]);
  }
}

export const writesIn = (requests: readonly RequestRecord[]): RequestRecord[] =>
  requests.filter(({ method }) => method !== "GET");
export const readsIn = (requests: readonly RequestRecord[]): RequestRecord[] =>
  requests.filter(({ method }) => method === "GET");
