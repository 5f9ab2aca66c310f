import { z } from "zod";
import { type Attributes, attributesText } from "../attributes";
import { containsUnknown, hoistedIn } from "../engine-transport";
import { type Json, parseJson } from "../json";
import type { Finding, Problem } from "../problem";
import { durationSeconds, momentMs } from "./iso-time";

/** Twilio's limits as zod schemas: each names the error of Twilio itself, and a hint. */

/** A schema with a further check: `find` returns the problem of a value, or of a path within it. */
export function constrained<Schema extends z.ZodType>(
  schema: Schema,
  find: (value: z.output<Schema>) => Finding | Problem | undefined,
): Schema {
  return schema.superRefine((value, context) => {
    const finding = find(value);
    if (finding === undefined) return;
    const { message, path, ...params } = { path: "", ...finding };
    context.addIssue({ code: "custom", message, params, path: path === "" ? [] : [path] });
  });
}

/** Text of 1 to `maxLength` characters; of any length if Twilio names no limit. */
export function text(maxLength = Number.POSITIVE_INFINITY, codes: { empty?: number; long?: number } = {}) {
  return constrained(z.string(), (value) => {
    if (value === "")
      return {
        message: "must not be empty",
        twilioCode: codes.empty,
        hint: "Give it a value or leave it out.",
      };
    return tooLong(value, maxLength, codes.long);
  });
}

/** The problem of a text of more than `maxLength` characters. */
export function tooLong(
  value: string,
  maxLength: number,
  twilioCode: number | undefined,
): Finding | undefined {
  // An emoji is one character, though UTF-16 takes two units for it.
  const { length } = [...value];
  return length <= maxLength
    ? undefined
    : {
        message: `is ${length} characters long, the limit is ${maxLength}`,
        twilioCode,
        hint: "Shorten it.",
      };
}

/** Text of 1 to `maxBytes` bytes. */
export function textOfBytes(maxBytes: number, codes: { empty?: number; long?: number } = {}) {
  return constrained(text(Number.POSITIVE_INFINITY, codes), (value) => {
    const bytes = Buffer.byteLength(value, "utf8");
    return bytes <= maxBytes
      ? undefined
      : {
          message: `takes ${bytes} bytes, the limit is ${maxBytes}`,
          twilioCode: codes.long,
          hint: "Shorten it.",
        };
  });
}

/** Text that is JSON. */
export function jsonText() {
  return constrained(z.string(), (value) => {
    const parsed = parseJson(value);
    return "problem" in parsed && parsed.problem === "syntax"
      ? { message: `is not valid JSON${parsed.where}`, hint: "Give text that JSON.parse accepts." }
      : undefined;
  });
}

/** A word that an editor completes, or any other text: a value from the config is a plain string. */
export type Open<Word extends string> = Word | (string & Record<never, never>);

/** One of a few words. */
export function choice<const Word extends string>(words: readonly Word[], twilioCode: number) {
  return chosen(words, twilioCode, (value) => words.includes(value));
}

/** One of a few words, in any case of letters where Twilio accepts it. */
export function choiceOfAnyCase<const Word extends string>(words: readonly Word[], twilioCode: number) {
  return chosen(words, twilioCode, (value) => words.some((word) => sameWord(word, value)));
}

const choices = new WeakMap<z.core.$ZodType, readonly string[]>();

/** The words of a schema that accepts only a few. */
export function wordsOf(schema: z.core.$ZodType): readonly string[] | undefined {
  return schema instanceof z.ZodEnum ? schema.options.map(String) : choices.get(schema);
}

function chosen<Word extends string>(
  words: readonly Word[],
  twilioCode: number,
  isOne: (value: Word) => boolean,
) {
  const schema = constrained(z.custom<Open<Word>>(), (value) =>
    isOne(value as Word)
      ? undefined
      : {
          message: value === undefined ? "is required" : "is not one of the values it can have",
          twilioCode,
          hint: `Use ${words.join(", ")}.`,
        },
  );
  choices.set(schema, words);
  return schema;
}

/** Equal apart from the case of letters. */
export function sameWord(left: unknown, right: unknown): boolean {
  return typeof left === "string" && typeof right === "string" && left.toLowerCase() === right.toLowerCase();
}

/** The index of a message in its conversation. */
export function messageIndex(twilioCode: number) {
  return wholeNumber("is not a message index", twilioCode);
}

/** A number of times. */
export function count(twilioCode: number) {
  return wholeNumber("is not a whole number", twilioCode);
}

function wholeNumber(message: string, twilioCode: number) {
  return constrained(z.number(), (value) =>
    Number.isSafeInteger(value) && value >= 0
      ? undefined
      : { message, twilioCode, hint: "Give a whole number of 0 or more." },
  );
}

/** A date and time in ISO 8601, as Twilio writes it: `2016-03-24T21:05:50Z`. */
export function timestamp(twilioCode: number) {
  return constrained(z.string(), (value) =>
    momentMs(value) !== undefined
      ? undefined
      : {
          message: "is not an ISO 8601 date and time",
          twilioCode,
          hint: "Write it as 2016-03-24T21:05:50Z.",
        },
  );
}

/** An ISO 8601 duration of at least `minSeconds`, or PT0S, which switches the timer off. */
export function duration(minSeconds: number, codes: { short: number; format: number }) {
  return constrained(z.string(), (value) => {
    const seconds = durationSeconds(value);
    if (seconds === undefined)
      return {
        message: "is not an ISO 8601 duration",
        twilioCode: codes.format,
        hint: "Write it as PT30M, PT12H or P3D.",
      };
    if (seconds !== 0 && seconds < minSeconds)
      return {
        message: `is shorter than ${minSeconds / 60} min`,
        twilioCode: codes.short,
        hint: `Give at least PT${minSeconds / 60}M, or PT0S to switch it off.`,
      };
    return undefined;
  });
}

/** Any JSON value, or JSON text, of at most `maxBytes` bytes of text. */
export function attributes(maxBytes: number) {
  return constrained(z.custom<Json>() as z.ZodType<Json, Attributes>, (value) => {
    const parsed = typeof value === "string" ? parseJson(value) : { value };
    if ("problem" in parsed) {
      if (parsed.problem === "syntax")
        return {
          message: `is not valid JSON${parsed.where}`,
          twilioCode: 50304,
          hint: "Give an object, or text that JSON.parse accepts.",
        };
      if (parsed.problem === "number")
        return {
          message: "holds a number that a double cannot hold exactly",
          twilioCode: 50304,
          hint: "Write that number as a string.",
        };
    } else {
      const hoisted = hoistedIn(parsed.value);
      if (hoisted !== undefined) return hoisted;
    }
    // Its length is unknown until all parts are known.
    if (containsUnknown(value)) return undefined;
    const bytes = Buffer.byteLength(attributesText(value), "utf8");
    return bytes <= maxBytes
      ? undefined
      : {
          message: `takes ${bytes} bytes as JSON, the limit is ${maxBytes}`,
          twilioCode: 50303,
          hint: "Keep less in it, for example a reference to data held elsewhere.",
        };
  });
}
