import { seededRandom } from "../random";
import { type Fault, lagMs } from "./fault";
import { RoutePattern } from "./route-pattern";

interface Armed {
  fault: Fault;
  seen: number;
  hits: number;
  random: () => number;
  pattern: RoutePattern | undefined;
}

/** The armed faults in order; each request meets the first one that hits it. */
export class FaultScript {
  #armed: Armed[] = [];

  add(fault: Fault): void {
    this.#armed.push({
      fault,
      seen: 0,
      hits: 0,
      random: seededRandom(fault.randomSeed ?? 1),
      pattern: fault.route === undefined ? undefined : new RoutePattern(fault.route),
    });
  }

  clear(): void {
    this.#armed = [];
  }

  /** The armed faults, with how often each was met and hit. */
  list(): { fault: Fault; seen: number; hits: number }[] {
    return this.#armed.map(({ fault, seen, hits }) => ({ fault, seen, hits }));
  }

  /** The lag of the longest `lag` fault that may still hit; 0 without one. */
  longestLagMs(): number {
    let longestMs = 0;
    for (const armed of this.#armed) {
      if (armed.fault.kind === "lag" && !isUsedUp(armed)) longestMs = Math.max(longestMs, lagMs(armed.fault));
    }
    return longestMs;
  }

  /** The fault that a request meets; `isCreate` says whether the request would create an object. */
  next(method: string, path: string, isCreate = false): Fault | undefined {
    for (const armed of this.#armed) {
      if (armed.fault.kind === "not-found-although-created" && !isCreate) continue;
      if (matches(armed, method, path) && isHit(armed)) return armed.fault;
    }
    return undefined;
  }

  /** Undoes a hit that the request turned out not to qualify for. */
  giveBack(fault: Fault): void {
    const armed = this.#armed.find((entry) => entry.fault === fault);
    if (!armed) return;
    armed.seen -= 1;
    armed.hits -= 1;
  }
}

function isUsedUp({ fault, hits }: Armed): boolean {
  return hits >= (fault.times ?? Number.POSITIVE_INFINITY);
}

function matches({ fault, pattern }: Armed, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  return pattern === undefined || pattern.matches(path);
}

function isHit(armed: Armed): boolean {
  const { fault } = armed;
  if (isUsedUp(armed)) return false;
  armed.seen += 1;
  if (armed.seen <= (fault.skip ?? 0)) return false;
  if (fault.probability !== undefined && armed.random() >= fault.probability) return false;
  armed.hits += 1;
  return true;
}
