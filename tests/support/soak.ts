import { appendFileSync } from "node:fs";

/**
 * Heavy tests have two forms: a short one in `npm test`, always the same, and a full one in `npm run soak`, with
 * another seed each time.
 */
export const isSoak = process.env["SOAK_SEED"] !== undefined;

/** Where every random choice of a test starts (`seededRandom` of the simulator, or the seed of fast-check). */
export const seed = Number(process.env["SOAK_SEED"] ?? 1);

export function sized<Size>({ short, full }: { short: Size; full: Size }): Size {
  return isSoak ? full : short;
}

/** Notes a claim and its figure for the table that ends a soak. It does not count if a test of its file fails. */
export function measured(claim: string, figure: string): void {
  const file = process.env["SOAK_FIGURES"];
  const by = process.env["SOAK_FILE"];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ claim, figure, by })}\n`);
}
