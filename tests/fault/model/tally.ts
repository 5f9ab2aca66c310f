/** How often each thing happened, for the report. */
export const tally: Record<string, number> = {};

export function count(what: string): void {
  tally[what] = (tally[what] ?? 0) + 1;
}
