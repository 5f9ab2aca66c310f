import type { Figures, Sample } from "./figures";
import { floorMs } from "./floor";
import { total } from "./requests";
import { isPlain, isSameSetting, type Operation, type Setting } from "./setting";

/** All samples of one operation under one setting, as one. */
export interface Result {
  readonly setting: Setting;
  readonly operation: Operation;
  readonly medianMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  /** The median as a multiple of the empty program's in the same operation; missing where that was not measured. */
  readonly timesEmpty?: number;
  /** What no implementation can beat, see `floor.ts`. */
  readonly floorMs: number;
  /** The median as a multiple of the floor; missing where the empty program alone takes longer than the floor. */
  readonly timesFloor?: number;
  /** Of the sample with most. */
  readonly requests: Readonly<Record<string, number>>;
  readonly throttled: number;
  readonly writingMs: number;
  readonly providerPeakBytes?: number;
  /** The state file after it, for each member. */
  readonly stateBytesPerMember: number;
}

export function resultsOf({ samples, machine }: Figures): Result[] {
  const groups: Sample[][] = [];
  for (const sample of samples) {
    const group = groups.find(([one]) => one !== undefined && isSameKind(one, sample));
    if (group === undefined) groups.push([sample]);
    else group.push(sample);
  }
  const emptyMs = (operation: Operation) =>
    median(samples.filter((one) => one.setting.kind === "empty" && one.operation === operation).map(wallMs));
  return groups.flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [resultOf(first, group, emptyMs(first.operation), machine.cores)];
  });
}

function resultOf(
  { setting, operation }: Sample,
  group: readonly Sample[],
  emptyMs: number | undefined,
  cores: number,
): Result {
  const times = group.map(wallMs);
  const medianMs = median(times) ?? 0;
  const requests = group
    .map((sample) => sample.requests)
    .reduce((most, one) => (total(one) > total(most) ? one : most));
  const floor = floorMs(setting, operation, total(requests), cores);
  const peaks = group.flatMap(({ providerPeakBytes }) => providerPeakBytes ?? []);
  return {
    ...{ setting, operation, medianMs, requests, floorMs: floor },
    leastMs: Math.min(...times),
    mostMs: Math.max(...times),
    ...(emptyMs === undefined ? {} : { timesEmpty: medianMs / emptyMs }),
    ...(emptyMs === undefined || floor <= emptyMs ? {} : { timesFloor: medianMs / floor }),
    throttled: Math.max(...group.map((sample) => sample.throttled)),
    writingMs: median(group.map((sample) => sample.writingMs)) ?? 0,
    ...(peaks.length === 0 ? {} : { providerPeakBytes: Math.max(...peaks) }),
    stateBytesPerMember: Math.max(...group.map(({ stateBytes }) => stateBytes)) / (setting.members || 1),
  };
}

function isSameKind(one: Sample, other: Sample): boolean {
  return one.operation === other.operation && isSameSetting(one.setting, other.setting);
}

function wallMs(sample: Sample): number {
  return sample.wallMs;
}

/** Undefined of nothing. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [below, above] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return below === undefined || above === undefined ? undefined : (below + above) / 2;
}

export type Wanted = Partial<Setting> & { readonly operation?: Operation };

/** Those of the plain runs, unless a limiter or checkpoints are wanted by name. */
export function matching(results: readonly Result[], { operation, ...wanted }: Wanted): Result[] {
  const isComparison = wanted.writesPerSecond !== undefined || wanted.checkpoints !== undefined;
  return results.filter(
    (result) =>
      (operation === undefined || result.operation === operation) &&
      (isComparison || isPlain(result.setting)) &&
      Object.entries(wanted).every(([name, value]) => result.setting[name as keyof Setting] === value),
  );
}
