import { UnreadableAnswerError } from "../../http/errors";
import { type Definition, idOf } from "../definition/define";
import type { JsonObject } from "../json";
import { type Form, fromAnswer } from "./codec";
import type { Connection } from "./connection";
import { type Operation, requestFor } from "./request";

export interface Exchange {
  readonly definition: Definition;
  readonly connection: Connection;
  readonly signal: AbortSignal;
}

/** An object as Twilio answered it. */
export interface Exchanged {
  readonly live: JsonObject;
  readonly id: string;
  /** Twilio's own clock at that moment. */
  readonly nowMs: number;
}

/** Asks for one object, or writes it, and returns it as it is then. After a write nothing read before is fresh. */
export async function exchange(
  { definition, connection, signal }: Exchange,
  operation: Exclude<Operation, "list" | "delete">,
  place: JsonObject,
  { sid, form }: { readonly sid?: string; readonly form?: Form } = {},
): Promise<Exchanged> {
  const request = requestFor(definition, operation, place, sid);
  try {
    const { body, status, serverNowMs } = await connection.request(
      { ...request, ...(form && { form }) },
      signal,
    );
    const live = fromAnswer(definition, body);
    const id = idOf(definition, live);
    // A gateway's answer, or a cut one: taken for an object, it would leave a resource without an id.
    if (id === undefined) throw new UnreadableAnswerError(request, status, "a body without its SID");
    return { live, id, nowMs: serverNowMs };
  } finally {
    if (operation !== "read") connection.readers.drop(requestFor(definition, "list", place).path);
  }
}
