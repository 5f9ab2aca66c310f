import { withoutInvisible } from "../../core/definition/invisible-characters";
import { keyProblem } from "../../core/engine-transport";
import * as ours from "../../index";

const MAX_LENGTH = 40;

const RESERVED =
  "arguments await break case catch class const continue debugger default delete do else enum eval export " +
  "extends false finally for function if implements import in instanceof interface let new null package " +
  "private protected public return static super switch this throw true try typeof undefined var void while " +
  "with yield";
/** Names that the compiler reserves in a module, or that every module has. */
const OF_MODULES = "exports globalThis module require";
/** Names that the generated text uses itself. */
const OF_THE_PROGRAM = "config label member pulumi";

/** A set of names that gives each name only once. */
export class Names {
  private readonly taken: Set<string>;

  constructor(reserved: readonly string[] = []) {
    this.taken = new Set(reserved);
  }

  /** The name, with a number appended where it is taken. */
  give(wanted: string, joint = "-"): string {
    for (let count = 1; ; count++) {
      const name = count === 1 ? wanted : `${wanted}${joint}${count}`;
      if (this.taken.has(name)) continue;
      this.taken.add(name);
      return name;
    }
  }
}

/** Names for variables; excludes words of the language, of modules and of the generated text, and imported names. */
export function variableNames(): Names {
  const words = [RESERVED, OF_MODULES, OF_THE_PROGRAM].flatMap((text) => text.split(" "));
  return new Names([...words, ...Object.keys(ours)]);
}

/**
 * A name for a resource or label from visible text: letters and digits of any script, joined by `-`, `_`, `.`, `@` and
 * `+`.
 */
export function resourceName(texts: readonly (string | undefined)[], fallback: string): string {
  for (const text of texts) {
    const name = [
      ...withoutInvisible(text ?? "")
        .normalize("NFC")
        .replace(/[^\p{L}\p{M}\p{Nd}_.@+-]+/gu, "-"),
    ]
      .slice(0, MAX_LENGTH)
      .join("")
      .replace(/^[-_.]+|-+$/g, "");
    // A label must be a valid key among a roster's members.
    if (/[\p{L}\p{Nd}]/u.test(name) && keyProblem(name) === undefined) return name;
  }
  return fallback;
}

/** The same as a variable name: `support-eu` → supportEu. */
export function variableName(name: string, fallback: string): string {
  const words = withoutInvisible(name)
    .split(/[^\p{L}\p{Nd}]+/u)
    .filter((word) => word !== "");
  const joined = words
    .map((word, at) => (at === 0 ? lowerFirst(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
  const variable = /^\p{ID_Start}/u.test(joined) ? joined : fallback + joined;
  return isIdentifier(variable) ? variable : fallback;
}

function lowerFirst(word: string): string {
  return word === word.toUpperCase() ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}

function isIdentifier(text: string): boolean {
  return /^\p{ID_Start}\p{ID_Continue}*$/u.test(text);
}
