import { Output } from "@pulumi/pulumi";
import { ConfigurationError } from "../core/errors";
import { formProblem } from "../core/json-form";
import { describeProblem, type Problem } from "../core/problem";

export type Labelled<Label extends string, Part> = Readonly<Record<Label, Part>>;

/**
 * Creates a result for each labelled part. The checks repeat the argument types: for an output, an unchecked
 * JavaScript program would silently register nothing, or nonsense.
 */
export function mapLabels<Label extends string, Part, Result>(
  path: string,
  parts: Labelled<Label, Part> | undefined,
  create: (label: Label, part: Part) => Result,
): Record<Label, Result> {
  if (parts === undefined) return {} as Record<Label, Result>;
  requirePlain(path, parts);
  const entries = Object.entries(parts) as [Label, Part][];
  for (const [label, part] of entries) requirePlain(`${path}.${label}`, part);
  const results = entries.map(([label, part]) => [label, create(label, part)]);
  return Object.fromEntries(results) as Record<Label, Result>;
}

/** Refuses more parts than Twilio allows. */
export function limitLabels(
  path: string,
  parts: Labelled<string, unknown> | undefined,
  limit: number,
  twilioCode: number,
): void {
  if (parts === undefined) return;
  requirePlain(path, parts);
  const count = Object.keys(parts).length;
  if (count > limit)
    refuse({ path, message: `has ${count}, the limit is ${limit}`, twilioCode, hint: "Remove some." });
}

/** Refuses a value without names, or with names not known yet, such as an output. */
export function requirePlain(path: string, value: unknown): void {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  // A class instance counts by its own fields; a Map has none.
  const isNamed = isObject && (Object.keys(value).length > 0 || formProblem(value) === undefined);
  if (isNamed && !Output.isInstance(value)) return;
  refuse({
    path,
    message: "must be a plain object that is known before anything is created",
    hint: "Write out its names; its values may be outputs.",
  });
}

function refuse(problem: Problem): never {
  throw new ConfigurationError(describeProblem(problem));
}
