import PQueue from "p-queue";
import { type Clock, systemClock } from "./clock";
import type { Release, Slots } from "./slots";

/** A second, and a little more, because the network may squeeze what left in one second into less. */
const windowMs = 1_050;

/** Scopes kept before the idle ones are forgotten. */
const maxIdleScopes = 200;

/** The wait until one more start fits into a sliding window of `limit` starts. */
export function windowWaitMs(starts: readonly number[], limit: number, nowMs: number): number {
  const oldest = starts[starts.length - limit];
  return oldest === undefined ? 0 : Math.max(0, oldest + windowMs - nowMs);
}

/** The starts of one scope, and the writers that wait in line for it. */
interface Scope {
  line: PQueue;
  starts: number[];
}

/**
 * Lets requests go: writes of one scope at most `writesPerSecond` in any second and in the order they came, everything
 * within the slots. Waiting for a scope holds no slot.
 */
export class WriteGate {
  readonly #slots: Slots;
  readonly #writesPerSecond: number;
  readonly #clock: Clock;
  readonly #scopes = new Map<string, Scope>();

  constructor(slots: Slots, writesPerSecond: number, clock = systemClock) {
    this.#slots = slots;
    this.#writesPerSecond = Math.floor(writesPerSecond);
    this.#clock = clock;
  }

  async enter(scopeName: string | undefined, signal: AbortSignal): Promise<Release> {
    if (scopeName === undefined || this.#writesPerSecond <= 0) return this.#slots.acquire(signal);
    const { line, starts } = this.#scope(scopeName);
    return line.add(
      async () => {
        const waitMs = windowWaitMs(starts, this.#writesPerSecond, this.#clock.nowMs());
        if (waitMs > 0) await this.#clock.sleep(waitMs, signal);
        const release = await this.#slots.acquire(signal);
        starts.push(this.#clock.nowMs());
        if (starts.length > this.#writesPerSecond) starts.shift();
        return release;
      },
      { signal },
    );
  }

  #scope(name: string): Scope {
    const known = this.#scopes.get(name);
    if (known !== undefined) return known;
    if (this.#scopes.size >= maxIdleScopes) this.#forgetIdle();
    const scope: Scope = { line: new PQueue({ concurrency: 1 }), starts: [] };
    this.#scopes.set(name, scope);
    return scope;
  }

  #forgetIdle(): void {
    const idleSinceMs = this.#clock.nowMs() - windowMs;
    for (const [name, { line, starts }] of this.#scopes) {
      const last = starts.at(-1) ?? Number.NEGATIVE_INFINITY;
      if (line.size === 0 && line.pending === 0 && last < idleSinceMs) this.#scopes.delete(name);
    }
  }
}
