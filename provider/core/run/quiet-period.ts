import type { Clock } from "../../http/clock";

/** Quiet period after which all resources are assumed registered: Pulumi's engine takes milliseconds between two. */
const QUIET_MS = 2_000;
/** The same if the engine has no free slot: it has registered what it can. */
const QUIET_WHEN_FULL_MS = 200;
/** How often a wait checks its condition. */
const POLL_MS = 100;
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
  #touchedAtMs: number;
  #endedAtMs: number;
  #steps = 0;
  /** Most steps at once so far: the engine does at least so many. */
  #mostSteps = 0;
  /** Whether a step has just ended, so that a step that begins now had waited for its slot. */
  #isSlotFreed = false;
  #isFull = false;
  #patientUntilMs: number | undefined;
  /** Resource operations that only wait here. */
  readonly #waiting = new Set<symbol>();
  #draining = 0;

  constructor(private readonly clock: Clock) {
    this.#touchedAtMs = clock.nowMs();
    this.#endedAtMs = clock.nowMs();
  }

  /** Notes a call for a resource: check, diff or read. */
  touch(): void {
    this.#touchedAtMs = this.clock.nowMs();
    this.#isSlotFreed = false;
  }

  /** Runs one resource operation of the engine. */
  async step<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#steps += 1;
    this.#mostSteps = Math.max(this.#mostSteps, this.#steps);
    this.#isFull = this.#isSlotFreed;
    this.#isSlotFreed = false;
    try {
      return await work();
    } finally {
      this.#steps -= 1;
      this.#endedAtMs = this.clock.nowMs();
      this.#isSlotFreed = this.#isQuietFor(AT_ONCE_MS);
    }
  }

  /** Waits until nothing is `left`, or until there was no progress for 20 s. */
  async drained(left: () => number): Promise<void> {
    const { clock } = this;
    let [lowest, sinceMs] = [left(), clock.nowMs()];
    this.#draining += 1;
    try {
      while (lowest > 0 && clock.nowMs() < sinceMs + MAX_PAUSE_MS) {
        await clock.sleep(POLL_MS);
        // A waiting step may be about to adopt something.
        if (left() < lowest || this.#waiting.size > 0) [lowest, sinceMs] = [left(), clock.nowMs()];
      }
    } finally {
      this.#draining -= 1;
    }
  }

  /** Waits until the quiet period is over, the time is up, or `isEnough`. */
  async wait(signal?: AbortSignal, isEnough: () => boolean = () => false): Promise<void> {
    const isQuiet = () => isEnough() || this.#isQuietFor(QUIET_MS);
    await this.#until(isQuiet, MAX_WAIT_MS, signal);
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
    const waiter = Symbol();
    this.#waiting.add(waiter);
    await this.#until(() => this.#isQuietThough(waiter), patientMs);
    this.#waiting.delete(waiter);
  }

  #isQuietThough(waiter: symbol): boolean {
    const isQuietFor = (ms: number) => this.#isQuietFor(ms) && this.clock.nowMs() >= this.#endedAtMs + ms;
    if (this.#steps < this.#mostSteps) return isQuietFor(QUIET_MS);
    if (this.#steps > this.#waiting.size + this.#draining) return false;
    // If all steps wait, one has to go on before the engine can: the first.
    const [first] = this.#waiting;
    return waiter === first && isQuietFor(this.#isFull ? QUIET_WHEN_FULL_MS : QUIET_MS);
  }

  #isQuietFor(ms: number): boolean {
    return this.clock.nowMs() >= this.#touchedAtMs + ms;
  }

  async #until(isReached: () => boolean, maxWaitMs: number, signal?: AbortSignal): Promise<void> {
    const { clock } = this;
    const latestMs = clock.nowMs() + maxWaitMs;
    while (signal?.aborted !== true && clock.nowMs() < latestMs && !isReached())
      await clock.sleep(POLL_MS, signal).catch(() => undefined);
  }
}
