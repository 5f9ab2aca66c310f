import { findBackend } from "../backend";
import { findStack } from "../recover/stack";
import { type Check, type Finding, ok, problem, warning } from "./check";

/** Where the state is, and what a killed run has left of it, which `recover` mends. */
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
      "Choose a backend that is there with `pulumi login`, PULUMI_BACKEND_URL or `backend` in Pulumi.yaml.",
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
  const { refusal, isBusy, steps, notes } = await patient.diagnose();
  if (refusal !== undefined)
    return isBusy === true
      ? warning(`${stack}: a run is under way`, refusal)
      : problem(`${stack} has no state that can be read`, refusal);
  const isSeen = showsLocks(patient.subject.backend);
  const left = steps.filter(({ kind }) => kind !== "lock" || isSeen);
  if (left.length > 0)
    return problem(
      [`${stack} is as a killed run left it:`, ...left.flatMap(({ found }) => found)].join("\n"),
      `Run \`npx pulumi-twilio-conversations recover --stack ${stack}\`, then \`pulumi up\`.`,
    );
  if (notes.length > 0) return warning([`${stack}:`, ...notes].join("\n"), "Do as said there for each.");
  return ok(`${stack}: ${isSeen ? "not locked" : "a lock cannot be seen there"}, nothing pending`);
}

/** In a bucket or a database the lock of a stack is out of sight: `recover` then offers to cancel whatever is there. */
function showsLocks(backend: string): boolean {
  return /^(file|https?):/.test(backend);
}
