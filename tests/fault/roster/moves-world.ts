import { deepEqual } from "node:assert/strict";
import type { JsonObject } from "../../../provider/engine/json";
import type { Life as Lifecycle } from "../../../provider/engine/life";
import { type Row, TwilioAccount } from "../../support/twilio-account";
import type { Life, Run } from "../life";
import {
  type Case,
  type Outside,
  type Program,
  type Spelling,
  type Trouble,
  UNIQUE_NAMES,
} from "./moves-case";

type Group = `${"main" | "sub"} ${"default" | "other"}`;

interface Held {
  readonly isRoster: boolean;
  readonly sid: string;
  readonly state: JsonObject;
  readonly inputs: JsonObject;
}

interface Member {
  readonly sid: string;
  readonly who: string;
}

interface Wanted {
  readonly isRoster: boolean;
  readonly at: Spelling;
  readonly people: readonly string[];
}

/** Conversations of the same names in every service of two accounts, and what a stack holds in them. */
export class MovesWorld {
  readonly #held = new Map<string, Held>();
  readonly #conversations = new Map<string, string>();
  /** What each unique name means by now. */
  readonly #meanings = new Map<string, string>();
  readonly #services = new Map<Group, string>();
  #joined: string | undefined;
  /** Everybody who is in one of the conversations, as last seen. */
  #rows: Member[] = [];

  private constructor(
    private readonly life: Life,
    private readonly number: number,
    private readonly one: Case,
    private readonly sub: TwilioAccount,
  ) {}

  static async make(life: Life, number: number, one: Case): Promise<MovesWorld> {
    const sub = new TwilioAccount(life.simulator, life.simulator.addAccount());
    const world = new MovesWorld(life, number, one, sub);
    await world.#fill("main", life.account);
    await world.#fill("sub", sub);
    return world;
  }

  async #fill(of: "main" | "sub", account: TwilioAccount): Promise<void> {
    const services = { default: account.account.defaultServiceSid, other: (await account.service("x")).sid };
    for (const service of ["default", "other"] as const) {
      const group: Group = `${of} ${service}`;
      this.#services.set(group, services[service]);
      for (const at of UNIQUE_NAMES.keys()) {
        const { sid } = await account.conversation(this.#nameOf(at), `/Services/${services[service]}`);
        this.#conversations.set(`${group} ${at}`, sid);
        this.#meanings.set(`${group} ${at}`, sid);
      }
    }
  }

  #nameOf(at: number): string {
    return `${UNIQUE_NAMES[at]}-${this.number}`;
  }

  async changeOutside({ exchange, joins }: Outside): Promise<void> {
    const { simulator } = this.life;
    if (exchange !== undefined) {
      const keys = UNIQUE_NAMES.map((_, at) => `${exchange.account} ${exchange.service} ${at}`);
      const sids = keys.map((key) => this.#meanings.get(key) ?? "");
      for (const sid of sids) simulator.change(sid, { unique_name: null });
      for (const [at, sid] of sids.toReversed().entries()) {
        simulator.change(sid, { unique_name: this.#nameOf(at) });
        this.#meanings.set(keys[at] ?? "", sid);
      }
    }
    const home = this.#held.get("roster 0")?.sid;
    if (joins === undefined || home === undefined || this.present().includes(`${home} ${joins}`)) return;
    const [place] = this.one.places;
    const account = place?.account === "sub" ? this.sub : this.life.account;
    const service = this.#services.get(groupOf(place as Spelling));
    await account.post(`/Services/${service}/Conversations/${home}/Participants`, { Identity: joins });
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
    const known = at.by === "sid" ? this.#conversations : this.#meanings;
    return known.get(`${groupOf(at)} ${at.name}`) ?? "";
  }

  #inputsOf({ isRoster, at, people }: Wanted): JsonObject {
    const group = groupOf(at);
    const place = {
      conversationSid:
        at.by === "sid" ? (this.#conversations.get(`${group} ${at.name}`) ?? "") : this.#nameOf(at.name),
      ...(at.service !== "left out" && { serviceSid: this.#services.get(group) ?? "" }),
      ...(at.account !== "main" && { account: at.account }),
    };
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
          route: `/v1/Services/*/Conversations/${this.#nameOf(at)}`,
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
    await this.#look();
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
      TWILIO_SUB_ACCOUNT_SID: this.sub.account.accountSid,
      TWILIO_SUB_AUTH_TOKEN: this.sub.account.authToken,
      ...((trouble?.isTwinGone !== true || isUsed) && {
        TWILIO_TWIN_ACCOUNT_SID: account.accountSid,
        TWILIO_TWIN_AUTH_TOKEN: account.authToken,
      }),
    };
  }

  /** The simulator shows the rows of its first account alone. */
  async #look(): Promise<void> {
    const lists = [...this.#conversations].map(async ([key, conversation]) => {
      const group = key.slice(0, key.lastIndexOf(" ")) as Group;
      const account = group.startsWith("sub") ? this.sub : this.life.account;
      const path = `/Services/${this.#services.get(group)}/Conversations/${conversation}/Participants`;
      const { participants } = await account.get(path);
      return (participants as Row[]).map(({ sid, identity }) => ({
        sid,
        who: `${conversation} ${identity}`,
      }));
    });
    this.#rows = (await Promise.all(lists)).flat();
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

function groupOf({ account, service }: Spelling): Group {
  return `${account === "sub" ? "sub" : "main"} ${service === "other" ? "other" : "default"}`;
}

function lifeOf(run: Run, isRoster: boolean): Lifecycle {
  return isRoster ? run.roster : run.lifecycle;
}
