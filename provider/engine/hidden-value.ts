import { HiddenValueError } from "../core/errors";
import type { JsonObject } from "../core/json";
import { describeProblem, type Problem } from "../core/problem";
import { type Definition, fieldsOf } from "./define";
import { hasMask } from "./mask";

/**
 * What `ignoreChanges` has made of a masked value. In an update it means what is live; for a new object nothing tells
 * what it is.
 */
export function hiddenIn(definition: Definition, inputs: JsonObject): Problem[] {
  return fieldsOf(definition)
    .filter(({ name, policy }) => policy.json === true && hasMask(inputs[name]))
    .map(({ name }) => ({
      path: name,
      message: "holds a value that was set outside Pulumi and is hidden, so a new object cannot be given it",
      cure: "Declare that value, or take ignoreChanges away.",
    }));
}

/** Before anything is sent. The check has said so already, where it was told that there is to be a new object. */
export function refuseHidden(definition: Definition, inputs: JsonObject): void {
  const [problem] = hiddenIn(definition, inputs);
  if (problem !== undefined)
    throw new HiddenValueError(`cannot create the ${definition.noun}. ${describeProblem(problem)}`);
}
