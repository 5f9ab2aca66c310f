import type { Report } from "../report";
import { type RowClass, WORDS } from "../row";
import { MARKS } from "./kinds";
import { escaped } from "./markup";

const WIDTH = 960;
const MARGIN = 16;
const PILL = { height: 28, gap: 8, padding: 12, perChar: 8 };
const DOT = { radius: 5, step: 16 };
const LONGEST_NAME = 28;
/** More say nothing that a number does not. */
const MOST_DOTS = 600;

/** A conversation with those of its members that differ, and how many do not. */
interface Box {
  readonly name: string;
  readonly pills: readonly Pill[];
  readonly same: number;
}

interface Pill {
  readonly name: string;
  /** The first of its rows, by its place in the table. */
  readonly row: number;
  readonly kind: RowClass;
  readonly rows: number;
}

/** Every conversation as a box, its members in it: those that differ by name, the others as dots. */
export function pictureOf(report: Report): string {
  const drawn: string[] = [];
  let top = 0;
  for (const box of boxesOf(report)) {
    const { markup, height } = draw(box, top);
    drawn.push(markup);
    top += height + MARGIN;
  }
  if (drawn.length === 0) return "";
  return [
    `<svg viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="group" aria-labelledby="picture-title">`,
    '<title id="picture-title">Conversations and their members; those that differ lead to their rows</title>',
    ...drawn,
    "</svg>",
  ].join("\n");
}

function boxesOf({ stacks, rows }: Report): Box[] {
  const pills = new Map<string, Map<string, Pill>>();
  const boxOf = (stack: string, conversation: string) => JSON.stringify([stack, conversation]);
  for (const [at, row] of rows.entries()) {
    const key = boxOf(row.stack, row.conversation ?? "");
    const own = pills.get(key) ?? new Map<string, Pill>();
    pills.set(key, own);
    const name = row.member ?? row.resource;
    const known = own.get(name);
    // Rows are in the order of what matters, so the first one gives the colour.
    own.set(name, known ? { ...known, rows: known.rows + 1 } : { name, row: at, kind: row.class, rows: 1 });
  }
  const seen = stacks.flatMap(({ stack, conversations }) =>
    conversations.map(({ name, members }) => ({ key: boxOf(stack, name), members })),
  );
  const members = new Map(seen.map((conversation) => [conversation.key, conversation.members]));
  return [...new Set([...members.keys(), ...pills.keys()])].map((key) => {
    const [stack, conversation] = JSON.parse(key) as [string, string];
    const own = pills.get(key);
    const name = conversation === "" ? "Not in a conversation" : conversation;
    return {
      name: stacks.length > 1 ? `${name} (stack ${stack})` : name,
      pills: [...(own?.values() ?? [])],
      same: (members.get(key) ?? []).filter((member) => own?.has(member) !== true).length,
    };
  });
}

function draw({ name, pills, same }: Box, top: number): { markup: string; height: number } {
  let [x, y] = [MARGIN, top + 44];
  const drawn: string[] = [];
  for (const pill of pills) {
    const width = widthOf(pill);
    if (x > MARGIN && x + width > WIDTH - MARGIN) {
      x = MARGIN;
      y += PILL.height + PILL.gap;
    }
    drawn.push(drawPill(pill, x, y, width));
    x += width + PILL.gap;
  }
  if (pills.length > 0) y += PILL.height + PILL.gap;
  const dots = dotsAt(Math.min(same, MOST_DOTS), y);
  const bottom = y + dots.height + 4;
  const facts = `${pills.length} differ, ${same} the same`;
  const markup = [
    "<g>",
    `<rect class="box" x="1" y="${top + 1}" width="${WIDTH - 2}" height="${bottom - top - 2}" rx="10"/>`,
    `<text class="name" x="${MARGIN}" y="${top + 26}">${escaped(cut(name, 60))}</text>`,
    `<text class="soft" x="${WIDTH - MARGIN}" y="${top + 26}" text-anchor="end">${facts}</text>`,
    ...drawn,
    dots.markup,
    "</g>",
  ].join("\n");
  return { markup, height: bottom - top };
}

function drawPill({ name, row, kind, rows }: Pill, x: number, y: number, width: number): string {
  const label = `${name}: ${WORDS[kind].title.replaceAll("`", "")}${rows > 1 ? `, ${rows} rows` : ""}`;
  const middle = y + PILL.height / 2 + 5;
  return [
    `<a class="${kind}" href="#row-${row}" aria-label="${escaped(label)}"><title>${escaped(label)}</title>`,
    `<rect class="pill" x="${x}" y="${y}" width="${width}" height="${PILL.height}" rx="14"/>`,
    `<text class="mark" x="${x + PILL.padding}" y="${middle}">${MARKS[kind]}</text>`,
    `<text x="${x + PILL.padding + 18}" y="${middle}">${escaped(cut(name, LONGEST_NAME))}</text></a>`,
  ].join("");
}

function dotsAt(count: number, y: number): { markup: string; height: number } {
  if (count === 0) return { markup: "", height: 4 };
  const perLine = Math.floor((WIDTH - 2 * MARGIN) / DOT.step);
  const dots = Array.from({ length: count }, (_, at) => {
    const [column, line] = [at % perLine, Math.floor(at / perLine)];
    const [cx, cy] = [MARGIN + DOT.radius + column * DOT.step, y + DOT.radius + line * DOT.step];
    return `<circle cx="${cx}" cy="${cy}" r="${DOT.radius}"/>`;
  });
  const height = Math.ceil(count / perLine) * DOT.step + 4;
  return { markup: `<g class="same" aria-hidden="true">${dots.join("")}</g>`, height };
}

/** Nothing here measures text: a wide guess keeps it inside. */
function widthOf({ name }: Pill): number {
  return 2 * PILL.padding + 18 + [...cut(name, LONGEST_NAME)].length * PILL.perChar;
}

function cut(text: string, longest: number): string {
  const chars = [...text];
  return chars.length <= longest ? text : `${chars.slice(0, longest - 1).join("")}…`;
}
