import type { Figures, Machine } from "../figures";
import { inFlight } from "../floor";
import { growthExponent, lastExponent } from "../growth";
import { grouped, summary } from "../requests";
import { matching, type Result, resultsOf } from "../result";
import {
  KIND_NAMES,
  OPERATION_NAMES,
  OPERATIONS,
  type Operation,
  type Setting,
  STACK_KINDS,
  TWILIO_WRITES_PER_SECOND,
} from "../setting";
import { pointsOf, type Verdict, verdictsOn } from "./claim";
import { comparisonTable } from "./comparison";
import { requestTable, sizeTable } from "./size-tables";
import { table } from "./table";
import { duration, megabytes, multiple, spread } from "./unit";

/** All that a run has found, as Markdown. Whoever reads it sees the picture only where it is written beside it. */
export function report(figures: Figures, picture?: string): string {
  const results = resultsOf(figures);
  const sections = [
    conditions(figures),
    picture === undefined ? "" : `![Time over members, log-log](${picture})`,
    section("What is promised", verdictTable(verdictsOn(results))),
    ...OPERATIONS.map((operation) => section(OPERATION_NAMES[operation], operationTable(results, operation))),
    section("Growth", growthTable(results)),
    section("State and memory", sizeTable(results)),
    section("Requests", requestTable(results)),
    section("Compared", comparisonTable(results)),
    section("Left out", figures.notes.map((note) => `- ${note}`).join("\n")),
  ];
  return sections.filter((text) => text !== "").join("\n\n");
}

function section(head: string, body: string): string {
  return body === "" ? "" : `### ${head}\n\n${body}`;
}

function conditions({ measuredOn, machine, repeat }: Figures): string {
  const how = repeat === 1 ? "each measured once" : `the median of ${repeat}, with the spread behind it`;
  return `Measured on ${measuredOn}, ${how}: ${machineText(machine)}.\n\n${floorText(machine.cores)}`;
}

function machineText(machine: Machine): string {
  const memory = `${grouped(machine.memoryBytes / 2 ** 30)} GiB of memory`;
  return [
    `pulumi-twilio-conversations ${machine.package}`,
    `${machine.cores} cores`,
    memory,
    machine.system,
    `Node ${machine.node}`,
    `Pulumi ${machine.pulumi}`,
    `a load of ${machine.loadBefore.toFixed(1)} before`,
  ].join(", ");
}

/** What the multiples in the tables are multiples of. */
export function floorText(cores: number): string {
  const setting = { members: 0, latencyMs: 0, writesPerSecond: 0, checkpoints: true };
  const [roster, participants] = STACK_KINDS.map((kind) => inFlight({ ...setting, kind }, cores));
  return (
    `The floor is latency × requests ÷ requests in flight (${roster}; ${participants} for ${KIND_NAMES.participants}, ` +
    `since the engine works on 4 × ${cores} resources at a time), or, where Twilio's limit counts, the members of one ` +
    `conversation ÷ ${TWILIO_WRITES_PER_SECOND} a second. "–" is where an empty program alone takes longer.`
  );
}

export function verdictTable(verdicts: readonly Verdict[]): string {
  return table(
    ["claim", "at most", "measured", ""],
    verdicts.map(({ claim, limit, measured, verdict }) => [claim, limit, measured, verdict]),
  );
}

/** A row for each size and latency, both kinds side by side. */
function operationTable(results: readonly Result[], operation: Operation): string {
  const rows = rowsOf(matching(results, { operation })).map(({ latencyMs, members }) => [
    `${latencyMs} ms`,
    grouped(members),
    ...STACK_KINDS.flatMap((kind) => cells(matching(results, { operation, kind, latencyMs, members })[0])),
  ]);
  if (rows.length === 0) return "";
  const [empty] = matching(results, { operation, kind: "empty" });
  const heads = STACK_KINDS.flatMap((kind) => [KIND_NAMES[kind], "× empty", "× floor", "requests"]);
  const before = empty === undefined ? "" : `An empty program takes ${spread(empty)}.\n\n`;
  return before + table(["latency", "members", ...heads], rows);
}

function cells(result: Result | undefined): string[] {
  if (result === undefined) return ["–", "–", "–", "–"];
  const { timesEmpty, timesFloor, requests } = result;
  return [spread(result), multiple(timesEmpty), multiple(timesFloor), summary(requests)];
}

function rowsOf(results: readonly Result[]): Pick<Setting, "latencyMs" | "members">[] {
  const settings = results
    .map(({ setting }) => setting)
    .filter(({ kind }) => kind === "roster" || kind === "participants")
    .sort((one, other) => one.latencyMs - other.latencyMs || one.members - other.members);
  return settings.filter(
    ({ latencyMs, members }, at) =>
      settings.findIndex((one) => one.latencyMs === latencyMs && one.members === members) === at,
  );
}

function growthTable(results: readonly Result[]): string {
  const latencies = [...new Set(rowsOf(results).map(({ latencyMs }) => latencyMs))];
  const rows = OPERATIONS.flatMap((operation) =>
    latencies.map((latencyMs) => [
      OPERATION_NAMES[operation],
      `${latencyMs} ms`,
      ...STACK_KINDS.flatMap((kind) => {
        const points = pointsOf(results, { kind, operation, latencyMs });
        return [exponent(growthExponent(points)), exponent(lastExponent(points))];
      }),
    ]),
  ).filter((cells) => cells.slice(2).some((cell) => cell !== "–"));
  if (rows.length === 0) return "";
  const heads = STACK_KINDS.flatMap((kind) => [KIND_NAMES[kind], "last step"]);
  return (
    "The exponent k of time ~ membersᵏ: by least squares over all sizes, and from the last but one to the last.\n\n" +
    table(["operation", "latency", ...heads], rows)
  );
}

function exponent(value: number | undefined): string {
  return value === undefined ? "–" : value.toFixed(2);
}

/** One line for whoever waits. */
export function progress(result: Omit<Result, "setting" | "operation" | "medianMs">, wallMs: number): string {
  const { timesEmpty, timesFloor, requests, providerPeakBytes } = result;
  return [
    duration(wallMs),
    `${multiple(timesEmpty)} empty`,
    `${multiple(timesFloor)} floor`,
    `requests: ${summary(requests)}`,
    megabytes(providerPeakBytes),
  ].join(", ");
}
