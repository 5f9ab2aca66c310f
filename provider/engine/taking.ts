import { type Exchange, exchange } from "../core/api/call";
import type { Form } from "../core/api/codec";
import type { JsonObject } from "../core/json";
import { isOutcomeUnknown } from "../http/errors";

/** An object that a resource has made its own. */
export interface Taken {
  readonly live: JsonObject;
  /** The object as it was, where it is only on loan. */
  readonly found?: JsonObject | undefined;
  /** Why nobody can tell whether it was set as declared. */
  readonly unsettled?: unknown;
  /** Watched fields that are left open and hold what somebody else set: to put that back would be to defend it. */
  readonly unwatched?: readonly string[];
}

export interface Found extends Exchange {
  readonly inputs: JsonObject;
  readonly id: string;
  readonly live: JsonObject;
  /** What is to be given back later. */
  readonly found: JsonObject | undefined;
}

/**
 * Sets what was there already as the program declares it. What is on loan is taken even where the answer is lost, since
 * nobody else knows what was there before.
 */
export async function take(standing: Found, form: Form): Promise<Taken> {
  const { inputs, id: sid, live, found } = standing;
  if (form.length === 0) return { live, found };
  try {
    return { ...(await exchange(standing, "update", inputs, { sid, form })), found };
  } catch (error) {
    if (found === undefined || !isOutcomeUnknown(error)) throw error;
    return { live, found, unsettled: error };
  }
}
