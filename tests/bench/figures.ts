import type { Operation, Setting } from "./setting";

/** One operation as it was measured. */
export interface Sample {
  readonly setting: Setting;
  readonly operation: Operation;
  /** From the start of the CLI to its end. */
  readonly wallMs: number;
  /** How many of each kind, such as `POST Conversations/…/Participants`. */
  readonly requests: Readonly<Record<string, number>>;
  /** How many of them were answered with 429. */
  readonly throttled: number;
  /** From the first write of a member to the last, as the simulator received them; 0 where there were none. */
  readonly writingMs: number;
  /** The most memory that the provider's process had (VmHWM); missing where the system does not tell. */
  readonly providerPeakBytes?: number;
  /** The state file after it, without the spaces that only make it readable. */
  readonly stateBytes: number;
}

/** What it was measured on, asked when it was. */
export interface Machine {
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  readonly pulumi: string;
  readonly package: string;
  /** How many processes wanted to run in the minute before the first measurement: above 0.5 the figures are doubtful. */
  readonly loadBefore: number;
}

/** All of a run, as its file holds it; everything else is worked out from this. */
export interface Figures {
  /** ISO 8601, date alone. */
  readonly measuredOn: string;
  readonly machine: Machine;
  /** How many times each setting was measured. */
  readonly repeat: number;
  /** What was left out, and why. */
  readonly notes: readonly string[];
  readonly samples: readonly Sample[];
}
