import { Output } from "@pulumi/pulumi";
import { ConfigurationError } from "../engine/config";

/**
 * A result for each labelled part. The types of the arguments say the same as the checks; a program that is not
 * checked would register nothing of an output, or nonsense.
 */
export function mapLabels<Label extends string, Part, Result>(
  what: string,
  parts: Readonly<Record<Label, Part>> | undefined,
  create: (label: Label, part: Part) => Result,
): Record<Label, Result> {
  if (parts === undefined) return {} as Record<Label, Result>;
  requirePlain(what, parts);
  const entries = Object.entries(parts) as [Label, Part][];
  for (const [label, part] of entries) requirePlain(`${what}.${label}`, part);
  const results = entries.map(([label, part]) => [label, create(label, part)]);
  return Object.fromEntries(results) as Record<Label, Result>;
}

function requirePlain(what: string, value: unknown): void {
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isPlain || Output.isInstance(value) || value instanceof Promise)
    throw new ConfigurationError(
      `${what} must be a plain object, known before anything is created. Values in it may be outputs.`,
    );
}
