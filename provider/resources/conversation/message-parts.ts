import { isObject, type JsonObject, objectIn, sameJson } from "../../core/json";

/** The author that Twilio assigns to a message without one. */
export const NOBODY = "system";

/** Fields that Twilio cannot update: repairing one sends a new message to people. */
const PARTS = ["mediaSid", "contentSid"] as const;

/** Whether `up` reverts a difference of these fields. The program has to allow it. */
export function isSentAgain(_stored: unknown, _live: unknown, { resend }: JsonObject): boolean {
  return resend === true;
}

/** Twilio takes the SID of one medium, and returns a list of media. */
export function withMediaSid(live: JsonObject): JsonObject {
  const [first] = Array.isArray(live["media"]) ? live["media"] : [];
  return isObject(first) ? { ...live, mediaSid: first["sid"] } : live;
}

/** Twilio returns several media in any order: the declared one stands for them. */
export function withMediaDeclared(live: JsonObject, { mediaSid }: JsonObject): JsonObject {
  const media = Array.isArray(live["media"]) ? live["media"] : [];
  const isThere = media.some((medium) => isObject(medium) && medium["sid"] === mediaSid);
  return isThere ? { ...live, mediaSid } : live;
}

/** Declared parts that the message on Twilio lacks, if the provider reports them instead of repairing. */
export function partsMissing(live: JsonObject, declared: JsonObject): JsonObject {
  const isDeclared = (name: string) =>
    declared[name] !== undefined && !(name in objectIn(declared, "assigned"));
  const missing = PARTS.filter((name) => isDeclared(name) && live[name] !== declared[name]);
  return missing.length === 0 || declared["resend"] === true ? {} : { missingParts: missing };
}

/** Whether a live message equals the declared one. A message has no key. */
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
