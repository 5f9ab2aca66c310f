import { isUnknown } from "../../core/engine-transport";
import { isObject, type Json } from "../../core/json";
import type { Problem } from "../../core/problem";

/** The members that one value of a field, for example a target, needs and takes. */
export interface Variant {
  /** Required members, with Twilio's error code for a missing one if known. */
  readonly needs: Readonly<Record<string, number | undefined>>;
  /** Optional members. */
  readonly takes: readonly string[];
}

/** The variants by value. */
export type Variants = ReadonlyMap<string, Variant>;

/**
 * Problems of the members of variant `word`: missing ones, and ones that it does not take. `field` holds the word;
 * `path` holds the members, empty if they stand beside it. Unless `isNew`, required members may be missing.
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
      message: `is not allowed with ${called}`,
      hint: `Remove it; allowed are ${known.join(", ")}.`,
    })),
  ];
}
