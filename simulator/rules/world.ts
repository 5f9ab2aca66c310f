import type { Clock } from "../clock";
import type { SidSource } from "../sid";
import type { AccountState } from "../state/account-state";
import type { ServiceRow } from "../state/rows";
import type { Limits, Switches } from "./switches";

/** The dependencies of the rules besides the account's state. */
export interface World {
  readonly clock: Clock;
  readonly sids: SidSource;
  readonly switches: Switches;
  readonly limits: Limits;
}

/** The base URL of shown rows: the default service's short paths or `/Services/{IS}`. */
export interface View {
  readonly base: string;
  readonly scoped: boolean;
  readonly account: AccountState;
}

/** One authenticated request for a known route, independent of HTTP. */
export interface Call extends View, World {
  readonly service: ServiceRow;
  /** The path as sent, without the query. */
  readonly path: string;
  /** The path as a 404 shows it. */
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

/** A checked write; changes nothing before `commit`. */
export interface Plan<R = unknown> {
  row: R;
  commit(): void;
  status?: number;
}
