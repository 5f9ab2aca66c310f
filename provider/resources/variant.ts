import type { JsonObject } from "../engine/json";
import type { Problem } from "../engine/problem";
import { isUnknown } from "../engine/unknown";

/** What one word of a field, for example a target, makes of the members of another. */
export interface Variant {
  /** Members that it cannot do without, with Twilio's code for that, if one is known. */
  readonly needs: Readonly<Record<string, number | undefined>>;
  /** Members that it can have besides. */
  readonly takes: readonly string[];
}

/** What is missing for a variant, and what does not belong to it. `called` names it: `target webhook`. */
export function variantProblems(
  called: string,
  { needs, takes }: Variant,
  path: string,
  members: JsonObject,
): Problem[] {
  const known = [...Object.keys(needs), ...takes];
  const missing = Object.entries(needs).filter(([name]) => members[name] === undefined);
  // What is not known yet can turn out to be left out.
  const foreign = Object.keys(members).filter((name) => !known.includes(name) && !isUnknown(members[name]));
  return [
    ...missing.map(([name, twilioCode]) => ({
      path: `${path}.${name}`,
      message: `is missing, and ${called} needs it`,
      twilioCode,
      cure: "Give it a value.",
    })),
    ...foreign.map((name) => ({
      path: `${path}.${name}`,
      message: `is nothing for ${called}`,
      cure: `Remove it: there are ${known.join(", ")}.`,
    })),
  ];
}
