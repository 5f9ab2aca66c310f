export interface Point {
  readonly members: number;
  readonly ms: number;
}

/**
 * The exponent k of time ~ membersᵏ that fits best: the slope of least squares of log time over log members.
 * Undefined for fewer than two different numbers of members.
 */
export function growthExponent(points: readonly Point[]): number | undefined {
  const logs = points.map(({ members, ms }) => ({ x: Math.log(members), y: Math.log(ms) }));
  const meanX = mean(logs.map(({ x }) => x));
  const meanY = mean(logs.map(({ y }) => y));
  const spread = sum(logs.map(({ x }) => (x - meanX) ** 2));
  if (points.length < 2 || spread === 0) return undefined;
  return sum(logs.map(({ x, y }) => (x - meanX) * (y - meanY))) / spread;
}

/** The same between the two largest alone, where what every run costs weighs least. */
export function lastExponent(points: readonly Point[]): number | undefined {
  return growthExponent([...points].sort((one, other) => one.members - other.members).slice(-2));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
