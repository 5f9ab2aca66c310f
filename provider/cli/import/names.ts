import { withoutInvisible } from "../../core/definition/invisible-characters";
import { keyProblem } from "../../core/engine-transport";
import * as ours from "../../index";

const MAX_LENGTH = 40;

const RESERVED =
  "arguments await break case catch class const continue debugger default delete do else enum eval export " +
  "extends false finally for function if implements import in instanceof interface let new null package " +
  "private protected public return static super switch this throw true try typeof undefined var void while " +
  "with yield";
/** What the compiler keeps for itself in a module, or every module has. */
const OF_MODULES = "exports globalThis module require";
/** What the generated text has besides what it is given. */
const OF_THE_PROGRAM = "config label member pulumi";

/** Names that are each given once. */
export class Names {
  private readonly taken: Set<string>;

  constructor(reserved: readonly string[] = []) {
    this.taken = new Set(reserved);
  }

  /** The name, or with a number after it where it is given already. */
  give(wanted: string, joint = "-"): string {
    for (let count = 1; ; count++) {
      const name = count === 1 ? wanted : `${wanted}${joint}${count}`;
      if (this.taken.has(name)) continue;
      this.taken.add(name);
      return name;
    }
  }
}

/** Names for variables: none is a word of the language, of a module or of the generated text, or a name that it imports. */
export function variableNames(): Names {
  const words = [RESERVED, OF_MODULES, OF_THE_PROGRAM].flatMap((text) => text.split(" "));
  return new Names([...words, ...Object.keys(ours)]);
}

/** A name for a resource or a label, of what is seen: letters and digits of any script, joined by `-`, `_`, `.`, `@` and `+`. */
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
    // As a label it is a key among the members of a roster.
    if (/[\p{L}\p{Nd}]/u.test(name) && keyProblem(name) === undefined) return name;
  }
  return fallback;
}

/** The same as a variable: `support-eu` → supportEu. */
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
