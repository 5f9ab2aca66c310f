import { Output } from "@pulumi/pulumi";
import { ConfigurationError } from "../core/errors";
import { formProblem } from "../core/json-form";
import { describeProblem, type Problem } from "../core/problem";

export type Labelled<Label extends string, Part> = Readonly<Record<Label, Part>>;

/**
 * A result for each labelled part. The types of the arguments say the same as the checks; a program that is not
 * checked would register nothing of an output, or nonsense.
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
    refuse({ path, message: `has ${count}, the limit is ${limit}`, twilioCode, cure: "Remove some." });
}

/** Refuses what has no names yet, such as an output, or never has any. */
export function requirePlain(path: string, value: unknown): void {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  // Of an object of a class, its own fields are the names; a Map has none.
  const isNamed = isObject && (Object.keys(value).length > 0 || formProblem(value) === undefined);
  if (isNamed && !Output.isInstance(value)) return;
  refuse({
    path,
    message: "is no plain object, and has to be known before anything is created",
    cure: "Write its names out; the values in it may be outputs.",
  });
}

function refuse(problem: Problem): never {
  throw new ConfigurationError(describeProblem(problem));
}
