import { UnreadableAnswerError } from "../../http/errors";
import { type Definition, idOf } from "../definition/define";
import type { JsonObject } from "../json";
import { type Form, fromResponse } from "./codec";
import type { Connection } from "./connection";
import { dropPages } from "./listing";
import { type Operation, requestFor } from "./request";

export interface ApiCall {
  readonly definition: Definition;
  readonly connection: Connection;
  readonly signal: AbortSignal;
}

/** An object from Twilio's response. */
export interface LiveObject {
  readonly live: JsonObject;
  readonly id: string;
  /** Twilio's own clock at that moment. */
  readonly nowMs: number;
}

/** Reads or writes one object and returns Twilio's response. A write outdates all earlier reads. */
export async function callApi(
  { definition, connection, signal }: ApiCall,
  operation: Exclude<Operation, "list" | "delete">,
  location: JsonObject,
  { sid, form }: { readonly sid?: string; readonly form?: Form } = {},
): Promise<LiveObject> {
  const request = requestFor(definition, operation, location, sid);
  try {
    const { body, status, serverNowMs } = await connection.request(
      { ...request, ...(form && { form }) },
      signal,
    );
    const live = fromResponse(definition, body);
    const id = idOf(definition, live);
    // A gateway's response, or a truncated one: adopting it would leave a resource without an id.
    if (id === undefined) throw new UnreadableAnswerError(request, status, "a body without its SID");
    return { live, id, nowMs: serverNowMs };
  } finally {
    if (operation !== "read") dropPages(connection, definition, location);
  }
}
