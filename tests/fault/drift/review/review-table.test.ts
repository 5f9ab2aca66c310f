import { deepEqual, equal } from "node:assert/strict";
import { startSimulator } from "../../../../simulator";
import { isSoak, measured, sized } from "../../../support/soak";
import { type JsonReport, ReviewBed, type Seen } from "./bed";
import type { Cell } from "./cell";
import { conversationCells } from "./conversation-cells";
import { rosterCells } from "./roster-cells";
import { assertFormatsTell } from "./told-formats";
import type { Managed } from "./truth";
import { verdictOf } from "./verdict";
import { Worlds } from "./worlds";

/** What was found false by hand. */
const SHORT =
  /^(Participant: (alias|get|retained|renamed|becomes|drift|adopted).*|Lent user: deleted|.*labels.*|.*moves.*|.*boss|.*empty.*|.*by its name.*|.*strangers)$/;
const FORMATS = sized({ short: ["json"], full: ["json", "table", "markdown", "html"] });
const LONGEST_MS = 7_200_000;

const chosen = new RegExp(process.env["CELLS"] ?? (isSoak ? "" : SHORT));

async function allCells(worlds: Worlds): Promise<Cell[]> {
  const isChosen = (title: string) => chosen.test(title);
  return [
    ...(await worlds.cells(isChosen)),
    ...(await rosterCells(worlds, isChosen)),
    ...(await conversationCells(worlds, isChosen)),
  ];
}

/** Roles that are there and that a row shows by its SID. */
function unnamedRoles({ rows, roles }: JsonReport, { found }: Seen): unknown[] {
  const shown = rows
    .filter(({ field }) => /roleSid$/i.test(String(field)))
    .flatMap(({ was, is, willBe }) => [was, is, willBe]);
  return shown.filter((sid) => typeof sid === "string" && found.has(sid) && !(sid in roles));
}

/** The state keeps a message that is gone. */
function isKeptThoughGone({ outputs }: Managed): boolean {
  return outputs["missing"] === true;
}

describe("The review of drift, against what a real up does", () => {
  it("tells every difference, and no other", async () => {
    const simulator = await startSimulator();
    const worlds = new Worlds(simulator);
    const cells = await allCells(worlds);
    const bed = await ReviewBed.create(simulator, worlds, cells);
    try {
      const seen = await bed.see(FORMATS);
      const report = JSON.parse(seen.reports["json"]?.stdout ?? "") as JsonReport;
      const { wrong, missed, rows } = verdictOf(cells, seen, report);
      deepEqual({ wrong, missed }, { wrong: [], missed: [] });
      deepEqual(unnamedRoles(report, seen), []);
      const counted = Object.values(report.counts).reduce((sum, count) => sum + count, 0);
      equal(counted, report.rows.length);
      assertFormatsTell(seen, report);
      // Then all is as the program says, but for whom nobody declares, and for messages, which nobody is sent twice.
      const left = JSON.parse(seen.settled.stdout) as JsonReport;
      const unlike = left.rows.filter((row) => row["class"] !== "undeclared-member");
      const gone = seen.after.filter(isKeptThoughGone).map(({ resource }) => `deleted-outside ${resource}`);
      deepEqual(unlike.map((row) => `${row["class"]} ${row["resource"]}`).sort(), gone.sort());
      const times = Object.entries(seen.seconds).map(([what, seconds]) => `${what} ${seconds} s`);
      measured(
        "review of drift, truth table",
        `${cells.length} cells, ${rows} rows: 0 false, 0 missed; ${times.join(", ")}`,
      );
    } finally {
      bed.remove();
      await simulator.close();
    }
  }).timeout(LONGEST_MS);
});
