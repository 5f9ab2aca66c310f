import type { Step } from "./report";

/** The rest makes sense only when these are done. */
const FIRST = new Set(["lock", "state"]);

/** What a user is asked; where nobody is asked, the flags answer. */
export interface Asked {
  isAgreed(question: string): Promise<boolean>;
  /** Whether this name was given: it is that of somebody who may still work on the stack. */
  isNamed(name: string): Promise<boolean>;
}

/** The steps that the user wants, asked one by one. Whoever keeps the lock or the broken state wants nothing more. */
export async function agreedSteps(steps: readonly Step[], asked: Asked): Promise<Step[]> {
  const agreed: Step[] = [];
  for (const step of steps) {
    if (await isWanted(step, asked)) agreed.push(step);
    else if (FIRST.has(step.kind)) break;
  }
  return agreed;
}

async function isWanted({ question, unseen = [] }: Step, asked: Asked): Promise<boolean> {
  if (!(await asked.isAgreed(question))) return false;
  for (const name of unseen) if (!(await asked.isNamed(name))) return false;
  return true;
}
