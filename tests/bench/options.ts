import { parseArgs } from "node:util";
import { OPERATIONS, type Operation, STACK_KINDS, type StackKind } from "./setting";

/** What a user asks of `npm run bench`. */
export interface Options {
  readonly members: readonly number[];
  readonly latenciesMs: readonly number[];
  readonly kinds: readonly StackKind[];
  readonly operations: readonly Operation[];
  /** How many times each setting is measured; the median counts. */
  readonly repeat: number;
  /** Whether members as resources of their own are measured beyond the size that is sensible. */
  readonly large: boolean;
  /** Whether docs/performance.md and its picture are written. */
  readonly write: boolean;
  /** A file of figures to report on, instead of measuring. */
  readonly from: string | undefined;
}

export const USAGE = `npm run bench [-- OPTIONS]
  --members 50,500        numbers of members (default: 50,500,1000,10000)
  --latency 0,100         milliseconds that each answer of the API takes (default: 0,100)
  --kinds LIST            ${STACK_KINDS.join(", ")} (default: both)
  --operations LIST       ${OPERATIONS.join(", ")} (default: all)
  --repeat N              measure each so many times; the median counts (default: 1)
  --large                 measure a Participant each beyond 1,000 members too
  --write                 write docs/performance.md and docs/performance.svg
  --from FILE             report on the figures in a file instead of measuring`;

/** What was asked is not understood. */
export class UsageError extends Error {}

export function optionsOf(argv: readonly string[]): Options {
  const values = parsed(argv);
  return {
    members: unique(list("members", values.members ?? "50,500,1000,10000", whole(1, 1_000_000))),
    latenciesMs: unique(list("latency", values.latency ?? "0,100", whole(0, 60_000))),
    kinds: unique(list("kinds", values.kinds ?? STACK_KINDS.join(), oneOf(STACK_KINDS))),
    operations: unique(list("operations", values.operations ?? OPERATIONS.join(), oneOf(OPERATIONS))),
    repeat: whole(1, 100)("repeat", values.repeat ?? "1"),
    large: values.large ?? false,
    write: values.write ?? false,
    from: values.from,
  };
}

function parsed(argv: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = {
    ...{ members: text, latency: text, kinds: text, operations: text, repeat: text, from: text },
    ...{ large: flag, write: flag },
  };
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

type Reader<Value> = (name: string, text: string) => Value;

function list<Value>(name: string, text: string, read: Reader<Value>): Value[] {
  return text.split(",").map((part) => read(name, part.trim()));
}

function whole(least: number, most: number): Reader<number> {
  return (name, text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new UsageError(`--${name} takes whole numbers from ${least} to ${most}, not "${text}"`);
  };
}

function oneOf<Name extends string>(names: readonly Name[]): Reader<Name> {
  return (option, text) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    throw new UsageError(`--${option} takes ${names.join(", ")}, not "${text}"`);
  };
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
