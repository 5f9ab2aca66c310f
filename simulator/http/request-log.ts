import { BoundedLog, bytesOf } from "../bounded-log";
import type { Fault } from "../faults/fault";

/** One request as the tests of a program under test want to see it; of one without a login hardly more than its path. */
export interface RequestRecord {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  /** Empty where the request brought no login, and where it is longer than any that Twilio takes. */
  form: Record<string, string | string[]>;
  /** Lower-case names, without `authorization`. */
  headers: Record<string, string | string[]>;
  /** The status that was sent; 0 when the connection was cut or left hanging instead. */
  status: number;
  atMs: number;
  /** The fault that it met. */
  fault?: Fault;
}

/** What is longer than any form that Twilio takes tells nothing more. */
const maxFormBytes = 128 * 1024;

/** Longer than almost any request of a program. */
const longBytes = 48 * 1024;

/** Node keeps several times the memory of what comes and goes in such pieces. */
function weighed(bytes: number): number {
  return bytes > longBytes ? 3 * bytes : bytes;
}

/** The last requests, oldest first, and how many there were in all. */
export class RequestLog extends BoundedLog<RequestRecord> {
  constructor() {
    super({ entries: 50_000, bytes: 24 * 1024 * 1024 }, ({ path, query, form, headers }) =>
      weighed([{ path }, query, form, headers].reduce((bytes, texts) => bytes + bytesOf(texts), 200)),
    );
  }

  override add(record: RequestRecord): void {
    super.add(bytesOf(record.form) > maxFormBytes ? { ...record, form: {} } : record);
  }
}
