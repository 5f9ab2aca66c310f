import { isWellFormed, wellFormed } from "../http/request";
import type { Json } from "./json";
import type { Finding, Problem } from "./problem";

/**
 * What comes from Twilio or a program unharmed through the SDK's and the engine's transport (google.protobuf.Struct
 * over gRPC), the state and the display of differences. Whoever may set an attribute could else end every refresh.
 */

/** Of it and every level of it, the SDK has room on its stack for some 900 (measured at 3.255.0 on Node 22). */
export const MAX_LEVELS = 200;

/**
 * What the engine puts in place of a value that is not known yet during a preview
 * (`rpc.unknownValue` of the Pulumi SDK, measured at 3.255.0: in `check` and `diff` only).
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Stand for an unknown of any kind (`runtime/rpc.js`; `sdk/go/common/resource/plugin/rpc.go` knows all seven). */
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
 * Names that mean something else: the key under which an object says that it is a secret, an asset or a resource; what
 * the SDK tells its own objects by (`__pulumiOutput` and others); `__proto__`, which the SDK assigns; and those whose
 * change the engine writes as a path that it cannot read, so that the run ends: none at all (`expected property path to
 * end with a name or index`), and one that ends in a backslash (`missing closing quote in property name`). All at 3.255.0.
 */
const RESERVED = /^(4dabf18193072939515e22adb298388d|__pulumi.*|__proto__||.*\\)$/s;

const HALF: Finding = {
  message: "holds half of a character (a lone surrogate), which UTF-8 cannot say",
  cure: "Cut the text between characters.",
};
const SENTINEL: Finding = {
  message: "is the text that stands for an unknown value in Pulumi",
  cure: "Use another text.",
};
const NAME: Finding = {
  message: "has a name that Pulumi keeps for itself or cannot show",
  cure: "Use another name.",
};
export const TOO_DEEP: Finding = {
  message: `is nested deeper than ${MAX_LEVELS} levels`,
  cure: "Nest it less.",
};

/** What is wrong with a text as a value; undefined where it is carried as it stands. */
export function textProblem(text: string): Finding | undefined {
  if (!isWellFormed(text)) return HALF;
  return UNKNOWNS.has(text) ? SENTINEL : undefined;
}

/** What is wrong with a key of an object. */
export function keyProblem(key: string): Finding | undefined {
  if (!isWellFormed(key)) return HALF;
  return RESERVED.test(key) ? NAME : undefined;
}

/** The first thing in a plain value that is not carried, with its path. */
export function uncarriedIn(value: unknown): Problem | undefined {
  return firstIn(value, valueProblem, keyProblem);
}

/**
 * The first name in a plain value that is refused within JSON text too, with its path. The text would be carried, and
 * whoever makes a value of it in JavaScript would lose what stands under the name.
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

/** What is wrong with a value itself, whatever is in it. */
export function valueProblem(value: unknown, level: number): Finding | undefined {
  if (typeof value === "string") return textProblem(value);
  return typeof value === "object" && value !== null && level > MAX_LEVELS ? TOO_DEEP : undefined;
}

/** A path that goes on with another. */
export function joined(path: string, further: string): string {
  return path === "" || further === "" || further.startsWith("[") ? path + further : `${path}.${further}`;
}

/** A name in a path: one that is not plain in quotation marks, with what is broken in it as an escape. */
export function shownKey(key: string): string {
  return /^[\p{L}\p{N}\p{M}_+:@-]+$/u.test(key) ? key : JSON.stringify(key);
}

/** A text as it is carried: with U+FFFD for what is half of a character, or behind what would read as unknown. */
export function carriedText(text: string): string {
  return UNKNOWNS.has(text) ? `${text}\ufffd` : wellFormed(text);
}

/** JSON text with the same meaning in which nothing is half of a character. */
export function carriedJsonText(text: string): string {
  return carriedText(text.replaceAll(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`));
}

/** A value with every text in it as it is carried; `note` is told the path of each that differs. */
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
  // Of a list, the whole is what a program declares.
  if (Array.isArray(value)) return value.map((item) => carried(item, path, note) ?? null);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, carried(member, `${path}.${key}`, note)]),
  );
}

export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN;
}

/** Whether any part of a value is not known yet. */
export function containsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (typeof value === "object" && value !== null) return Object.values(value).some(containsUnknown);
  return isUnknown(value);
}

/** The key by which the engine marks a value of a special kind on the wire and in files (`resource.SigKey`). */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The mark of a secret (`resource.SecretSig`). */
export const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
