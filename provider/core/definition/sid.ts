import { z } from "zod";
import { isPathSegment } from "../../http/path";
import { constrained, text } from "./constraint";
import { kindOf } from "./sid-kinds";

const prefixes = new WeakMap<z.core.$ZodType, string>();

/** A Twilio SID: two letters and 32 hexadecimal digits. */
export function sid(prefix: string, twilioCode?: number) {
  const schema = constrained(z.string(), (value) =>
    isSid(prefix, value)
      ? undefined
      : { message: `is ${butOf(value)}no ${prefix} SID`, twilioCode, hint: hintFor(prefix) },
  );
  prefixes.set(schema, prefix);
  return schema;
}

/** The SID prefix of a schema that accepts only SIDs. */
export function sidPrefixOf(schema: z.core.$ZodType): string | undefined {
  const known = prefixes.get(schema);
  return known === undefined && schema instanceof z.ZodOptional ? sidPrefixOf(schema.unwrap()) : known;
}

export function isSid(prefix: string, value: string): boolean {
  return value.startsWith(prefix) && /^[0-9a-fA-F]{32}$/.test(value.slice(prefix.length));
}

/** Whether a value has the form of any Twilio SID. */
export function looksLikeSid(value: string): boolean {
  return /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(value);
}

/** A conversation: its SID or its unique name. */
export function conversationReference() {
  return constrained(text(256, { empty: 50351, long: 50004 }), (value) => {
    if (value === "" || isSid("CH", value)) return undefined;
    if (!looksLikeSid(value) && isPathSegment(value)) return undefined;
    return {
      message: `is ${butOf(value)}neither a CH SID nor a unique name`,
      twilioCode: 50350,
      hint: "Give conversation.id, a CH SID or the conversation's uniqueName.",
    };
  });
}

/** The beginning of a message: the kind of the SID that a value is, if known. */
export function butOf(value: string): string {
  const kind = looksLikeSid(value) ? kindOf(value.slice(0, 2)) : undefined;
  return kind === undefined
    ? ""
    : `the SID of ${/^(?!user)[aeiou]/i.test(kind.noun) ? "an" : "a"} ${kind.noun}, `;
}

function hintFor(prefix: string): string {
  const { noun, type, lookup } = kindOf(prefix) ?? {};
  const form = `Give ${prefix} followed by 32 hexadecimal digits`;
  if (type === undefined) return noun === undefined ? `${form}.` : `${form}, the SID of a ${noun}.`;
  return `${form}: the id of the ${type}${lookup === undefined ? "" : `, or the sid that ${lookup} finds`}.`;
}
