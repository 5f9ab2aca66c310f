import { grouped } from "../requests";
import type { Result } from "../result";

/** `850 ms`, `2.41 s`, `104 s` */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1_000;
  return `${seconds < 100 ? seconds.toFixed(seconds < 10 ? 2 : 1) : grouped(seconds)} s`;
}

/** `1.04 ×`, `23 ×` */
export function multiple(value: number | undefined): string {
  return value === undefined ? "–" : `${value < 10 ? value.toFixed(2) : grouped(value)} ×`;
}

export function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? "–" : `${grouped(bytes / 1_000_000)} MB`;
}

/** The median, with the spread behind it where there was more than one. */
export function spread({ medianMs, leastMs, mostMs }: Result): string {
  const median = duration(medianMs);
  return leastMs === mostMs ? median : `${median} (${duration(leastMs)} to ${duration(mostMs)})`;
}
