import type { Figures, Machine, Sample } from "../../bench/figures";
import type { Operation, Setting } from "../../bench/setting";

const MACHINE: Machine = {
  cores: 2,
  memoryBytes: 8 * 2 ** 30,
  system: "linux x64",
  node: "v22.0.0",
  pulumi: "v3.255.0",
  package: "0.1.0",
  loadBefore: 0.1,
};

export function settingOf(part: Partial<Setting> = {}): Setting {
  return { kind: "roster", members: 500, latencyMs: 100, writesPerSecond: 0, checkpoints: true, ...part };
}

/** A sample that took a second and asked nothing, but for what is given. */
export function sampleOf(
  setting: Partial<Setting>,
  operation: Operation,
  part: Partial<Sample> = {},
): Sample {
  const nothing = { wallMs: 1_000, requests: {}, throttled: 0, writingMs: 0, stateBytes: 0 };
  return { setting: settingOf(setting), operation, ...nothing, ...part };
}

export function figuresOf(samples: readonly Sample[], part: Partial<Figures> = {}): Figures {
  return { measuredOn: "2030-01-31", machine: MACHINE, repeat: 1, notes: [], samples, ...part };
}

/** The empty program, which every multiple is of. */
export function empty(operation: Operation, wallMs: number): Sample {
  return sampleOf({ kind: "empty", members: 0, latencyMs: 0 }, operation, { wallMs });
}
