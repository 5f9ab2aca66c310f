import type { Simulator } from "../../../simulator";
import { TwilioAccount } from "../../support/twilio-account";
import type { Args, Declare, Surroundings, ValueSpecimen } from "../../types/specimen";

type Scope = "account" | "default" | "own";
type Around = Omit<Surroundings, "rows"> & { readonly scope: Scope };

/** One kind of resource in one place: what the program declares of it. */
export class Subject {
  /** What the program declares, by resource name. */
  declarations: Record<string, Args> = {};

  private constructor(
    readonly scope: Scope,
    readonly specimen: ValueSpecimen,
    readonly surroundings: Surroundings,
  ) {}

  /** One in each place that there is for the kind, with all that its declarations refer to. */
  static async inEveryScope(specimen: ValueSpecimen, simulator: Simulator): Promise<Subject[]> {
    const account = new TwilioAccount(simulator, simulator.account, `${specimen.definition.type}-`);
    const subjects: Subject[] = [];
    for (const { scope, ...around } of await places(specimen, account))
      subjects.push(new Subject(scope, specimen, { ...around, rows: await specimen.prepare(around) }));
    return subjects;
  }

  /** The resource's name in the program. */
  name(label: string): string {
    return `${this.specimen.definition.type}-${this.scope}-${label}`;
  }

  full(label: string): Args {
    return { ...this.specimen.declare(this.name(label), this.surroundings), ...this.surroundings.place };
  }

  declare(label: string, args: Args): void {
    this.declarations = { ...this.declarations, [this.name(label)]: args };
  }

  declared(label: string): Args {
    return this.declarations[this.name(label)] ?? {};
  }

  /** Declares other values for some fields. */
  change(label: string, change: Args): void {
    this.declare(label, { ...this.declared(label), ...change });
  }

  run(declare: Declare): void {
    for (const [name, args] of Object.entries(this.declarations)) declare(this.specimen.resource, name, args);
  }
}

async function places(specimen: ValueSpecimen, account: TwilioAccount): Promise<Around[]> {
  if (specimen.scopes === "account") return [{ scope: "account", account, place: {}, servicePath: "" }];
  const { sid: serviceSid } = await account.service("of its own");
  const own: Around = {
    scope: "own",
    account,
    place: { serviceSid },
    servicePath: `/Services/${serviceSid}`,
  };
  return specimen.scopes === "own" ? [own] : [{ scope: "default", account, place: {}, servicePath: "" }, own];
}
