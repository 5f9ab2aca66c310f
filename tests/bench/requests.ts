import type { RequestRecord } from "../../simulator";

const SID = /^[A-Z]{2}[0-9a-f]{32}$/;

/** How many requests of each kind: the method and the path without its version, SIDs as `…`. */
export function countByKind(
  requests: readonly Pick<RequestRecord, "method" | "path">[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, path } of requests) {
    const segments = path.split("/").slice(2);
    const kind = `${method} ${segments.map((segment) => (SID.test(segment) ? "…" : segment)).join("/")}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Of one method alone. */
export function ofMethod(counts: Readonly<Record<string, number>>, method: string): number {
  return total(Object.fromEntries(Object.entries(counts).filter(([kind]) => kind.startsWith(`${method} `))));
}

const METHODS = ["GET", "POST", "DELETE"];

/** `12 GET, 501 POST` */
export function summary(counts: Readonly<Record<string, number>>): string {
  const parts = METHODS.map((method) => ({ method, count: ofMethod(counts, method) }));
  const some = parts.filter(({ count }) => count > 0);
  return some.length === 0
    ? "none"
    : some.map(({ method, count }) => `${grouped(count)} ${method}`).join(", ");
}

/** With a comma at each thousand, the same on every machine. */
export function grouped(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** From the first write of a member to the last. */
export function writingMs(requests: readonly Pick<RequestRecord, "method" | "path" | "atMs">[]): number {
  const moments = requests
    .filter(({ method, path }) => method !== "GET" && path.includes("/Participants"))
    .map(({ atMs }) => atMs);
  const [first, last] = [moments[0], moments.at(-1)];
  return first === undefined || last === undefined ? 0 : last - first;
}
