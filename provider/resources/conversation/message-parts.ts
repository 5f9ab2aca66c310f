import { isObject, type JsonObject, objectIn, sameJson } from "../../core/json";

/** Twilio's author of a message that names none. */
export const NOBODY = "system";

/** The fields whose repair needs a new message, which is sent to people again. */
const PARTS = ["mediaSid", "contentSid"] as const;

/** Whether drift of these fields is repaired: only with `resend: true`. */
export function isSentAgain(_stored: unknown, _live: unknown, { resend }: JsonObject): boolean {
  return resend === true;
}

/** Twilio accepts one medium by SID and returns a list of objects. */
export function withMediaSid(live: JsonObject): JsonObject {
  const [first] = Array.isArray(live["media"]) ? live["media"] : [];
  return isObject(first) ? { ...live, mediaSid: first["sid"] } : live;
}

/** Twilio returns several media in any order; the declared one represents them. */
export function withMediaDeclared(live: JsonObject, { mediaSid }: JsonObject): JsonObject {
  const media = Array.isArray(live["media"]) ? live["media"] : [];
  const isThere = media.some((medium) => isObject(medium) && medium["sid"] === mediaSid);
  return isThere ? { ...live, mediaSid } : live;
}

/** The deleted media or template of the message, where a warning names it instead of a repair. */
export function partsMissing(live: JsonObject, declared: JsonObject): JsonObject {
  const isDeclared = (name: string) =>
    declared[name] !== undefined && !(name in objectIn(declared, "assigned"));
  const missing = PARTS.filter((name) => isDeclared(name) && live[name] !== declared[name]);
  return missing.length === 0 || declared["resend"] === true ? {} : { missingParts: missing };
}

/** Whether a live message equals the declared one: a message has no natural key. */
export function matches(inputs: JsonObject, answer: JsonObject): boolean {
  const live = withMediaDeclared(answer, inputs);
  const { author = NOBODY, body, attributes = {}, mediaSid = null, contentSid = null } = inputs;
  return (
    live["author"] === author &&
    // Twilio writes the body of a message from a template.
    (body === undefined || live["body"] === body) &&
    sameJson(live["attributes"] ?? {}, attributes) &&
    (live["mediaSid"] ?? null) === mediaSid &&
    (live["contentSid"] ?? null) === contentSid
  );
}
