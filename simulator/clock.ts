/** Real time plus an offset. Row dates, timers and the `Date` header all use it. */
export class Clock {
  #offsetMs = 0;
  /** Called whenever the clock is moved. */
  onMove: (() => void) | undefined;

  constructor(nowMs?: number) {
    if (nowMs !== undefined) this.set(nowMs);
  }

  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Now in Twilio's form: UTC, to the second. */
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

/** Half of a Date's range, so that timers added to it stay valid. */
const MAX_DATE_MS = 4e15;

export function toDateText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -5)}Z`;
}

const pattern = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** An ISO-8601 date in Twilio's form; undefined if it is none. Without a zone it is UTC. */
export function dateText(text: string): string | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const ms = Date.parse(match[1] && !match[4] ? `${text}Z` : text);
  return Number.isNaN(ms) ? undefined : toDateText(ms);
}
