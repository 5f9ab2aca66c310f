import { dateText } from "../clock";
import { isSid } from "../sid";
import type { ErrorCode } from "./error-codes";
import { CodedError } from "./errors";
import { durationMs } from "./timers";
import type { Call, Form, World } from "./world";

/** Reads one form field: from the texts sent to a value, or to Twilio's error. */
export interface Field<T> {
  readonly many: boolean;
  read(texts: readonly string[], name: string, call: Call): T;
}
export type Fields = Readonly<Record<string, Field<unknown>>>;
export type Values<F extends Fields> = {
  [K in keyof F]?: F[K] extends Field<infer T> ? T : never;
};

function single<T>(read: (text: string, name: string, call: Call) => T): Field<T> {
  return { many: false, read: (texts, name, call) => read(texts[0] ?? "", name, call) };
}

/** Counts characters: an emoji is one, though it takes two UTF-16 units. */
export function characters(text: string): number {
  return [...text].length;
}

/** Text with an optional maximum length. */
export function text(
  maxChars?: (limits: Call["limits"]) => number,
  tooLong: ErrorCode = 20001,
): Field<string> {
  return single((value, name, call) => {
    if (maxChars && characters(value) > maxChars(call.limits)) throw new CodedError(tooLong, name);
    return value;
  });
}

export function textList(): Field<string[]> {
  return { many: true, read: (texts) => [...texts] };
}

/** One of some words, spelled exactly. */
export function choice<W extends string>(words: readonly W[], code: ErrorCode = 20001): Field<W> {
  return single((value, name) => oneOf(words, (word) => word === value, name, code));
}

/** One of some words in any case, as Twilio takes HTTP methods and channels; stores the listed spelling. */
export function choiceOfAnyCase<W extends string>(words: readonly W[], code: ErrorCode = 20001): Field<W> {
  return single((value, name) => {
    return oneOf(words, (word) => word.toLowerCase() === value.toLowerCase(), name, code);
  });
}

function oneOf<W extends string>(
  words: readonly W[],
  isMeant: (word: W) => boolean,
  name: string,
  code: ErrorCode,
): W {
  const word = words.find(isMeant);
  if (word === undefined) throw new CodedError(code, name);
  return word;
}

export function sidText(prefix: string, code: ErrorCode = 20001): Field<string> {
  return single((value, name) => {
    if (!isSid(value, prefix)) throw new CodedError(code, name);
    return value;
  });
}

export function flag(): Field<boolean> {
  return single((value, name) => {
    const word = value.toLowerCase();
    if (word !== "true" && word !== "false") throw new CodedError(20001, name);
    return word === "true";
  });
}

/** A whole number from 0; where the API allows null, an empty text is null. */
export function integer(options: { code?: ErrorCode; isNullable: true }): Field<number | null>;
export function integer(options?: { code?: ErrorCode }): Field<number>;
export function integer(options: { code?: ErrorCode; isNullable?: boolean } = {}): Field<number | null> {
  return single((value, name) => {
    if (options.isNullable && value === "") return null;
    if (!/^\d{1,15}$/.test(value)) throw new CodedError(options.code ?? 20001, name);
    return Number(value);
  });
}

export function dateTime(code: ErrorCode = 20001): Field<string> {
  return single((value, name) => {
    const date = dateText(value);
    if (date === undefined) throw new CodedError(code, name);
    return date;
  });
}

/** An ISO-8601 duration in ms; PT0S is off. */
export function duration(minMs: number, formatCode: ErrorCode, tooShortCode: ErrorCode): Field<number> {
  return single((value, name) => {
    const ms = durationMs(value);
    if (ms === undefined) throw new CodedError(formatCode, name);
    if (ms !== 0 && ms < minMs) throw new CodedError(tooShortCode, name);
    return ms;
  });
}

/** JSON text, kept byte for byte. Also used where attributes are stored without a request. */
export interface AttributesField extends Field<string> {
  read(texts: readonly string[], name: string, world: Pick<World, "switches" | "limits">): string;
}

function attributesWithin(maxBytes: (limits: World["limits"]) => number): AttributesField {
  return {
    many: false,
    read: ([value = ""], name, { switches, limits }) => {
      if (value === "" && switches.emptyAttributes === "default") return "{}";
      if (Buffer.byteLength(value) > maxBytes(limits)) throw new CodedError(50303, name);
      try {
        JSON.parse(value);
      } catch {
        throw new CodedError(50304, name);
      }
      return value;
    },
  };
}

export const conversationAttributes = attributesWithin((limits) => limits.conversationAttributesBytes);
/** For participants, users and messages. */
export const attributes = attributesWithin((limits) => limits.attributesBytes);

/** Reads all form fields. Refuses an unknown field by name, or ignores it as Twilio does. */
export function readFields<F extends Fields>(fields: F, form: Form, call: Call): Values<F> {
  const values: Partial<Record<string, unknown>> = {};
  for (const [name, texts] of form) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      if (call.switches.unknownFields === "ignore") continue;
      throw new CodedError(20001, `unknown parameter ${name} (refused by the simulator)`);
    }
    if (!field.many && texts.length > 1) throw new CodedError(20001, `${name} was sent more than once`);
    values[name] = field.read(texts, name, call);
  }
  return values as Values<F>;
}
