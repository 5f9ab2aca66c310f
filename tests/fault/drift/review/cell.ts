import type { StateRow } from "../../../support/stack/stack-folder";
import type { TwilioAccount } from "../../../support/twilio-account";

export type Args = Record<string, unknown>;

/** A resource as a program given as data declares it. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly args?: Args;
  readonly opts?: Args;
  /** A SID, or that of a resource that the first `up` has made. */
  readonly get?: string | { readonly $sid: string };
}

/** Where the objects of one cell live. All of it is made outside Pulumi, and is no other cell's. */
export interface World {
  /** Names all that is the cell's own. */
  readonly label: string;
  readonly account: TwilioAccount;
  /** Names of credentials, for what each account has once. */
  readonly accounts: readonly [string, string] | readonly [];
  readonly servicePath: string;
  /** By name. */
  readonly sids: Readonly<Record<string, string>>;
}

/** One cell of the table: a resource of some kind, and what becomes of it. */
export interface Cell {
  readonly title: string;
  readonly world: World;
  readonly before: readonly Declared[];
  readonly after: readonly Declared[];
  /** What somebody else does between the two; `rowOf` is of what the first `up` has recorded. */
  readonly outside?: (rowOf: (name: string) => StateRow) => unknown;
  /** New name to old name, of one and the same resource. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** What an `up --target` of this cell alone has declared before that. */
  readonly targeted?: readonly Declared[];
}
