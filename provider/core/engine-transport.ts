import { isWellFormed, wellFormed } from "../http/request";
import type { Json } from "./json";
import type { Finding, Problem } from "./problem";

/**
 * Values that Pulumi's transport carries unharmed. It consists of the SDK and Pulumi's engine (google.protobuf.Struct over
 * gRPC), the state and the display of differences. Otherwise anybody who may set an attribute could break every
 * refresh.
 */

/** Maximum depth. The SDK's stack has room for some 900 levels (measured at 3.255.0 on Node 22). */
export const MAX_LEVELS = 200;

/**
 * The engine's stand-in for an unknown value in a preview (`rpc.unknownValue` of the Pulumi SDK, measured at 3.255.0:
 * in `check` and `diff` only).
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Stand-ins for unknowns of any kind (`runtime/rpc.js`; `sdk/go/common/resource/plugin/rpc.go` knows all seven). */
const UNKNOWNS: ReadonlySet<string> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/**
 * Reserved keys, all seen at 3.255.0. The signature key marks a secret, an asset or a resource. `__pulumiOutput` and
 * the like mark the SDK's own objects. The SDK assigns `__proto__`. For two other keys the engine writes a changed path
 * that it cannot read, and the run ends. These are the empty key (`expected property path to end with a name or
 * index`), and a key that ends in a backslash (`missing closing quote in property name`).
 */
const RESERVED = /^(4dabf18193072939515e22adb298388d|__pulumi.*|__proto__||.*\\)$/s;

const HALF: Finding = {
  message: "holds half of a character (a lone surrogate), which UTF-8 cannot say",
  hint: "Cut the text between characters.",
};
const SENTINEL: Finding = {
  message: "is the text that stands for an unknown value in Pulumi",
  hint: "Use another text.",
};
const NAME: Finding = {
  message: "has a name that Pulumi keeps for itself or cannot show",
  hint: "Use another name.",
};
export const TOO_DEEP: Finding = {
  message: `is nested deeper than ${MAX_LEVELS} levels`,
  hint: "Nest it less.",
};

/** Problem of a text as a value; undefined if the transport carries it unchanged. */
export function textProblem(text: string): Finding | undefined {
  if (!isWellFormed(text)) return HALF;
  return UNKNOWNS.has(text) ? SENTINEL : undefined;
}

/** Problem of an object's key. */
export function keyProblem(key: string): Finding | undefined {
  if (!isWellFormed(key)) return HALF;
  return RESERVED.test(key) ? NAME : undefined;
}

/** The first value in a plain value that the transport does not carry, with its path. */
export function uncarriedIn(value: unknown): Problem | undefined {
  return firstIn(value, valueProblem, keyProblem);
}

/**
 * The first key that is refused within JSON text too, with its path. The transport would carry the text, but parsing it
 * in JavaScript would lose the value under that key.
 */
export function hoistedIn(value: unknown): Problem | undefined {
  return firstIn(
    value,
    () => undefined,
    (key) => (key === "__proto__" ? NAME : undefined),
  );
}

function firstIn(
  value: unknown,
  find: (value: unknown, level: number) => Finding | undefined,
  findKey: (key: string) => Finding | undefined,
  level = 0,
): Problem | undefined {
  const finding = find(value, level);
  if (finding !== undefined) return { path: "", ...finding };
  const within = (inner: unknown) => firstIn(inner, find, findKey, level + 1);
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) {
      const found = within(item);
      if (found !== undefined) return { ...found, path: joined(`[${at}]`, found.path) };
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const named = findKey(key);
      const found = named === undefined ? within(member) : { path: "", ...named };
      if (found !== undefined) return { ...found, path: joined(shownKey(key), found.path) };
    }
  }
  return undefined;
}

/** Problem of the value itself, not of its contents. */
export function valueProblem(value: unknown, level: number): Finding | undefined {
  if (typeof value === "string") return textProblem(value);
  return typeof value === "object" && value !== null && level > MAX_LEVELS ? TOO_DEEP : undefined;
}

/** Joins two paths. */
export function joined(path: string, further: string): string {
  return path === "" || further === "" || further.startsWith("[") ? path + further : `${path}.${further}`;
}

/** A key in a path: an unusual one in quotation marks, with broken characters escaped. */
export function shownKey(key: string): string {
  return /^[\p{L}\p{N}\p{M}_+:@-]+$/u.test(key) ? key : JSON.stringify(key);
}

/**
 * The text that the transport carries: U+FFFD replaces half characters, and follows a text that would read as unknown.
 */
export function carriedText(text: string): string {
  return UNKNOWNS.has(text) ? `${text}\ufffd` : wellFormed(text);
}

/** JSON text with the same meaning, without half characters. */
export function carriedJsonText(text: string): string {
  return carriedText(text.replaceAll(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`));
}

/** The value with every text as carried; `note` gets the path of each text that differs. */
export function carried(
  value: Json | undefined,
  path: string,
  note: (path: string) => void,
): Json | undefined {
  if (typeof value === "string") {
    const text = carriedText(value);
    if (text !== value) note(path);
    return text;
  }
  // A program declares a list as a whole, so its path is noted.
  if (Array.isArray(value)) return value.map((item) => carried(item, path, note) ?? null);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, carried(member, `${path}.${key}`, note)]),
  );
}

export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN;
}

/** Whether any part of a value is unknown. */
export function containsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (typeof value === "object" && value !== null) return Object.values(value).some(containsUnknown);
  return isUnknown(value);
}

/** The key that marks special values on the wire and in files (`resource.SigKey`). */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The mark of a secret (`resource.SecretSig`). */
export const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
