import type { Fault } from "../../../simulator";

const status = (code: number, rest: Partial<Fault> = {}): Fault => ({
  kind: "status",
  status: code,
  ...rest,
});

/** Ways in which the answer to a create is lost after it was done. */
export const LOST: Fault[] = [
  { kind: "reset", when: "after" },
  { kind: "truncate" },
  { kind: "hang", when: "after" },
  ...[500, 502, 503, 504].map((code) => status(code, { when: "after" })),
].map((fault) => ({ ...fault, method: "POST" }) as Fault);

/** Half of what fails is throttled, the other half ill; half of that was done all the same. */
export const ILL: Fault[] = [
  ...Array.from({ length: 8 }, (_, index) => status(429, index % 2 === 0 ? { retryAfterSeconds: 1 } : {})),
  ...[500, 502, 503, 504].flatMap((code) => [status(code), status(code, { when: "after" })]),
];

/** The faults with equal parts in a share of all requests. Each sees only what the ones before it let through. */
export function spread(share: number, faults: readonly Fault[], randomSeed: number): Fault[] {
  const part = share / faults.length;
  return faults.map((fault, index) => ({
    ...fault,
    probability: part / (1 - index * part),
    randomSeed: randomSeed * 1_000 + index,
  }));
}
