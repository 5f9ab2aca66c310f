import { conversationsOf, type Operation, REQUESTS_IN_FLIGHT, type Setting } from "./setting";

/** The engine works on so many resources at a time for each core, unless told otherwise (`--parallel`). */
const STEPS_PER_CORE = 4;

/** Requests that can be in flight at once: the provider's limit, or what the engine asks of it at a time. */
export function inFlight({ kind }: Setting, cores: number): number {
  return kind === "participants" ? Math.min(REQUESTS_IN_FLIGHT, STEPS_PER_CORE * cores) : REQUESTS_IN_FLIGHT;
}

/**
 * What no implementation can beat: every request takes the latency, and so many are in flight; the writes of one
 * conversation are so many a second where Twilio's limit counts. 0 where neither holds anything up.
 */
export function floorMs(setting: Setting, operation: Operation, requests: number, cores: number): number {
  const byLatencyMs = (setting.latencyMs * requests) / inFlight(setting, cores);
  return Math.max(byLatencyMs, rateFloorMs(setting, operation));
}

function rateFloorMs(setting: Setting, operation: Operation): number {
  const isWrite = operation === "up" || operation === "update";
  if (!isWrite || setting.writesPerSecond === 0 || setting.members === 0) return 0;
  const writes = Math.ceil(setting.members / conversationsOf(setting));
  return (writes / setting.writesPerSecond) * 1_000;
}
