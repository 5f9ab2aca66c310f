import type { JsonObject } from "../../../provider/core/json";
import { nameOf, type StateRow } from "../../support/stack/stack-folder";
import type { Declaration, Kind } from "./program/declaration";
import { keyOf } from "./world";

/** A resource in state. */
export interface Held {
  readonly name: string;
  readonly kind: Kind;
  readonly sid: string;
  readonly key: string;
  readonly inputs: JsonObject;
  readonly outputs: JsonObject;
  /** Deleted already or about to be: the state keeps it until that is done. */
  readonly isLeaving: boolean;
}

export function heldRow(row: StateRow): Held {
  const kind = row.type.slice(row.type.lastIndexOf(":") + 1) as Kind;
  return {
    name: nameOf(row.urn),
    kind,
    sid: row.id,
    key: keyOf(kind, row.id),
    inputs: row.inputs as JsonObject,
    outputs: row.outputs as JsonObject,
    isLeaving: row.delete === true || row.pendingReplacement === true,
  };
}

export function heldBy({ name, aliases, kind }: Declaration, rows: readonly Held[]): Held | undefined {
  return rows.find(
    (row) => row.kind === kind && !row.isLeaving && (row.name === name || aliases.includes(row.name)),
  );
}

/** Its inputs, with the conversation by its SID, however the program names it. */
export function placeFields({ inputs, outputs }: Held): JsonObject {
  const conversationSid = outputs["resolvedConversationSid"] ?? inputs["conversationSid"];
  return conversationSid === undefined ? inputs : { ...inputs, conversationSid };
}
