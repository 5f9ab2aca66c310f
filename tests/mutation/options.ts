import { parseArgs } from "node:util";

export interface Options {
  /** How long the whole run may take. */
  readonly minutes: number;
  /** Which changes come first. */
  readonly seed: number;
  /** No more changes than that. */
  readonly count: number;
  /** Beginnings of paths; empty for all of provider and simulator. */
  readonly files: readonly string[];
}

export const USAGE = `npm run mutation [-- OPTIONS] [FILES]
  --minutes N   how long it may take, the run of all tests at its start included (default: 60)
  --seed N      which of all changes are made, and in which order (default: random)
  --count N     no more changes than that
  FILES         only what begins with one of these paths, such as provider/core/state`;

export class UsageError extends Error {}

export function optionsOf(argv: readonly string[]): Options {
  const { values, positionals } = parsed(argv);
  return {
    minutes: whole("minutes", values.minutes ?? "60"),
    seed: whole("seed", values.seed ?? String(Math.floor(Math.random() * 2 ** 31))),
    count: values.count === undefined ? Number.POSITIVE_INFINITY : whole("count", values.count),
    files: positionals,
  };
}

function parsed(argv: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    const options = { minutes: text, seed: text, count: text };
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name} ${text} is no whole number.`);
  return Number(text);
}
