import { deepEqual } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import type { ResourceProvider as Lifecycle } from "../../../provider/core/lifecycle/operations";
import type { Life, Run } from "../../fault/life";
import {
  type Case,
  type Outside,
  type Program,
  type Spelling,
  type Trouble,
  UNIQUE_NAMES,
} from "./moves-case";
import { type Member, MovesPlaces } from "./moves-places";

interface Held {
  readonly isRoster: boolean;
  readonly sid: string;
  readonly state: JsonObject;
  readonly inputs: JsonObject;
}

interface Wanted {
  readonly isRoster: boolean;
  readonly at: Spelling;
  readonly people: readonly string[];
}

/** What a stack holds in conversations of many places. */
export class MovesWorld {
  readonly #held = new Map<string, Held>();
  #joined: string | undefined;
  /** Everybody who is in one of the conversations, as last seen. */
  #rows: Member[] = [];

  private constructor(
    private readonly life: Life,
    private readonly places: MovesPlaces,
    private readonly one: Case,
  ) {}

  static async make(life: Life, number: number, one: Case): Promise<MovesWorld> {
    return new MovesWorld(life, await MovesPlaces.make(life, number), one);
  }

  async changeOutside({ exchange, joins }: Outside): Promise<void> {
    if (exchange !== undefined) this.places.exchangeNames(exchange);
    const home = this.#held.get("roster 0")?.sid;
    if (joins === undefined || home === undefined || this.present().includes(`${home} ${joins}`)) return;
    await this.places.join(this.one.places[0] as Spelling, home, joins);
    this.#joined = `${home} ${joins}`;
  }

  /** What the program says, without what it would say twice of one conversation. */
  #wanted({ rosters, participants }: Program): Map<string, Wanted> {
    const wanted = new Map<string, Wanted>();
    const seen = new Set<string>();
    const add = (key: string, one: Wanted) => {
      const places = one.people.map((who) => `${this.#placeOf(key, one.at)} ${who}`);
      const home = `${this.#placeOf(key, one.at)} roster`;
      if ((one.isRoster && seen.has(home)) || places.some((place) => seen.has(place))) return;
      for (const place of one.isRoster ? [...places, home] : places) seen.add(place);
      wanted.set(key, one);
    };
    for (const [at, people] of rosters.entries())
      add(`roster ${at}`, { isRoster: true, at: this.one.places[at] as Spelling, people });
    for (const { at, identity } of participants)
      add(JSON.stringify([at, identity]), { isRoster: false, at, people: [identity] });
    return wanted;
  }

  /** Where it is, or where it would be created. */
  #placeOf(key: string, at: Spelling): string {
    const held = this.#held.get(key);
    if (held !== undefined)
      return String(held.state["resolvedConversationSid"] ?? held.state["conversationSid"]);
    return this.places.sidOf(at);
  }

  #inputsOf({ isRoster, at, people }: Wanted): JsonObject {
    const place = this.places.inputsOf(at);
    if (!isRoster) return { ...place, identity: people[0] };
    const members = Object.fromEntries(people.map((identity) => [identity, { identity }]));
    return { ...place, members, ...(this.one.exclusive && { exclusive: true }) };
  }

  /** A run as the engine drives it; returns what it said. */
  async up(program: Program, more: { refresh?: boolean; trouble?: Trouble } = {}): Promise<string[]> {
    this.life.simulator.clock.advance(60_000);
    const run = this.life.run(undefined, {}, this.#environment(more.trouble));
    if (more.refresh === true) await this.#refresh(run);
    if (more.trouble?.isMute === true)
      for (const at of UNIQUE_NAMES.keys())
        this.life.simulator.addFault({
          ...{ method: "GET", kind: "status", status: 400, code: 20001 },
          route: `/v1/Services/*/Conversations/${this.places.nameOf(at)}`,
        });
    const wanted = this.#wanted(program);
    const steps = [...wanted].map(([key, one]) => this.#step(run, key, this.#inputsOf(one), one.isRoster));
    const errors: unknown[] = [];
    const done = (step: () => Promise<void>) => step().catch((error: unknown) => void errors.push(error));
    if (this.one.inTurn) for (const step of steps) await done(step);
    else await Promise.all(steps.map(done));
    for (const [key, { sid, state, isRoster }] of [...this.#held]) {
      // After a failure the engine deletes nothing.
      if (wanted.has(key) || errors.length > 0) continue;
      await lifeOf(run, isRoster).delete(sid, state);
      this.#held.delete(key);
    }
    this.life.simulator.clearFaults();
    // Only who needs credentials that are missing fails.
    if (more.trouble === undefined) deepEqual(errors, []);
    this.#rows = await this.places.members();
    return run.notes;
  }

  #step(run: Run, key: string, program: JsonObject, isRoster: boolean): () => Promise<void> {
    const life = lifeOf(run, isRoster);
    const held = this.#held.get(key);
    const { inputs, failures } = life.check(held?.inputs ?? {}, program);
    deepEqual(failures, []);
    if (held === undefined)
      return async () => void this.#held.set(key, { ...(await life.create(inputs)), inputs, isRoster });
    const { changes, replaces } = life.diff(held.sid, held.state, inputs);
    deepEqual(replaces, []);
    return async () => {
      const state = changes === false ? held.state : await life.update(held.sid, held.state, inputs);
      this.#held.set(key, { ...held, state, inputs });
    };
  }

  async #refresh(run: Run): Promise<void> {
    const read = async ([key, held]: [string, Held]) => {
      const found = await lifeOf(run, held.isRoster).read(held.sid, held.state);
      if (found === undefined) this.#held.delete(key);
      else this.#held.set(key, { ...held, state: found.state, inputs: found.inputs ?? {} });
    };
    await Promise.all([...this.#held].map(read));
  }

  #environment(trouble: Trouble | undefined): Record<string, string> {
    const { account } = this.life.simulator;
    const isUsed = [...this.#held.values()].some(({ inputs }) => inputs["account"] === "twin");
    return {
      TWILIO_SUB_ACCOUNT_SID: this.places.sub.account.accountSid,
      TWILIO_SUB_AUTH_TOKEN: this.places.sub.account.authToken,
      ...((trouble?.isTwinGone !== true || isUsed) && {
        TWILIO_TWIN_ACCOUNT_SID: account.accountSid,
        TWILIO_TWIN_AUTH_TOKEN: account.authToken,
      }),
    };
  }

  /** The members that the stack holds. */
  held(): Member[] {
    return this.#rows.filter(({ sid }) => this.isInState(sid));
  }

  /** Whether a Participant holds it, whose delete comes at the end of a run. */
  isAlone(sid: string): boolean {
    return [...this.#held.values()].some((held) => !held.isRoster && held.sid === sid);
  }

  declared(program: Program): Set<string> {
    const wanted = [...this.#wanted(program)];
    return new Set(
      wanted.flatMap(([key, { at, people }]) => people.map((who) => `${this.#placeOf(key, at)} ${who}`)),
    );
  }

  isThere(sid: string): boolean {
    return this.#rows.some((row) => row.sid === sid);
  }

  isInState(sid: string): boolean {
    return [...this.#held.values()].some((held) =>
      held.isRoster ? Object.values(held.state["sids"] as object).includes(sid) : held.sid === sid,
    );
  }

  leftOvers(): number {
    const states = [...this.#held.values()].map(({ state }) => Object.keys((state["sids"] ?? {}) as object));
    return states.flat().filter((label) => label.includes(":")).length;
  }

  present(): string[] {
    return this.#rows.map(({ who }) => who).sort();
  }

  /** Everybody who is declared, and who joined a conversation that others may join. */
  expected({ after, exclusive }: Case): string[] {
    const joined = exclusive || this.#joined === undefined ? [] : [this.#joined];
    return [...new Set([...this.declared(after), ...joined])].sort();
  }
}

function lifeOf(run: Run, isRoster: boolean): Lifecycle {
  return isRoster ? run.roster : run.lifecycle;
}
