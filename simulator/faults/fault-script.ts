import { seededRandom } from "../random";
import { type Fault, lagMs } from "./fault";

interface Armed {
  fault: Fault;
  seen: number;
  hits: number;
  random: () => number;
  pattern: RegExp | undefined;
}

/** The faults in the order they were added; each request meets the first one that hits it. */
export class FaultScript {
  #armed: Armed[] = [];

  add(fault: Fault): void {
    this.#armed.push({
      fault,
      seen: 0,
      hits: 0,
      random: seededRandom(fault.randomSeed ?? 1),
      pattern: fault.route === undefined ? undefined : routePattern(fault.route),
    });
  }

  clear(): void {
    this.#armed = [];
  }

  /** What is armed, with how often each was met and hit. */
  list(): { fault: Fault; seen: number; hits: number }[] {
    return this.#armed.map(({ fault, seen, hits }) => ({ fault, seen, hits }));
  }

  /** How far back the longest armed `lag` fault reads; 0 without one. */
  longestLagMs(): number {
    if (this.#armed.length === 0) return 0;
    return Math.max(0, ...this.#armed.map(({ fault }) => (fault.kind === "lag" ? lagMs(fault) : 0)));
  }

  next(method: string, path: string): Fault | undefined {
    for (const armed of this.#armed) {
      if (matches(armed, method, path) && isHit(armed)) return armed.fault;
    }
    return undefined;
  }
}

function matches({ fault, pattern }: Armed, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  return pattern === undefined || pattern.test(path);
}

function isHit(armed: Armed): boolean {
  const { fault } = armed;
  if (armed.hits >= (fault.times ?? Number.POSITIVE_INFINITY)) return false;
  armed.seen += 1;
  if (armed.seen <= (fault.skip ?? 0)) return false;
  if (fault.probability !== undefined && armed.random() >= fault.probability) return false;
  armed.hits += 1;
  return true;
}

function routePattern(route: string): RegExp {
  const parts = route.split("/").map((part, index, all) => {
    if (part === "**" && index === all.length - 1) return ".*";
    return part.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*");
  });
  return new RegExp(`^${parts.join("/")}$`);
}
