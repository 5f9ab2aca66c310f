/** Where values of a logarithmic axis stand. */
export interface LogScale {
  /** The position of a value. */
  at(value: number): number;
  /** Whole powers of ten within it; where there are fewer than two, 2 and 5 times these too. */
  readonly ticks: readonly number[];
}

/** From the least value to the most, with some room around them. */
export function logScale(values: readonly number[], from: number, to: number): LogScale {
  const low = Math.min(...values) / ROOM;
  const high = Math.max(...values) * ROOM;
  const at = (value: number) => from + ((to - from) * Math.log(value / low)) / Math.log(high / low);
  const within = (value: number) => value >= low && value <= high;
  const powers = tens(low, high).filter(within);
  const ticks =
    powers.length >= 2
      ? powers
      : tens(low, high)
          .flatMap((power) => [power, 2 * power, 5 * power])
          .filter(within);
  return { at, ticks };
}

const ROOM = 1.3;

function tens(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  return Array.from({ length: last - first + 1 }, (_, at) => 10 ** (first + at));
}
