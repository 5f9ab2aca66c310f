import type { Clock } from "../clock";
import type { SidSource } from "../sid";
import type { AccountState } from "../state/account-state";
import type { ServiceRow } from "../state/rows";
import type { Limits, Switches } from "./switches";

/** What the rules may use besides the account's state. */
export interface World {
  readonly clock: Clock;
  readonly sids: SidSource;
  readonly switches: Switches;
  readonly limits: Limits;
}

/** Under which address a row is shown: the short paths of the default service or `/Services/{IS}`. */
export interface View {
  readonly base: string;
  readonly scoped: boolean;
  readonly account: AccountState;
}

/** One authenticated request for a known route, without anything of HTTP. */
export interface Call extends View, World {
  readonly service: ServiceRow;
  /** The path as it was sent, without the query. */
  readonly path: string;
  /** The path as a 404 names it. */
  readonly shownPath: string;
  readonly origin: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly form: Form;
  readonly query: Form;
  /** A new SID, or the one that a seed asks for. */
  newSid(prefix: string): string;
}

/** Fields of a form or a query, each with all its values. */
export type Form = ReadonlyMap<string, readonly string[]>;

/** What a write will do: everything is checked, nothing is changed before `commit`. */
export interface Plan<R = unknown> {
  row: R;
  commit(): void;
  status?: number;
}
