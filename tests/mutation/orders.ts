/** What the process of the run asks of one that runs tests. */
export interface Order {
  readonly files: readonly string[];
  /** Whether the first failure ends the run. */
  readonly bail: boolean;
}

export interface Result {
  /** The first test that failed, with its file and message. */
  readonly failed?: string;
  /** How long the tests of each file took. */
  readonly files: readonly { readonly file: string; readonly ms: number }[];
  /** The functions that ran, where the code has notes: see `withNotes`. */
  readonly reached: readonly string[];
}

export type Answer = Result | { readonly ready: true };
