import type { Step } from "./report";

/** Later steps make sense only after these. */
const FIRST = new Set(["lock", "state"]);

/** How to ask the user; without a terminal the flags answer. */
export interface Asked {
  isAgreed(question: string): Promise<boolean>;
  /** Whether the user gave this name of somebody who may still work on the stack. */
  isNamed(name: string): Promise<boolean>;
}

/**
 * The steps that the user wants, asked one by one. Refusing to remove the lock or the broken state ends the questions.
 */
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
