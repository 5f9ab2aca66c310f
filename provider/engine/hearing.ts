import type { Clock } from "../http/clock";

/** Longer than a program that goes on declaring is silent: the engine takes milliseconds from one to the next. */
const SILENCE_MS = 2_000;
/** How often somebody who waits looks whether it has heard enough. */
const LISTEN_MS = 100;
/**
 * Steps that end let the engine go on to what depends on them, so it may never be silent before all is done. What a
 * program declares at once comes in any order: of 750 resources on a busy machine, one 20 s after its neighbour.
 */
const MAX_WAIT_MS = 60_000;
/** What the engine has checked it begins as soon as another step ends, and a create takes seconds. */
const MAX_PAUSE_MS = 20_000;

/**
 * Tells when every resource of the program has said what it holds. The engine checks and diffs one after the other
 * while steps are under way already, and nothing says which is the last.
 */
export class Hearing {
  #heardAtMs: number;

  constructor(private readonly clock: Clock) {
    this.#heardAtMs = clock.nowMs();
  }

  /** Notes that a resource has said something. */
  heard(): void {
    this.#heardAtMs = this.clock.nowMs();
  }

  /** Waits until nothing is left of what is counted, or until it has not become less for a while. */
  async exhausted(left: () => number): Promise<void> {
    const { clock } = this;
    let [lowest, sinceMs] = [left(), clock.nowMs()];
    while (lowest > 0 && clock.nowMs() < sinceMs + MAX_PAUSE_MS) {
      await clock.sleep(LISTEN_MS);
      if (left() < lowest) [lowest, sinceMs] = [left(), clock.nowMs()];
    }
  }

  /** Waits until nothing has been heard for a while, until the time is up, or until it was enough. */
  async silence(signal?: AbortSignal, isEnough: () => boolean = () => false): Promise<void> {
    const { clock } = this;
    const latestMs = clock.nowMs() + MAX_WAIT_MS;
    const untilMs = () => Math.min(this.#heardAtMs + SILENCE_MS, latestMs);
    while (signal?.aborted !== true && clock.nowMs() < untilMs() && !isEnough())
      await clock.sleep(Math.min(untilMs() - clock.nowMs(), LISTEN_MS), signal).catch(() => undefined);
  }
}
