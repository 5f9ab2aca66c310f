import { z } from "zod";
import { type Definition, keyFields } from "../../core/definition/define";
import { validate } from "../../core/definition/validate";
import type { Json, JsonObject } from "../../core/json";
import { type Flag, flagsOf, valueAt, withValue } from "./flag";

const MAX_STEPS = 20;
const HEX = "0123456789abcdef".repeat(2);
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
/** Values by field name, where the schema does not say enough. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/address$/i, "+14155550100"],
  [/permissions$/i, "deleteOwnMessage"],
];
const PLAIN: readonly Json[] = [
  "sample",
  "https://example.com/sample",
  "2026-01-02T03:04:05Z",
  "PT1H",
  "GB",
  "{}",
  false,
  0,
];

/**
 * A minimal declaration that a preview accepts, based on the given fields: for each problem, it adds the value that
 * leaves the fewest problems.
 */
export function sampleOf(definition: Definition, given: JsonObject): JsonObject {
  let sample = given;
  for (let step = 0; step < MAX_STEPS; step++) {
    const [problem] = problemsOf(definition, sample);
    if (problem === undefined) return sample;
    const path = problem.path === "" ? (keyFields(definition)[0] ?? "") : problem.path;
    const tried = candidates(definition, path).map((value) => withValue(sample, path, value));
    const [best] = tried.sort(
      (left, right) => problemsOf(definition, left).length - problemsOf(definition, right).length,
    );
    if (best === undefined) return sample;
    sample = best;
  }
  return sample;
}

/** The same without given fields that are optional, so that an update has something to change. */
export function sampleBefore(definition: Definition, given: JsonObject): JsonObject {
  const isFree = ({ policy }: Flag) => policy.pathParameter !== true;
  return flagsOf(definition)
    .filter(isFree)
    .reduce(
      (sample, { path }) => {
        if (valueAt(sample, path) === undefined) return sample;
        const less = withValue(sample, path, undefined);
        return problemsOf(definition, less).length === 0 ? less : sample;
      },
      sampleOf(definition, given),
    );
}

function problemsOf(definition: Definition, inputs: JsonObject) {
  return validate(definition, {}, inputs).problems;
}

function candidates(definition: Definition, path: string): Json[] {
  const flag = flagsOf(definition).find((known) => known.path === path);
  if (flag === undefined) return [{}];
  const sids = LETTERS.flatMap((first) => LETTERS.map((second) => `${first}${second}${HEX}`));
  const named = BY_NAME.filter(([pattern]) => pattern.test(path)).map(([, value]) => value);
  const values = flag.words ?? [...named, ...PLAIN, ...sids];
  const fitting = (flag.kind === "list" ? values.map((value) => [value]) : values).filter(
    (value) => z.safeParse(flag.schema, value).success,
  );
  return flag.words === undefined ? fitting.slice(0, 1) : fitting;
}
