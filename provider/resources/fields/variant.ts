import { isUnknown } from "../../core/engine-transport";
import { isObject, type Json } from "../../core/json";
import type { Problem } from "../../core/problem";

/** How one value of a field, for example a target, decides the members of another field. */
export interface Variant {
  /** Required members, with Twilio's code for a missing one, if known. */
  readonly needs: Readonly<Record<string, number | undefined>>;
  /** Optional members. */
  readonly takes: readonly string[];
}

/** The variants by the field's value. */
export type Variants = ReadonlyMap<string, Variant>;

/**
 * What is missing for the variant that `word` names, and what does not belong to it; `field` is the word's own, and
 * `path` that of the members, none where they stand beside it. What was there already may lack what it needs.
 */
export function variantProblems(
  variants: Variants,
  [field, word]: readonly [field: string, word: Json | undefined],
  [path, members]: readonly [path: string, members: Json | undefined],
  isNew = true,
): Problem[] {
  const variant = variants.get(String(word));
  if (variant === undefined || !isObject(members)) return [];
  const { needs, takes } = variant;
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  const called = `${field} ${word}`;
  const known = [...Object.keys(needs), ...takes];
  const missing = Object.entries(needs).filter(([name]) => isNew && members[name] === undefined);
  // An unknown value can turn out to be undefined.
  const isGiven = (name: string) => members[name] !== undefined && !isUnknown(members[name]);
  const foreign = Object.keys(members).filter((name) => !known.includes(name) && isGiven(name));
  return [
    ...missing.map(([name, twilioCode]) => ({
      path: at(name),
      message: `is missing, and ${called} needs it`,
      twilioCode,
      hint: "Give it a value.",
    })),
    ...foreign.map((name) => ({
      path: at(name),
      message: `is nothing for ${called}`,
      hint: `Remove it: there are ${known.join(", ")}.`,
    })),
  ];
}
