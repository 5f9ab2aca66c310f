import { UsageError } from "../rules/errors";

export type FaultKind =
  | "status"
  | "reset"
  | "truncate"
  | "hang"
  | "delay"
  | "not-found-although-created"
  | "lag";

/** A failure of the requests that match. */
export interface Fault {
  /** GET, POST or DELETE; default: any. */
  method?: string;
  // A path in which * is one segment and a final ** is any rest, such as /v1/Conversations/*/Participants.
  route?: string;
  kind: FaultKind;
  /** Whether the request fails before or after its work is done. */
  when?: "before" | "after";
  /** For `status`: the HTTP status, 503 by default. */
  status?: number;
  /** For `status`: Twilio's code in the body; by default derived from the status. */
  code?: number;
  /** For `status`: the message in the body. */
  message?: string;
  retryAfterSeconds?: number;
  /** For `delay`, `hang` and `lag`; a hang without it lasts until the simulator closes. */
  delayMs?: number;
  /** The fault ends after so many hits; by default it stays. */
  times?: number;
  /** Lets this many matching requests pass first. */
  skip?: number;
  /** The share of matching requests that it hits, from 0 to 1. */
  probability?: number;
  /** Makes the hits of `probability` the same in every run; 1 by default. */
  randomSeed?: number;
}

/** How far reads lag under a `lag` fault. */
export function lagMs(fault: Fault): number {
  return fault.delayMs ?? 1_000;
}

/** A lag keeps past states in memory. */
const maxLagMs = 60_000;

const kinds: readonly string[] = [
  "status",
  "reset",
  "truncate",
  "hang",
  "delay",
  "not-found-although-created",
  "lag",
];
const numbers: Record<string, [min: number, max: number]> = {
  status: [400, 599],
  code: [0, 999_999],
  retryAfterSeconds: [0, 86_400],
  delayMs: [0, 3_600_000],
  times: [1, 1_000_000_000],
  skip: [0, 1_000_000_000],
  probability: [0, 1],
  randomSeed: [0, 0xffff_ffff],
};

/** Checks a list of faults from a file or a request. */
export function faultsOf(script: unknown): Fault[] {
  const list = Array.isArray(script) ? script : [script];
  return list.map((item, index) => faultOf(item, Array.isArray(script) ? `faults[${index}]` : "fault"));
}

function faultOf(value: unknown, place: string): Fault {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(`${place} must be an object`);
  }
  for (const [name, item] of Object.entries(value)) checkProperty(name, item, place);
  const fault = value as Fault;
  if (fault.kind === undefined) throw new UsageError(`${place}.kind is missing, one of ${kinds.join(", ")}`);
  if (fault.kind === "delay" && fault.delayMs === undefined) {
    throw new UsageError(`${place}.delayMs is missing: a delay needs its length`);
  }
  if (fault.kind === "lag" && lagMs(fault) > maxLagMs) {
    throw new UsageError(`${place}.delayMs of a lag must be at most ${maxLagMs}`);
  }
  return { ...fault };
}

function checkProperty(name: string, item: unknown, place: string): void {
  const range = Object.hasOwn(numbers, name) ? numbers[name] : undefined;
  if (range) {
    if (typeof item !== "number" || !(item >= range[0] && item <= range[1])) {
      throw new UsageError(`${place}.${name} must be a number from ${range[0]} to ${range[1]}`);
    }
    return;
  }
  const allowed: Record<string, (text: string) => boolean> = {
    kind: (text) => kinds.includes(text),
    when: (text) => text === "before" || text === "after",
    method: (text) => /^[A-Za-z]+$/.test(text),
    route: (text) => text.startsWith("/"),
    message: () => true,
  };
  const check = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
  if (!check) throw new UsageError(`${place}.${name} is not a property of a fault`);
  if (typeof item !== "string" || !check(item)) throw new UsageError(`${place}.${name} is not valid`);
}
