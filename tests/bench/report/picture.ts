import { grouped } from "../requests";
import { matching, type Result } from "../result";
import { KIND_NAMES, OPERATION_NAMES, type Operation } from "../setting";
import { pointsOf } from "./claim";
import { type LogScale, logScale } from "./scale";

const SHOWN: readonly Operation[] = ["up", "preview-refresh"];
const PANEL = { width: 430, height: 300, left: 64, right: 18, top: 40, bottom: 44 };
const LEGEND_HEIGHT = 40;

/** Told apart by shape too, for whoever does not see the colours. */
const SERIES = [
  { kind: "roster", name: KIND_NAMES.roster, className: "a" },
  { kind: "participants", name: KIND_NAMES.participants, className: "b" },
] as const;
type Series = (typeof SERIES)[number];

/** Plain rules, since not everything that draws an SVG knows the variables of CSS. */
const STYLE = `
  svg { font: 13px system-ui, sans-serif; }
  .title { font-weight: 600; }
  .empty { stroke-dasharray: 5 4; }
  .a, .b { fill: none; stroke-width: 2; }
${colours({ paper: "#ffffff", ink: "#1f2328", faint: "#d1d9e0", a: "#0550ae", b: "#bc4c00" })}
  @media (prefers-color-scheme: dark) {
${colours({ paper: "#0d1117", ink: "#e6edf3", faint: "#3d444d", a: "#58a6ff", b: "#f0883e" })}
  }
`;

function colours({
  paper,
  ink,
  faint,
  a,
  b,
}: Record<"paper" | "ink" | "faint" | Series["className"], string>) {
  return `  .paper { fill: ${paper}; } text { fill: ${ink}; } .grid { stroke: ${faint}; } .empty { stroke: ${ink}; }
  .a { stroke: ${a}; } .mark.a { fill: ${a}; } .b { stroke: ${b}; } .mark.b { fill: ${b}; }`;
}

interface Panel {
  readonly operation: Operation;
  readonly latencyMs: number;
  readonly lines: readonly { readonly series: Series; readonly points: readonly Point[] }[];
  readonly emptyMs: number | undefined;
}

interface Point {
  readonly members: number;
  readonly ms: number;
}

/** Time over members, both axes logarithmic: a row for each operation shown, a column for each latency. */
export function picture(results: readonly Result[]): string {
  const latencies = [
    ...new Set(
      matching(results, {})
        .filter(isStack)
        .map(({ setting }) => setting.latencyMs),
    ),
  ].sort((one, other) => one - other);
  const panels = SHOWN.map((operation) =>
    latencies.map((latencyMs) => panelOf(results, operation, latencyMs)),
  );
  const rows = panels.filter((row) => row.some(({ lines }) => lines.length > 0));
  const width = Math.max(1, latencies.length) * PANEL.width;
  const height = rows.length * PANEL.height + LEGEND_HEIGHT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    "<title>Time over the number of members, as a Roster and as a Participant each</title>",
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    legend(),
    ...rows.flatMap((row, y) =>
      row.map((panel, x) => group(x * PANEL.width, LEGEND_HEIGHT + y * PANEL.height, drawn(panel))),
    ),
    "</svg>\n",
  ].join("\n");
}

function isStack({ setting: { kind } }: Result): boolean {
  return SERIES.some((series) => series.kind === kind);
}

function panelOf(results: readonly Result[], operation: Operation, latencyMs: number): Panel {
  const lines = SERIES.map((series) => ({
    series,
    points: pointsOf(results, { kind: series.kind, operation, latencyMs }).sort(
      (one, other) => one.members - other.members,
    ),
  })).filter(({ points }) => points.length > 0);
  return {
    operation,
    latencyMs,
    lines,
    emptyMs: matching(results, { kind: "empty", operation })[0]?.medianMs,
  };
}

function drawn({ operation, latencyMs, lines, emptyMs }: Panel): string[] {
  const title = `${OPERATION_NAMES[operation].replaceAll("`", "")}, ${latencyMs} ms latency`;
  const points = lines.flatMap((line) => line.points);
  if (points.length === 0) return [];
  const times = [...points.map(({ ms }) => ms), ...(emptyMs === undefined ? [] : [emptyMs])];
  const right = PANEL.width - PANEL.right;
  const bottom = PANEL.height - PANEL.bottom;
  const x = logScale(
    points.map(({ members }) => members),
    PANEL.left,
    right,
  );
  const y = logScale(times, bottom, PANEL.top);
  return [
    text(PANEL.left, PANEL.top - 14, title, "start", "title"),
    ...x.ticks.flatMap((tick) => [
      line(x.at(tick), PANEL.top, x.at(tick), bottom, "grid"),
      text(x.at(tick), bottom + 18, grouped(tick)),
    ]),
    ...y.ticks.flatMap((tick) => [
      line(PANEL.left, y.at(tick), right, y.at(tick), "grid"),
      text(PANEL.left - 8, y.at(tick) + 4, `${round(tick / 1_000)} s`, "end"),
    ]),
    text((PANEL.left + right) / 2, PANEL.height - 8, "members"),
    ...(emptyMs === undefined ? [] : [line(PANEL.left, y.at(emptyMs), right, y.at(emptyMs), "empty")]),
    ...lines.flatMap((one) => series(one.series, one.points, x, y)),
  ];
}

function series({ className }: Series, points: readonly Point[], x: LogScale, y: LogScale): string[] {
  const places = points.map(({ members, ms }) => ({ x: x.at(members), y: y.at(ms) }));
  const path = places.map((place) => `${round(place.x)},${round(place.y)}`).join(" ");
  return [
    `<polyline class="${className}" points="${path}"/>`,
    ...places.map((place) => mark(className, place)),
  ];
}

function mark(className: Series["className"], { x, y }: { x: number; y: number }): string {
  return className === "a"
    ? `<circle class="mark a" cx="${round(x)}" cy="${round(y)}" r="4"/>`
    : `<rect class="mark b" x="${round(x - 4)}" y="${round(y - 4)}" width="8" height="8"/>`;
}

function legend(): string {
  const y = 24;
  const entries = SERIES.map(({ name, className }, at) => {
    const x = PANEL.left + at * 110;
    return `${mark(className, { x, y })}${text(x + 12, y + 4, name, "start")}`;
  });
  const x = PANEL.left + 260;
  return [...entries, line(x, y, x + 24, y, "empty"), text(x + 30, y + 4, KIND_NAMES.empty, "start")].join(
    "",
  );
}

function group(x: number, y: number, parts: readonly string[]): string {
  return `<g transform="translate(${x} ${y})">${parts.join("\n")}</g>`;
}

function line(x1: number, y1: number, x2: number, y2: number, className: string): string {
  return `<line class="${className}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

function text(x: number, y: number, content: string, anchor = "middle", className?: string): string {
  const named = className === undefined ? "" : ` class="${className}"`;
  return `<text${named} x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${content}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
