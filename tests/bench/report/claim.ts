import { growthExponent, lastExponent } from "../growth";
import { grouped, ofMethod, total } from "../requests";
import { matching, type Result, type Wanted } from "../result";
import {
  conversationsOf,
  IDLE_KINDS,
  OPERATION_NAMES,
  type Operation,
  TWILIO_WRITES_PER_SECOND,
} from "../setting";
import { duration, megabytes } from "./unit";

/** What the project promises of its speed, and whether this run shows it. */
export interface Verdict {
  readonly claim: string;
  readonly limit: string;
  readonly measured: string;
  readonly verdict: "ok" | "FAILED" | "not measured";
}

interface Finding {
  readonly measured: string;
  readonly holds: boolean;
}

interface Claim {
  readonly claim: string;
  readonly limit: string;
  /** Undefined where the run has not what it takes. */
  find(results: readonly Result[]): Finding | undefined;
}

export function verdictsOn(results: readonly Result[]): Verdict[] {
  return CLAIMS.map(({ claim, limit, find }) => {
    const finding = find(results);
    if (finding === undefined) return { claim, limit, measured: "–", verdict: "not measured" };
    return { claim, limit, measured: finding.measured, verdict: finding.holds ? "ok" : "FAILED" };
  });
}

const DESK = { members: 500, latencyMs: 100 } as const;
const ROSTER_DESK = { kind: "roster", ...DESK } as const;
/** Their sizes are big enough for what a stack costs by itself not to count. */
const LEAST_MEMBERS = 500;

const CLAIMS: readonly Claim[] = [
  atMostMs("Roster of 500 at 100 ms: `up`, limiter off, 10 in flight", 8_000, {
    ...ROSTER_DESK,
    operation: "up",
  }),
  {
    // The engine takes its three seconds to start and to end with the limiter as without it, where they are measured.
    claim: `Roster of 500 at 100 ms: \`up\`, limiter at ${TWILIO_WRITES_PER_SECOND} writes a second, first write to last`,
    limit: "1.10 × the floor of the rate limit",
    find: (results) =>
      found(
        results,
        { ...ROSTER_DESK, operation: "up", writesPerSecond: TWILIO_WRITES_PER_SECOND },
        ([{ medianMs, floorMs, writingMs }]) => ({
          measured:
            `${times(writingMs / floorMs)} (${duration(writingMs)} of ${duration(floorMs)}; ` +
            `the whole command: ${duration(medianMs)})`,
          holds: writingMs <= 1.1 * floorMs,
        }),
      ),
  },
  atMostMs("Roster of 500 at 100 ms: `refresh --preview-only`", 2_000, {
    ...ROSTER_DESK,
    operation: "refresh-preview",
  }),
  atMostMs("Roster of 500 at 100 ms: `destroy` with its conversation", 2_000, {
    ...ROSTER_DESK,
    operation: "destroy",
  }),
  {
    claim: "Roster of 1,000: a refresh",
    limit: "12 GETs",
    find: (results) =>
      found(results, { kind: "roster", members: 1_000, operation: "refresh-preview" }, (all) => {
        const most = Math.max(...all.map(({ requests }) => ofMethod(requests, "GET")));
        return { measured: `${most} GETs`, holds: most <= 12 };
      }),
  },
  stateOf("Roster: compact state a member", 500, { kind: "roster" }),
  {
    claim: "Roster up to 10,000 members in 10 conversations: growth of time",
    limit: "exponent 1.1",
    find: steepest,
  },
  {
    claim: "Roster of 10,000 in 10 conversations: memory of the provider",
    limit: "300 MB",
    find: (results) =>
      found(results, { kind: "roster", members: 10_000 }, (all) => {
        const peaks = all.flatMap(({ providerPeakBytes }) => providerPeakBytes ?? []);
        const most = Math.max(...peaks);
        return peaks.length === 0 ? undefined : { measured: megabytes(most), holds: most <= 300_000_000 };
      }),
  },
  requestsOf(
    "a Participant each: requests of an `up` of N",
    "N + 1 for each conversation, 1 for the account",
    "up",
    ({ setting }) => setting.members + conversationsOf(setting) + 1,
  ),
  requestsOf(
    "a Participant each: requests of a refresh of N",
    "⌈N ÷ 100⌉ + 1 for each conversation, 1 for the account",
    "refresh-preview",
    ({ setting }) => Math.ceil(setting.members / 100) + conversationsOf(setting) + 1,
  ),
  stateOf("a Participant each: compact state a member", 2_400, { kind: "participants" }),
  {
    claim: "a Participant each: `up` of 500 at 0 ms",
    limit: "1.5 × the same program with a provider that does nothing",
    find: (results) => {
      const [idle] = matching(results, { kind: IDLE_KINDS.participants, members: 500, operation: "up" });
      const wanted: Wanted = { kind: "participants", members: 500, latencyMs: 0, operation: "up" };
      return (
        idle &&
        found(results, wanted, ([{ medianMs }]) => ({
          measured: `${times(medianMs / idle.medianMs)} (${duration(medianMs)} of ${duration(idle.medianMs)})`,
          holds: medianMs <= 1.5 * idle.medianMs,
        }))
      );
    },
  },
];

function found(
  results: readonly Result[],
  wanted: Wanted,
  find: (all: readonly [Result, ...Result[]]) => Finding | undefined,
): Finding | undefined {
  const [first, ...rest] = matching(results, wanted);
  return first && find([first, ...rest]);
}

function atMostMs(claim: string, limitMs: number, wanted: Wanted): Claim {
  return {
    ...{ claim, limit: duration(limitMs) },
    find: (results) =>
      found(results, wanted, ([{ medianMs }]) => ({
        measured: duration(medianMs),
        holds: medianMs <= limitMs,
      })),
  };
}

function stateOf(claim: string, limitBytes: number, wanted: Wanted): Claim {
  return {
    ...{ claim, limit: `${grouped(limitBytes)} bytes` },
    find: (results) => {
      const large = matching(results, wanted).filter(
        ({ setting, operation }) => setting.members >= LEAST_MEMBERS && operation !== "destroy",
      );
      if (large.length === 0) return undefined;
      const most = Math.ceil(Math.max(...large.map(({ stateBytesPerMember }) => stateBytesPerMember)));
      return { measured: `${grouped(most)} bytes at most`, holds: most <= limitBytes };
    },
  };
}

function requestsOf(
  claim: string,
  limit: string,
  operation: Operation,
  allowed: (result: Result) => number,
): Claim {
  return {
    ...{ claim, limit },
    find: (results) =>
      found(results, { kind: "participants", operation }, (all) => ({
        measured: all
          .map((result) => `${grouped(total(result.requests))} for ${grouped(result.setting.members)}`)
          .filter((text, at, texts) => texts.indexOf(text) === at)
          .join(", "),
        holds: all.every((result) => total(result.requests) <= allowed(result)),
      })),
  };
}

/** The operation that grows fastest, over all sizes or from the last but one to the last. */
function steepest(results: readonly Result[]): Finding | undefined {
  const largest = matching(results, { kind: "roster", members: 10_000 });
  const growths = largest.flatMap(({ operation, setting: { latencyMs } }) => {
    const points = pointsOf(results, { kind: "roster", operation, latencyMs });
    const [overall, last] = [growthExponent(points), lastExponent(points)];
    return overall === undefined || last === undefined
      ? []
      : [{ operation, latencyMs, exponent: Math.max(overall, last) }];
  });
  const [worst] = growths.sort((one, other) => other.exponent - one.exponent);
  if (worst === undefined) return undefined;
  return {
    measured: `${worst.exponent.toFixed(2)} at most: ${OPERATION_NAMES[worst.operation]} at ${worst.latencyMs} ms`,
    holds: worst.exponent <= 1.1,
  };
}

export function pointsOf(results: readonly Result[], wanted: Wanted): { members: number; ms: number }[] {
  return matching(results, wanted).map(({ setting: { members }, medianMs }) => ({ members, ms: medianMs }));
}

function times(value: number): string {
  return `${value.toFixed(2)} ×`;
}
