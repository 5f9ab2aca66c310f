import { isObject, type JsonObject, objectIn, sameJson } from "../../core/json";

/** Twilio's author of a message that names none. */
export const NOBODY = "system";

/** The fields that only a new message can have otherwise, so that to repair one is to send it to people again. */
const PARTS = ["mediaSid", "contentSid"] as const;

/** Whether what Twilio shows otherwise is repaired: the program has to say so. */
export function isSentAgain(_stored: unknown, _live: unknown, { resend }: JsonObject): boolean {
  return resend === true;
}

/** Twilio takes one medium by its SID, and gives back a list of what it knows of each. */
export function withMediaSid(live: JsonObject): JsonObject {
  const [first] = Array.isArray(live["media"]) ? live["media"] : [];
  return isObject(first) ? { ...live, mediaSid: first["sid"] } : live;
}

/** Several media can come back in any order: the one declared stands for them. */
export function withMediaDeclared(live: JsonObject, { mediaSid }: JsonObject): JsonObject {
  const media = Array.isArray(live["media"]) ? live["media"] : [];
  const isThere = media.some((medium) => isObject(medium) && medium["sid"] === mediaSid);
  return isThere ? { ...live, mediaSid } : live;
}

/** What it was made from and has no more, where that is told instead of repaired. */
export function partsMissing(live: JsonObject, declared: JsonObject): JsonObject {
  const isDeclared = (name: string) =>
    declared[name] !== undefined && !(name in objectIn(declared, "assigned"));
  const missing = PARTS.filter((name) => isDeclared(name) && live[name] !== declared[name]);
  return missing.length === 0 || declared["resend"] === true ? {} : { missingParts: missing };
}

/** Whether a live message is the declared one: nothing of it is a key. */
export function matches(inputs: JsonObject, answer: JsonObject): boolean {
  const live = withMediaDeclared(answer, inputs);
  const { author = NOBODY, body, attributes = {}, mediaSid = null, contentSid = null } = inputs;
  return (
    live["author"] === author &&
    // The body of what is made from a template is Twilio's.
    (body === undefined || live["body"] === body) &&
    sameJson(live["attributes"] ?? {}, attributes) &&
    (live["mediaSid"] ?? null) === mediaSid &&
    (live["contentSid"] ?? null) === contentSid
  );
}
