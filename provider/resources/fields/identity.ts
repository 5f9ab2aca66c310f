import { constrained, text } from "../../core/definition/constraint";
import { invisibleFinding } from "../../core/definition/invisible-characters";
import { butOf, isSid } from "../../core/definition/sid";
import type { Problem } from "../../core/problem";
import { isPathSegment } from "../../http/path";

/** Names that Twilio reserves (error 50203). */
const RESERVED: readonly string[] = ["system", "private", "unique"];

/** The identity of a chat user. */
export function identity() {
  return constrained(text(256, { empty: 50204, long: 50207 }), identityFinding);
}

/** A user: its SID or its identity. */
export function userReference() {
  return constrained(text(256, { empty: 50202, long: 50207 }), (value) => {
    if (value === "" || isSid("US", value)) return undefined;
    if (isPathSegment(value) && !isSid("CH", value) && !isSid("MB", value)) return identityFinding(value);
    return {
      message: `is ${butOf(value)}neither a US SID nor an identity`,
      twilioCode: 50200,
      hint: "Give user.id, a US SID or the user's identity.",
    };
  });
}

function identityFinding(value: string): Omit<Problem, "path"> | undefined {
  if (RESERVED.includes(value))
    return { message: "is a name that Twilio keeps for itself", twilioCode: 50203, hint: "Use another." };
  if (isSid("US", value))
    return { message: "looks like a US SID", twilioCode: 50206, hint: "Use another name." };
  return invisibleFinding(value);
}
