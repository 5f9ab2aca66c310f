import type { Clock } from "../../http/clock";

/** Longer than a program that goes on declaring is silent: the engine takes milliseconds from one to the next. */
const SILENCE_MS = 2_000;
/** The same, where the engine is known to have no place: it has said before what it can. */
const SILENCE_WHEN_FULL_MS = 200;
/** How often somebody who waits looks whether it has heard enough. */
const LISTEN_MS = 100;
/** Steps that end let the engine go on to what depends on them, so it may never be silent before all is done. */
const MAX_WAIT_MS = 20_000;
/** The same, before something that cannot be taken back. */
const MAX_WAIT_FOR_ALL_MS = 60_000;
/** So long a run waits for that: hundreds that wait one after the other are not to hold it up. */
const MAX_PATIENCE_MS = 120_000;
/** What the engine has checked it begins within milliseconds, if it has a place for it. */
const AT_ONCE_MS = 100;
/** What the engine has checked it begins as soon as another step ends, and a create takes seconds. */
const MAX_PAUSE_MS = 20_000;

/**
 * Tells when every resource of the program has said what it holds. The engine checks and diffs one after the other
 * while steps are under way already, and nothing says which is the last.
 */
export class QuietPeriod {
  #heardAtMs: number;
  #endedAtMs: number;
  #steps = 0;
  /** So many at once the engine does at least. */
  #mostSteps = 0;
  /** Whether what begins next has waited until another step ended. */
  #isPlaceFreed = false;
  #isFull = false;
  #patientUntilMs: number | undefined;
  /** Steps that wait here, and do nothing else. */
  readonly #listening = new Set<symbol>();
  #exhausting = 0;

  constructor(private readonly clock: Clock) {
    this.#heardAtMs = clock.nowMs();
    this.#endedAtMs = clock.nowMs();
  }

  /** Notes that a resource has said something. */
  touch(): void {
    this.#heardAtMs = this.clock.nowMs();
    this.#isPlaceFreed = false;
  }

  /** Does one step of the engine's. */
  async step<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#steps += 1;
    this.#mostSteps = Math.max(this.#mostSteps, this.#steps);
    this.#isFull = this.#isPlaceFreed;
    this.#isPlaceFreed = false;
    try {
      return await work();
    } finally {
      this.#steps -= 1;
      this.#endedAtMs = this.clock.nowMs();
      this.#isPlaceFreed = this.#isSilentFor(AT_ONCE_MS);
    }
  }

  /** Waits until nothing is left of what is counted, or until it has not become less for a while. */
  async exhausted(left: () => number): Promise<void> {
    const { clock } = this;
    let [lowest, sinceMs] = [left(), clock.nowMs()];
    this.#exhausting += 1;
    try {
      while (lowest > 0 && clock.nowMs() < sinceMs + MAX_PAUSE_MS) {
        await clock.sleep(LISTEN_MS);
        // Who listens may be about to take something over.
        if (left() < lowest || this.#listening.size > 0) [lowest, sinceMs] = [left(), clock.nowMs()];
      }
    } finally {
      this.#exhausting -= 1;
    }
  }

  /** Waits until nothing has been heard for a while, until the time is up, or until it was enough. */
  async wait(signal?: AbortSignal, isEnough: () => boolean = () => false): Promise<void> {
    const isSilent = () => isEnough() || this.#isSilentFor(SILENCE_MS);
    await this.#until(isSilent, MAX_WAIT_MS, signal);
  }

  /**
   * The same before something that cannot be taken back. Where as many steps are under way as it may do at once
   * (`--parallel`, by default four for each processor), the engine is silent too, until one of them ends (3.255.0).
   * Of other packages' steps nothing is known here.
   */
  async waitForAll(): Promise<void> {
    const { clock } = this;
    this.#patientUntilMs ??= clock.nowMs() + MAX_PATIENCE_MS;
    const patientMs = Math.min(this.#patientUntilMs - clock.nowMs(), MAX_WAIT_FOR_ALL_MS);
    if (patientMs <= 0) return this.wait();
    const listener = Symbol();
    this.#listening.add(listener);
    await this.#until(() => this.#isSilentThough(listener), patientMs);
    this.#listening.delete(listener);
  }

  #isSilentThough(listener: symbol): boolean {
    const isSilentFor = (ms: number) => this.#isSilentFor(ms) && this.clock.nowMs() >= this.#endedAtMs + ms;
    if (this.#steps < this.#mostSteps) return isSilentFor(SILENCE_MS);
    if (this.#steps > this.#listening.size + this.#exhausting) return false;
    // Where all wait, one has to go on before the engine can: the first.
    const [first] = this.#listening;
    return listener === first && isSilentFor(this.#isFull ? SILENCE_WHEN_FULL_MS : SILENCE_MS);
  }

  #isSilentFor(ms: number): boolean {
    return this.clock.nowMs() >= this.#heardAtMs + ms;
  }

  async #until(isReached: () => boolean, maxWaitMs: number, signal?: AbortSignal): Promise<void> {
    const { clock } = this;
    const latestMs = clock.nowMs() + maxWaitMs;
    while (signal?.aborted !== true && clock.nowMs() < latestMs && !isReached())
      await clock.sleep(LISTEN_MS, signal).catch(() => undefined);
  }
}
