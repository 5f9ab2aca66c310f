export interface Room {
  /** Number of latest entries to keep, if the bytes allow it. */
  readonly entries: number;
  /** Upper limit, as `weigh` counts. */
  readonly bytes: number;
}

/** A log of the latest entries, oldest first, within limits; counts all entries ever added. */
export class BoundedLog<Entry> {
  #entries: Entry[] = [];
  #weights: number[] = [];
  #bytes = 0;
  #dropped = 0;

  constructor(
    readonly room: Room,
    readonly weigh: (entry: Entry) => number,
  ) {}

  get total(): number {
    return this.#dropped + this.#entries.length;
  }

  add(entry: Entry): void {
    const bytes = this.weigh(entry);
    this.#entries.push(entry);
    this.#weights.push(bytes);
    this.#bytes += bytes;
    if (this.#entries.length >= this.room.entries * 1.25 || this.#bytes > this.room.bytes) this.#drop();
  }

  all(): Entry[] {
    return [...this.#entries];
  }

  /** Iterates lazily for slow readers; skips entries dropped meanwhile instead of keeping them. */
  *each(): Generator<Entry> {
    const end = this.total;
    for (let at = this.#dropped; at < end; at = Math.max(at + 1, this.#dropped)) {
      const entry = this.#entries[at - this.#dropped];
      if (entry !== undefined) yield entry;
    }
  }

  last(count: number): Entry[] {
    return this.#entries.slice(-count);
  }

  clear(): void {
    this.#entries = [];
    this.#weights = [];
    this.#bytes = 0;
    this.#dropped = 0;
  }

  /** Drops a block of the oldest entries, so that a long run does not move all others for each new one. */
  #drop(): void {
    let excess = Math.max(0, this.#entries.length - this.room.entries);
    for (const bytes of this.#weights.slice(0, excess)) this.#bytes -= bytes;
    for (; this.#bytes > this.room.bytes * 0.8; excess += 1) this.#bytes -= this.#weights[excess] ?? 0;
    this.#entries = this.#entries.slice(excess);
    this.#weights = this.#weights.slice(excess);
    this.#dropped += excess;
  }
}

export type Texts = Readonly<Record<string, string | readonly string[]>>;

/** Approximate memory of a name with its value, besides their characters. */
const pairBytes = 48;

/** Estimates the memory of names and values, rather too high than too low. */
export function bytesOf(texts: Texts): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(texts))
    for (const text of typeof value === "string" ? [value] : value)
      bytes += pairBytes + charBytes(name) + charBytes(text);
  return bytes;
}

/** V8 stores one byte a character where all are Latin-1. */
function charBytes(text: string): number {
  return /[^\0-\xff]/.test(text) ? 2 * text.length : text.length;
}
