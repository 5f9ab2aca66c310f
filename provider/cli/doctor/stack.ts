import { findStack } from "../recover/stack";
import { type Check, type Finding, ok, problem, warning } from "./check";

/** What a killed run has left of the stack, which `recover` mends. */
export function stackChecks(cwd: string, stack: string | undefined): Check[] {
  if (stack === undefined)
    return [
      {
        name: "stack",
        find: async () =>
          warning("none is selected, so its state was not looked at", "Name one with --stack."),
      },
    ];
  return [{ name: "stack", find: () => findState(cwd, stack) }];
}

async function findState(cwd: string, stack: string): Promise<Finding> {
  const patient = await findStack(cwd, stack);
  const { refusal, steps } = await patient.diagnose();
  if (refusal !== undefined) return warning(`${stack}: a run may be under way`, refusal);
  if (steps.length === 0) return ok(`${stack}, ${patient.subject.backend}`);
  const found = steps.flatMap((step) => step.found).join("\n");
  return problem(found, `Run \`twilio-conversations recover --stack ${stack}\`, then \`pulumi up\`.`);
}
