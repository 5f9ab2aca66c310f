import { grouped } from "../requests";
import { matching, type Result, type Wanted } from "../result";
import {
  IDLE_KINDS,
  KIND_NAMES,
  OPERATION_NAMES,
  type Setting,
  STACK_KINDS,
  TWILIO_WRITES_PER_SECOND,
} from "../setting";
import { table } from "./table";
import { duration, multiple, spread } from "./unit";

interface Comparison {
  readonly what: string;
  readonly result: Result;
  /** What it is compared with. */
  readonly base: Result;
  readonly baseName: string;
  readonly remark?: string;
}

/** What was measured at one size alone, beside what it is to be compared with. */
export function comparisonTable(results: readonly Result[]): string {
  const rows = [...withIdle(results), ...withoutCheckpoints(results), ...withLimiter(results)];
  if (rows.length === 0) return "";
  return table(
    ["operation", "under", "time", "compared with", "ratio", ""],
    rows.map(({ what, result, base, baseName, remark }) => [
      `${OPERATION_NAMES[result.operation]}, ${placeOf(result.setting)}`,
      what,
      spread(result),
      `${baseName}: ${duration(base.medianMs)}`,
      multiple(result.medianMs / base.medianMs),
      remark ?? "",
    ]),
  );
}

function placeOf({ kind, members, latencyMs }: Setting): string {
  return `${KIND_NAMES[kind]}, ${grouped(members)} at ${latencyMs} ms`;
}

function withIdle(results: readonly Result[]): Comparison[] {
  return STACK_KINDS.flatMap((kind) =>
    matching(results, { kind: IDLE_KINDS[kind] }).flatMap((base) => {
      const { members } = base.setting;
      return matching(results, { kind, members, operation: base.operation }).map((result) => ({
        ...{ what: "this provider", result, base, baseName: KIND_NAMES[IDLE_KINDS[kind]] },
        ...(result.floorMs > 0 && { remark: `floor ${duration(result.floorMs)}` }),
      }));
    }),
  );
}

function withoutCheckpoints(results: readonly Result[]): Comparison[] {
  const found = results.filter(({ setting }) => !setting.checkpoints);
  return beside(results, found, { checkpoints: true }).map(([result, base]) => ({
    ...{ what: "PULUMI_SKIP_CHECKPOINTS", result, base, baseName: "with checkpoints" },
  }));
}

function withLimiter(results: readonly Result[]): Comparison[] {
  const found = results.filter(({ setting }) => setting.writesPerSecond > 0);
  return beside(results, found, { writesPerSecond: 0 }).map(([result, base]) => ({
    what: `${TWILIO_WRITES_PER_SECOND} writes a second`,
    ...{ result, base, baseName: "limiter off" },
    remark:
      `${multiple(result.timesFloor)} floor, ${grouped(result.throttled)} answers 429, ` +
      `first write to last ${duration(result.writingMs)}`,
  }));
}

/** Each with the one that has another setting in this alone. */
function beside(
  results: readonly Result[],
  found: readonly Result[],
  other: Pick<Wanted, "checkpoints" | "writesPerSecond">,
): [Result, Result][] {
  return found.flatMap((result) => {
    const [base] = matching(results, { ...result.setting, operation: result.operation, ...other });
    return base === undefined ? [] : [[result, base] as [Result, Result]];
  });
}
