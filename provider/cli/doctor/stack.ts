import { findBackend } from "../pulumi/backend";
import { conditionOf } from "../recover/report";
import { findStack } from "../recover/stack";
import { shellWord } from "../terminal/text";
import { type Check, type Finding, ok, problem, warning } from "./check";

/** Checks the backend, and what a killed run has left in the stack for `recover`. */
export function stackChecks(cwd: string, stack: string | undefined): Check[] {
  return [
    { name: "backend", find: () => findState(cwd) },
    { name: "stack", find: () => findLeft(cwd, stack) },
  ];
}

async function findState(cwd: string): Promise<Finding> {
  try {
    return ok((await findBackend(cwd)).url);
  } catch (error) {
    return problem(
      error instanceof Error ? error.message : String(error),
      "Choose an existing backend with `pulumi login`, PULUMI_BACKEND_URL or `backend` in Pulumi.yaml.",
    );
  }
}

async function findLeft(cwd: string, stack: string | undefined): Promise<Finding> {
  if (stack === undefined)
    return warning(
      "none is selected, so neither its config nor its state was looked at",
      "Name one with --stack.",
    );
  const patient = await findStack(cwd, stack);
  const diagnosis = await patient.diagnose();
  const { refusal = "", steps, notes } = diagnosis;
  const left = steps.filter(({ isAssumed }) => isAssumed !== true);
  const found = left.flatMap((step) => step.found);
  const recover = `run \`npx pulumi-twilio-conversations recover --stack ${shellWord(stack)}\``;
  switch (conditionOf(diagnosis)) {
    case "at work":
      return warning(`${stack}: a run is under way`, refusal);
    case "refused":
      return problem(`${stack} has no state that can be read`, refusal);
    case "perhaps at work":
      return {
        // A run under way leaves only locks and pending operations.
        status: left.every(({ kind }) => kind === "lock" || kind === "pending") ? "warning" : "problem",
        found: [
          `${stack}: whether a run is under way, or was killed, cannot be seen from here:`,
          ...found,
        ].join("\n"),
        hint: `Wait until that run ends. Where you are sure that none is under way, ${recover}, which asks for the name, then \`pulumi up\`.`,
      };
    case "left":
      return problem(
        [`${stack} is as a killed run left it:`, ...found].join("\n"),
        `${recover.replace("run", "Run")}, then \`pulumi up\`.`,
      );
    case "well":
      return notes.length > 0
        ? warning([`${stack}:`, ...notes].join("\n"), "Follow the advice for each.")
        : ok(`${stack}: ${steps.length > 0 ? "a lock cannot be seen there" : "not locked"}, nothing pending`);
  }
}
