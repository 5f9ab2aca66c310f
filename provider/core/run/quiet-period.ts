import type { Clock } from "../../http/clock";

/** Quiet period after which all resources are assumed registered: Pulumi's engine takes milliseconds between two. */
const SILENCE_MS = 2_000;
/** The same if the engine has no free slot: it has registered what it can. */
const SILENCE_WHEN_FULL_MS = 200;
/** How often a wait checks its condition. */
const LISTEN_MS = 100;
/**
 * Maximum of a wait: each step that ends lets the engine go on to dependents, so it may never be quiet before the end.
 */
const MAX_WAIT_MS = 20_000;
/** The same before an irreversible operation. */
const MAX_WAIT_FOR_ALL_MS = 60_000;
/** Total of these waits in a run: hundreds of them in sequence must not hold it up. */
const MAX_PATIENCE_MS = 120_000;
/** The engine begins a checked step within milliseconds, if it has a free slot. */
const AT_ONCE_MS = 100;
/** The engine begins a checked step as soon as another one ends, and a create takes seconds. */
const MAX_PAUSE_MS = 20_000;

/**
 * Tells when all resources of the program are assumed registered. The engine checks and diffs one after the other while
 * steps already run, and no call says which is the last.
 */
export class QuietPeriod {
  #heardAtMs: number;
  #endedAtMs: number;
  #steps = 0;
  /** Most steps at once so far: the engine does at least so many. */
  #mostSteps = 0;
  /** Whether the next step has waited until another one ended. */
  #isPlaceFreed = false;
  #isFull = false;
  #patientUntilMs: number | undefined;
  /** Steps that only wait here. */
  readonly #listening = new Set<symbol>();
  #exhausting = 0;

  constructor(private readonly clock: Clock) {
    this.#heardAtMs = clock.nowMs();
    this.#endedAtMs = clock.nowMs();
  }

  /** Notes a call for a resource: check, diff or read. */
  touch(): void {
    this.#heardAtMs = this.clock.nowMs();
    this.#isPlaceFreed = false;
  }

  /** Runs one step of the engine. */
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

  /** Waits until `left` is 0, or has not fallen for a while. */
  async exhausted(left: () => number): Promise<void> {
    const { clock } = this;
    let [lowest, sinceMs] = [left(), clock.nowMs()];
    this.#exhausting += 1;
    try {
      while (lowest > 0 && clock.nowMs() < sinceMs + MAX_PAUSE_MS) {
        await clock.sleep(LISTEN_MS);
        // A waiting step may be about to adopt something.
        if (left() < lowest || this.#listening.size > 0) [lowest, sinceMs] = [left(), clock.nowMs()];
      }
    } finally {
      this.#exhausting -= 1;
    }
  }

  /** Waits until the quiet period is over, the time is up, or `isEnough`. */
  async wait(signal?: AbortSignal, isEnough: () => boolean = () => false): Promise<void> {
    const isSilent = () => isEnough() || this.#isSilentFor(SILENCE_MS);
    await this.#until(isSilent, MAX_WAIT_MS, signal);
  }

  /**
   * The same before an irreversible operation. While the engine runs as many steps as it may at once (`--parallel`, by
   * default four for each processor), it is quiet too, until one of them ends (3.255.0). Steps of other packages are
   * not seen here.
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
    // If all steps wait, one has to go on before the engine can: the first.
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
