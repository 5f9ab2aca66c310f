/** Real time, moved by an offset. Dates of rows, timers and the `Date` header all come from here. */
export class Clock {
  #offsetMs = 0;
  /** Called whenever somebody moves the clock. */
  onMove: (() => void) | undefined;

  constructor(nowMs?: number) {
    if (nowMs !== undefined) this.set(nowMs);
  }

  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Now as Twilio writes it: UTC, to the second. */
  nowText(): string {
    return toDateText(this.nowMs());
  }

  set(ms: number): void {
    if (!Number.isFinite(ms) || Math.abs(ms) > MAX_DATE_MS)
      throw new RangeError("the clock takes ms since 1970");
    this.#offsetMs = ms - Date.now();
    this.onMove?.();
  }

  advance(ms: number): void {
    this.set(this.nowMs() + ms);
  }
}

/** Half of what a Date holds, so that timers added to it stay valid. */
const MAX_DATE_MS = 4e15;

export function toDateText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -5)}Z`;
}
