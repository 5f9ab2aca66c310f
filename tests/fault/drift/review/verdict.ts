import { AS_BEFORE, LATER } from "../../../../provider/cli/drift/value";
import { type Json, sameJson } from "../../../../provider/core/json";
import type { JsonReport, Seen } from "./bed";
import type { Cell } from "./cell";
import type { Store } from "./store";
import { type TrueRow, trueRows, trueStrangers } from "./truth-rows";

/** What a report says against what is true, of one table. */
export interface Verdict {
  readonly cells: number;
  readonly rows: number;
  /** Told and not so; and so, and not told. */
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
}

type Told = JsonReport["rows"][number];

export function verdictOf(cells: readonly Cell[], seen: Seen, report: JsonReport): Verdict {
  const renamed = Object.assign({}, ...cells.map((cell) => cell.renamed ?? {})) as Record<string, string>;
  const evidence = { ...seen, renamed };
  const expected = [...trueRows(evidence), ...trueStrangers(evidence)];
  const left = [...report.rows];
  const missed: string[] = [];
  for (const row of expected) {
    const at = left.findIndex((told) => isTold(row, told, seen.first, seen.found));
    if (at === -1) missed.push(describe(cells, row));
    else left.splice(at, 1);
  }
  const wrong = left.map((told) => describe(cells, told));
  return { cells: cells.length, rows: expected.length, wrong, missed };
}

function isTold(row: TrueRow, told: Told, first: Store, found: Store): boolean {
  const isSame =
    row.class === told["class"] &&
    row.resource === told["resource"] &&
    row.field === told["field"] &&
    row.replaced === told["replaced"] &&
    row.released === told["released"] &&
    (row.sid ?? undefined) === told["sid"];
  if (!isSame) return false;
  return (["was", "is", "willBe"] as const).every((time) => isTrue(row[time], told[time], first, found));
}

/** What a preview cannot know, it may say that it does not; and what a setting was before is a secret of the state's. */
function isTrue(truth: Json | undefined, told: Json | undefined, first: Store, found: Store): boolean {
  if (told === LATER)
    return typeof truth === "string" && /^[A-Z]{2}[0-9a-f]{32}$/.test(truth) && !found.has(truth);
  // A timer of nothing is none.
  if (told === AS_BEFORE && truth === "PT0S") return true;
  if (told === AS_BEFORE) return [...first.values()].some((live) => holds(live, truth));
  if (typeof truth === "string" && truth.startsWith("(secret)")) return told === "(secret)";
  return sameJson(truth ?? null, told ?? null);
}

function holds(live: Json | undefined, value: Json | undefined): boolean {
  if (sameJson(live ?? null, value ?? null)) return true;
  return typeof live === "object" && live !== null && Object.values(live).some((each) => holds(each, value));
}

function describe(cells: readonly Cell[], row: TrueRow | Told): string {
  const cell = cells.find(({ world }) => JSON.stringify(row.resource).includes(world.label));
  return `${cell?.title}: ${JSON.stringify(row)}`;
}
