import { setTimeout } from "node:timers/promises";
import type { Fault, Simulator } from "../../../simulator";
import type { Command } from "../../support/stack/test-project";

/** When to strike: at the so-manieth POST, while its answer is awaited, and so much later. */
export interface Moment {
  readonly post: number;
  readonly isCommitted: boolean;
  readonly delayMs: number;
}

/** As many moments as told, spread over all of the run. */
export function momentsIn(posts: number, count: number, random: () => number): Moment[] {
  return Array.from({ length: count }, (_, at) => ({
    post: Math.floor(((at + random()) / count) * posts),
    isCommitted: random() < 0.5,
    delayMs: Math.floor(random() * 100),
  }));
}

export function describeMoment({ post, isCommitted, delayMs }: Moment): string {
  return `POST ${post} ${isCommitted ? "committed" : "not committed"}, ${delayMs} ms later`;
}

/** What becomes of the request that is struck: its answer never comes, or late. */
export type Waiting = Pick<Fault, "kind" | "delayMs">;

/** Comes back at that moment of the run, and throws where the run has come to its end before. */
export async function reach(
  simulator: Simulator,
  { post, isCommitted, delayMs }: Moment,
  run: Command,
  waiting: Waiting = { kind: "hang" },
): Promise<void> {
  const when = isCommitted ? "after" : "before";
  simulator.addFault({ ...waiting, when, method: "POST", skip: post, times: 1 });
  let isOver = false;
  const over = run.ended.then(() => {
    isOver = true;
  });
  while (!isOver && !simulator.faults().some(({ hits }) => hits > 0))
    await Promise.race([over, setTimeout(2)]);
  if (isOver) throw new Error(`the run was over before: ${(await run.ended).output}`);
  await setTimeout(delayMs);
}
