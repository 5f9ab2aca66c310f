import { setTimeout } from "node:timers/promises";
import type { Fault, Simulator } from "../../../simulator";
import { providersBelow } from "../../support/processes";

/** What goes wrong during one operation of the engine. */
export type Interruption =
  /** Twilio stumbles; whoever asks again gets an answer. */
  | { readonly kind: "stumble"; readonly fault: Fault }
  /** From one request on, nothing is answered but 503. */
  | { readonly kind: "outage"; readonly skip: number }
  /** kill -9 of the provider, while so many requests have been answered. */
  | { readonly kind: "kill"; readonly skip: number; readonly when: "before" | "after" };

const POLL_MS = 3;

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
