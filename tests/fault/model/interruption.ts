import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import type { Fault, Simulator } from "../../../simulator";
import { providersBelow } from "../../support/processes";

/** What goes wrong during one operation of the engine. */
export type Interruption =
  /** Twilio stumbles; whoever asks again gets an answer. */
  | { readonly kind: "stumble"; readonly fault: Fault }
  /** From one request on, nothing is answered but 503. */
  | { readonly kind: "outage"; readonly skip: number }
  /** What is sent is done, and answered with 503. */
  | { readonly kind: "lost" }
  /** kill -9 of the provider, while so many requests have been answered. */
  | { readonly kind: "kill"; readonly skip: number; readonly when: "before" | "after" };

const POLL_MS = 3;

/** How long an operation goes on asking: longer than reads may lag behind writes. */
export const PATIENT_SECONDS = "15";
/** The same where nothing answers for good, so that a sequence need not wait that long. */
const IMPATIENT_SECONDS = "4";

/** How long the provider is to go on while that goes wrong. */
export function patienceFor(interruption: Interruption | undefined): string {
  return interruption?.kind === "outage" || interruption?.kind === "lost"
    ? IMPATIENT_SECONDS
    : PATIENT_SECONDS;
}

const faults: fc.Arbitrary<Fault> = fc
  .record(
    {
      kind: fc.constantFrom("status", "reset", "truncate", "not-found-although-created"),
      when: fc.constantFrom("before", "after"),
      status: fc.constantFrom(429, 500, 502, 503, 504),
      method: fc.constantFrom("POST", "DELETE", "GET"),
      skip: fc.nat(9),
      times: fc.integer({ min: 1, max: 2 }),
    },
    { requiredKeys: ["kind", "times"] },
  )
  .map(asTwilioDoes);

/** 429 does nothing, and only a status has a status. */
function asTwilioDoes({ status, when, ...fault }: Fault): Fault {
  if (fault.kind === "not-found-although-created") return { ...fault, method: "POST", times: 1 };
  if (fault.kind === "truncate") return fault;
  if (fault.kind === "reset") return { ...fault, ...(when && { when }) };
  return { ...fault, ...(status && { status }), ...(when && status !== 429 && { when }) };
}

export const interruptions: fc.Arbitrary<Interruption | undefined> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 4, arbitrary: faults.map((fault) => ({ kind: "stumble" as const, fault })) },
  { weight: 1, arbitrary: fc.nat(12).map((skip) => ({ kind: "outage" as const, skip })) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("kill" as const),
      skip: fc.nat(16),
      when: fc.constantFrom("before" as const, "after" as const),
    }),
  },
);

/** Runs an operation while things go wrong; says what error it ended in, and whether anything did go wrong. */
export async function interrupted(
  simulator: Simulator,
  interruption: Interruption | undefined,
  operation: () => Promise<unknown>,
): Promise<{ error?: unknown; wasHit: boolean }> {
  if (interruption !== undefined) simulator.addFault(faultOf(interruption));
  const watch = new AbortController();
  const killing = interruption?.kind === "kill" ? killWhenHit(simulator, watch.signal) : undefined;
  const result = await operation().then(
    () => ({}),
    (error: unknown) => ({ error }),
  );
  watch.abort();
  await killing;
  const wasHit = simulator.faults().some(({ hits }) => hits > 0);
  simulator.clearFaults();
  return { ...result, wasHit };
}

function faultOf(interruption: Interruption): Fault {
  if (interruption.kind === "stumble") return interruption.fault;
  if (interruption.kind === "lost") return { kind: "status", status: 503, method: "POST", when: "after" };
  const { skip } = interruption;
  if (interruption.kind === "outage") return { kind: "status", status: 503, skip };
  return { kind: "hang", when: interruption.when, skip, times: 1 };
}

/** The one stack of this process that is at work has the only provider. */
async function killWhenHit(simulator: Simulator, ended: AbortSignal): Promise<void> {
  while (!ended.aborted && !simulator.faults().some(({ hits }) => hits > 0)) await setTimeout(POLL_MS);
  if (ended.aborted) return;
  for (const { pid } of providersBelow(process.pid)) process.kill(pid, "SIGKILL");
}
