import { BoundedLog, bytesOf } from "../bounded-log";
import type { Fault } from "../faults/fault";

/** A logged request; one without a login keeps hardly more than its path. */
export interface RequestRecord {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  /** Empty where the request had no login, or where the form is longer than any that Twilio takes. */
  form: Record<string, string | string[]>;
  /** Lower-case names, without `authorization`. */
  headers: Record<string, string | string[]>;
  /** The status sent; 0 when a fault cut the connection or left it hanging. */
  status: number;
  atMs: number;
  /** The fault that it met. */
  fault?: Fault;
}

/** A form longer than any that Twilio takes is not worth keeping. */
const maxFormBytes = 128 * 1024;

/** Longer than almost any request of a program. */
const longBytes = 48 * 1024;

/** Node keeps several times the memory of short-lived pieces this large. */
function weighed(bytes: number): number {
  return bytes > longBytes ? 3 * bytes : bytes;
}

/** The latest requests, oldest first; counts all. */
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
