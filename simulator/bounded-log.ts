export interface Room {
  /** So many of the last ones are always kept, where the bytes allow it. */
  readonly entries: number;
  /** Never more than this, as `weigh` counts. */
  readonly bytes: number;
}

/** The last entries, oldest first, as many as there is room for, and how many there were in all. */
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

  /** One after the other, for whoever takes long about it: what is dropped meanwhile is left out, not kept for that. */
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

  /** Drops a block of the oldest, so that a long run does not move all the others for each new one. */
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

/** What a name with its value costs besides their characters, about. */
const pairBytes = 48;

/** What names and values take in memory, rather too much than too little. */
export function bytesOf(texts: Texts): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(texts))
    for (const text of typeof value === "string" ? [value] : value)
      bytes += pairBytes + charBytes(name) + charBytes(text);
  return bytes;
}

/** V8 has one byte for each character where all of them are Latin-1. */
function charBytes(text: string): number {
  return /[^\0-\xff]/.test(text) ? 2 * text.length : text.length;
}
