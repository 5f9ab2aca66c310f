import type * as pulumi from "@pulumi/pulumi";
import type {
  Definition,
  ObjectDefinition,
  SingletonDefinition,
} from "../../provider/core/definition/define";
import type { Simulator } from "../../simulator";
import type { Row, TwilioAccount } from "../support/twilio-account";

export type Args = Record<string, unknown>;
export type ResourceClass = new (
  name: string,
  args: never,
  opts?: pulumi.CustomResourceOptions,
) => pulumi.CustomResource;

/** What stands around the resource under test, made outside Pulumi. */
export interface Surroundings {
  /** Puts the kind before the names of what it makes, so that kinds of one stack do not collide. */
  readonly account: TwilioAccount;
  /** `/Services/IS…`, or nothing for the default service. */
  readonly servicePath: string;
  /** `{ serviceSid }`, or nothing. */
  readonly place: { serviceSid?: string };
  readonly rows: Record<string, Row>;
}

export type Update = { readonly form: Args } & ({ readonly value: unknown } | { readonly with: Args });

/** What the steps on values need to know of one resource, however its objects come to be. */
export interface ValueSpecimen {
  readonly definition: Definition;
  readonly resource: ResourceClass;
  /** There is one place for it. Default: the account's default service, and a service of its own. */
  readonly scopes?: "account" | "own";
  /** The objects that the declarations below refer to. */
  readonly prepare: (surroundings: Omit<Surroundings, "rows">) => Promise<Record<string, Row>>;
  /** A complete declaration, with a natural key of its own for each label. */
  readonly declare: (label: string, surroundings: Surroundings) => Args;
  /**
   * Another value for each field that changes in place, and the form that has to be sent for it; `with` in place of
   * the value when others have to change with it.
   */
  readonly updates: Record<string, (surroundings: Surroundings, label: string) => Update>;
  /** Another value for each field that replaces; `{ with }` when others have to change with it. */
  readonly replacements: Record<string, (label: string, surroundings: Surroundings) => unknown>;
  /** Observed fields whose drift is another matter, with the reason; they have tests of their own. */
  readonly notRepaired?: Record<string, string>;
  /** How Twilio would show each field changed behind our back. */
  readonly drifts: Record<string, (surroundings: Surroundings) => { fields: Args; keys: string[] }>;
  /** A resource that it refers to, and the declaration that does: what a first preview cannot know. */
  readonly withUnknowns: (surroundings: Surroundings) => (declared: Declare) => void;
}

/** All that the suite needs to know of one resource that is created and deleted. */
export interface Specimen extends ValueSpecimen {
  readonly definition: ObjectDefinition;
  /**
   * `reported`: what somebody deletes on Twilio stays in state and is not created again; it has tests of its own.
   * Default: it is created again.
   */
  readonly goneIs?: "reported";
  /** The same object with nothing declared that need not be: Twilio chooses the rest. */
  readonly declareLeast: (label: string, surroundings: Surroundings) => Args;
  /** What a `get` of an object needs besides its SID. */
  readonly located: (surroundings: Surroundings) => Args;
  /**
   * The objects on Twilio, in whichever service. Those that Twilio makes by itself while the group runs (a user for
   * a participant, a role for a service) are not the program's: leave them out, by their names.
   */
  readonly rowsOf: (simulator: Simulator) => Row[];
  /** Makes the declared object outside Pulumi. */
  readonly makeOutside: (args: Args, surroundings: Surroundings) => Promise<Row>;
}

/** All that the suite needs to know of one setting that is there without a program. */
export interface SingletonSpecimen extends ValueSpecimen {
  readonly definition: SingletonDefinition;
  readonly scopes: "account" | "own";
  /** `otherService`: where the declaration moves to, if it is of a service. Something else may stand there already. */
  readonly prepare: (surroundings: Omit<Surroundings, "rows">) => Promise<Record<string, Row>>;
  /** The form that makes the complete declaration of what is there when `prepare` is done. */
  readonly form: (surroundings: Surroundings) => Args;
  /** Twilio's names and last values of what cannot be put back, in a service where nothing was there before. */
  readonly stays?: Args;
}

export type Declare = (
  resource: ResourceClass,
  name: string,
  args: Args,
  opts?: pulumi.CustomResourceOptions,
) => pulumi.CustomResource;
