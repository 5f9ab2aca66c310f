/** Where values of a logarithmic axis stand. */
export interface LogScale {
  /** The position of a value. */
  at(value: number): number;
  /** Powers of ten; where there are fewer than two, 2 and 5 times these too, or else the values' own ends. */
  readonly ticks: readonly number[];
}

/** How far the axis goes beyond its values, as a factor. */
const ROOM = 1.3;

export function logScale(values: readonly number[], from: number, to: number): LogScale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const [low, high] = [least / ROOM, most * ROOM];
  const within = (value: number) => value >= low && value <= high;
  const tens = powersOfTen(low, high);
  const finer = tens.flatMap((power) => [power, 2 * power, 5 * power]);
  const choices = [tens, finer].map((ticks) => ticks.filter(within));
  return {
    at: (value) => from + ((to - from) * Math.log(value / low)) / Math.log(high / low),
    ticks: choices.find((ticks) => ticks.length >= 2) ?? [...new Set([least, most])],
  };
}

function powersOfTen(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  return Array.from({ length: last - first + 1 }, (_, at) => 10 ** (first + at));
}
