import { printableLine } from "../../../../http/redaction/printable";
import type { Report } from "../report";
import { type RowClass, WORDS } from "../row";

/** More dots say no more than a number. */
const MOST_DOTS = 600;

/** A conversation: the members that differ, and the number of those that do not. */
interface Box {
  readonly name: string;
  readonly pills: readonly Pill[];
  readonly same: number;
}

interface Pill {
  readonly name: string;
  /** Its first row, by position in the table. */
  readonly row: number;
  readonly kind: RowClass;
  readonly rows: number;
}

/** Draws every conversation as a box: members that differ by name, the others as dots. */
export function pictureOf(report: Report): string {
  const boxes = boxesOf(report);
  if (boxes.length === 0) return "";
  const label = "Conversations and their members; those that differ lead to their rows";
  return [`<div class="picture" role="group" aria-label="${label}">`, ...boxes.map(draw), "</div>"].join(
    "\n",
  );
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
    // Rows are sorted by importance, so the first one sets the colour.
    own.set(name, known ? { ...known, rows: known.rows + 1 } : { name, row: at, kind: row.class, rows: 1 });
  }
  const seen = stacks.flatMap(({ stack, conversations }) =>
    conversations.map(({ name, members }) => ({ key: boxOf(stack, name), members })),
  );
  const members = new Map(seen.map((conversation) => [conversation.key, conversation.members]));
  const keys = [...new Set([...members.keys(), ...pills.keys()])];
  const places = keys.map((key) => ({
    key,
    place: JSON.parse(key) as [stack: string, conversation: string],
  }));
  places.sort(({ place: one }, { place: other }) => byName(one, other));
  return places.map(({ key, place: [stack, conversation] }) => {
    const own = pills.get(key);
    const name = conversation === "" ? "Not in a conversation" : conversation;
    return {
      name: stacks.length > 1 ? `${name} (stack ${stack})` : name,
      pills: [...(own?.values() ?? [])],
      same: (members.get(key) ?? []).filter((member) => own?.has(member) !== true).length,
    };
  });
}

/** Rows outside conversations come last. */
function byName([stack, name]: [string, string], [otherStack, other]: [string, string]): number {
  if ((name === "") !== (other === "")) return name === "" ? 1 : -1;
  return name.localeCompare(other, "en", { numeric: true }) || stack.localeCompare(otherStack, "en");
}

function draw({ name, pills, same }: Box): string {
  const dots = "<i></i>".repeat(Math.min(same, MOST_DOTS));
  return [
    '<section class="box">',
    `<h3>${escaped(name)}</h3><p class="soft">${pills.length} differ, ${same} the same</p>`,
    ...(pills.length === 0 ? [] : [`<ul>${pills.map(drawPill).join("\n")}</ul>`]),
    ...(dots === "" ? [] : [`<div class="dots" aria-hidden="true">${dots}</div>`]),
    "</section>",
  ].join("\n");
}

function drawPill({ name, row, kind, rows }: Pill): string {
  const label = escaped(
    `${name}: ${WORDS[kind].title.replaceAll("`", "")}${rows > 1 ? `, ${rows} rows` : ""}`,
  );
  const mark = `<span class="mark" aria-hidden="true">${MARKS[kind]}</span>`;
  return `<li><a class="${kind}" href="#row-${row}" aria-label="${label}" title="${label}">${mark} ${escaped(name)}</a></li>`;
}

/** Escapes text for HTML and SVG, in content and quoted attributes. */
export function escaped(text: string): string {
  return printableLine(text).replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A sign for each class, for readers who do not see colours. */
export const MARKS: Readonly<Record<RowClass, string>> = {
  "role-promotion": "▲",
  "program-change": "+",
  "drift-reverted": "≠",
  "drift-kept": "=",
  "deleted-outside": "✕",
  "undeclared-member": "?",
};
