import type { Step } from "./report";

/** The rest makes sense only when these are done. */
const FIRST = new Set(["lock", "state"]);

/** The steps that the user wants, asked one by one. Whoever keeps the lock or the broken state wants nothing more. */
export async function agreedSteps(
  steps: readonly Step[],
  ask: (question: string) => Promise<boolean>,
): Promise<Step[]> {
  const agreed: Step[] = [];
  for (const step of steps) {
    if (await ask(step.question)) agreed.push(step);
    else if (FIRST.has(step.kind)) break;
  }
  return agreed;
}
