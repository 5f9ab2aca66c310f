import type { Args, World } from "../fault/drift/review/cell";
import type { StateRow } from "../support/stack/stack-folder";
import type { Row } from "../support/twilio-account";

/** A kind of resource, and what can come to be of one. */
export interface Reviewed {
  /** In the titles of its cells. Default: the type. */
  readonly name?: string;
  /** What its cells need besides two conversations: a service each, or an account each. */
  readonly needs?: "service" | "account";
  /** The columns in which an `up` refuses to go on, so that nothing comes of it. */
  readonly refuses?: readonly string[];
  /** What is to be there before any program, for it to be on loan. */
  readonly prepare?: (world: World) => Promise<unknown>;
  readonly args: (world: World) => Args;
  /** What the program changes in place. */
  readonly updated?: (world: World) => Args;
  /** What the program takes back: undefined, or less. */
  readonly dropped?: (world: World) => Args;
  /** What somebody else makes of it, by Twilio's names, and the same as the program would say it. */
  readonly drift: (world: World) => Args;
  readonly followed: (world: World) => Args;
  /** Of which row, where it is not the resource's own. */
  readonly driftOf?: (row: StateRow, world: World) => string;
  readonly replaced?: (world: World) => Args;
  /** Makes the same outside Pulumi, with the attributes or name of somebody else where told. */
  readonly outside?: (world: World) => Promise<Row>;
  readonly located?: (world: World) => Args;
}

/** The same, with what the table that has it says. */
export interface ReviewedKind extends Reviewed {
  readonly name: string;
  readonly type: string;
}
