import type { Fault } from "../faults/fault";

/** One request as the tests of a program under test want to see it. */
export interface RequestRecord {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  form: Record<string, string | string[]>;
  /** Lower-case names, without `authorization`. */
  headers: Record<string, string | string[]>;
  /** The status that was sent; 0 when the connection was cut or left hanging instead. */
  status: number;
  atMs: number;
  /** The fault that it met. */
  fault?: Fault;
}

/** The last requests, oldest first, and how many there were in all. */
export class RequestLog {
  #records: RequestRecord[] = [];
  #dropped = 0;

  constructor(readonly maxRecords = 50_000) {}

  get total(): number {
    return this.#dropped + this.#records.length;
  }

  add(record: RequestRecord): void {
    this.#records.push(record);
    // Dropped in blocks, so that a long run does not move the whole array for each request.
    if (this.#records.length < this.maxRecords * 1.25) return;
    const excess = this.#records.length - this.maxRecords;
    this.#records = this.#records.slice(excess);
    this.#dropped += excess;
  }

  all(): RequestRecord[] {
    return [...this.#records];
  }

  last(count: number): RequestRecord[] {
    return this.#records.slice(-count);
  }

  clear(): void {
    this.#records = [];
    this.#dropped = 0;
  }
}
