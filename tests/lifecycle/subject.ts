import assert from "node:assert/strict";
import type { Simulator } from "../../simulator";
import { TwilioAccount } from "../support/twilio-account";
import type { Args, Declare, Specimen, Surroundings } from "./specimen";

/** One kind of resource in one service: what the program declares of it, and what is on Twilio. */
export class Subject {
  /** What the program declares, by resource name. */
  declarations: Record<string, Args> = {};
  readonly updatable: string[];
  readonly replacing: string[];
  readonly drifting: string[];
  readonly #existing: Set<string>;

  private constructor(
    readonly scope: "default" | "own",
    readonly specimen: Specimen,
    readonly surroundings: Surroundings,
  ) {
    this.updatable = Object.keys(specimen.updates);
    this.replacing = Object.keys(specimen.replacements);
    this.drifting = Object.keys(specimen.drifts);
    const { simulator } = surroundings.account;
    this.#existing = new Set(specimen.rowsOf(simulator).map(({ sid }) => sid));
  }

  /** One in the account's default service, and one in a service of its own. */
  static async inBothScopes(specimen: Specimen, simulator: Simulator): Promise<Subject[]> {
    const account = new TwilioAccount(simulator);
    const { sid: serviceSid } = await account.service("of its own");
    const arounds = [
      { scope: "default", account, place: {}, servicePath: "" },
      { scope: "own", account, place: { serviceSid }, servicePath: `/Services/${serviceSid}` },
    ] as const;
    const prepared = [];
    for (const around of arounds) prepared.push({ ...around, rows: await specimen.prepare(around) });
    return prepared.map(({ scope, ...surroundings }) => new Subject(scope, specimen, surroundings));
  }

  /** The resource's name in the program. */
  name(label: string): string {
    return `${this.scope}-${label}`;
  }

  full(label: string): Args {
    return { ...this.specimen.declare(this.name(label), this.surroundings), ...this.surroundings.place };
  }

  least(label: string): Args {
    return { ...this.specimen.declareLeast(this.name(label), this.surroundings), ...this.surroundings.place };
  }

  declare(label: string, args: Args): void {
    this.declarations = { ...this.declarations, [this.name(label)]: args };
  }

  /** Declares other values for some fields. */
  change(label: string, change: Args): void {
    this.declare(label, { ...this.declarations[this.name(label)], ...change });
  }

  run(declare: Declare): void {
    for (const [name, args] of Object.entries(this.declarations)) declare(this.specimen.resource, name, args);
  }

  /** Makes an object that no program declares; it does not count as ours until one adopts it. */
  async makeOutside(label: string): Promise<string> {
    const { sid } = await this.specimen.makeOutside(this.full(label), this.surroundings);
    return sid;
  }

  leaveAlone(sid: string): void {
    this.#existing.add(sid);
  }

  existed(sid: string): boolean {
    return this.#existing.has(sid);
  }
}

/** Our objects on Twilio, whichever of these subjects they belong to. */
export function rowsOf(subjects: readonly Subject[]): string[] {
  const [first] = subjects;
  assert.ok(first);
  const rows = first.specimen.rowsOf(first.surroundings.account.simulator).map(({ sid }) => sid);
  return rows.filter((sid) => subjects.every((subject) => !subject.existed(sid))).sort();
}
