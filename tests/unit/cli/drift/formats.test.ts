import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { htmlText } from "../../../../provider/cli/drift/report/html/page";
import { jsonText } from "../../../../provider/cli/drift/report/json";
import { markdownText } from "../../../../provider/cli/drift/report/markdown";
import { summaryOf } from "../../../../provider/cli/drift/report/report";
import { CLASSES, type Row, WORDS } from "../../../../provider/cli/drift/report/row";
import { tableText } from "../../../../provider/cli/drift/report/table";
import { HOSTILE, STEERING } from "../../../support/steering";
import { ROWS, reportOf } from "./observed";

/** Markdown as it is shown. */
function decoded(text: string): string {
  return text.replaceAll(/&#(\d+);/g, (_match, code: string) => String.fromCharCode(Number(code)));
}

const plain = (_format: unknown, text: string) => text;

describe("drift report", () => {
  it("sums up in one line, over one stack or several", () => {
    equal(
      summaryOf(reportOf(ROWS)),
      "Stack test: 1 change of a role, 1 program change, 1 drift to revert, 1 drift equal to the program, " +
        "1 deleted outside, 1 undeclared member.",
    );
    equal(summaryOf(reportOf([])), "Stack test: nothing differs in 7 resources.");
    equal(summaryOf(reportOf([], ["a", "b"])), "2 stacks: nothing differs in 14 resources.");
  });

  it("as a table has a section for each class, roles by name, and a column for stacks only if there are several", () => {
    const text = tableText(reportOf(ROWS), plain);
    const titles = CLASSES.map((kind) => text.indexOf(`\n${WORDS[kind].title}\n`));
    ok(titles.every((at, index) => at > (titles[index - 1] ?? 0)));
    match(text, /Participant ann +desk +ann +roleSid +agent +boss +agent\n/);
    match(text, /mallory +not there +there, as boss +there\n/);
    doesNotMatch(text, /stack {2}/);
    match(tableText(reportOf(ROWS, ["a", "b"]), plain), /stack {2,}resource/);
    equal(tableText(reportOf([]), plain), "Stack test: nothing differs in 7 resources.");
  });

  it("as a table steers no terminal and keeps its columns", () => {
    const text = tableText(reportOf(ROWS), plain);
    ok(!text.includes("\u001b") && !text.includes("\u202e"));
    match(text, /\\u001b/);
  });

  it("has nothing that steers a terminal in any format, whatever its texts are", () => {
    const texts = {
      stack: HOSTILE,
      resource: HOSTILE,
      conversation: HOSTILE,
      member: HOSTILE,
      sid: HOSTILE,
      roleSid: HOSTILE,
    };
    const rows = CLASSES.flatMap((kind) =>
      ["", HOSTILE].map((field): Row => {
        const value = field === "" ? true : { [HOSTILE]: [HOSTILE] };
        return { class: kind, ...texts, field, was: value, is: value, willBe: HOSTILE };
      }),
    );
    for (const names of [[HOSTILE], [HOSTILE, "b"]])
      for (const roles of [new Map<string, string>(), new Map([[HOSTILE, HOSTILE]])]) {
        const report = { ...reportOf(rows, names), roles };
        const written = [tableText(report, plain), markdownText(report), jsonText(report), htmlText(report)];
        for (const text of written) doesNotMatch(text, STEERING);
      }
  });

  it("as a table keeps to the width of a terminal, and is whole in a pipe", () => {
    const long = "x".repeat(500);
    const report = reportOf(
      [...ROWS, { ...(ROWS[2] as Row), is: long, member: "😀".repeat(60) }],
      ["a", "b"],
    );
    for (const columns of [60, 80, 100, 132, 240]) {
      const lines = tableText(report, plain, columns).split("\n").slice(0, -1);
      const widest = Math.max(
        ...lines.filter((line) => line.startsWith("  ")).map((line) => [...line].length),
      );
      ok(widest <= columns, `${widest} of ${columns} columns`);
      ok(lines.some((line) => line.includes("…")));
    }
    ok(tableText(report, plain).includes(long));
    ok(!tableText(report, plain).includes("…"));
  });

  it("as a table shows words, and JSON where a word could be taken for another value", () => {
    const row = (is: Row["is"]) => ({ ...(ROWS[1] as Row), is });
    const shown = (is: Row["is"]) => tableText(reportOf([row(is)]), plain);
    for (const [value, text] of [
      ["blue", / a +blue +b/],
      ["true", / a +"true" +b/],
      [true, / a +true +b/],
      ["1", / a +"1" +b/],
      ["", / a +"" +b/],
      [{ a: [1] }, / a +\{"a":\[1\]\} +b/],
    ] as const)
      match(shown(value as Row["is"]), text);
  });

  it("says in each format what is replaced, and what the stack lets go of", () => {
    const all = { field: "", was: true, is: true, willBe: true };
    const row = (more: Partial<Row>): Row => ({ ...(ROWS[1] as Row), ...all, ...more });
    const report = reportOf([
      row({ replaced: true }),
      row({ released: true }),
      row({ replaced: true, released: true }),
    ]);
    const words = ["there, replaced", "there, released", "there, replaced; the old one stays"];
    for (const text of [tableText(report, plain), htmlText(report), decoded(markdownText(report))])
      for (const word of words) ok(text.includes(word), `${word} is not in ${text}`);
    const rows = JSON.parse(jsonText(report)).rows as Row[];
    deepEqual(
      rows.map(({ replaced, released }) => [replaced, released]),
      [
        [true, undefined],
        [undefined, true],
        [true, true],
      ],
    );
  });

  it("as JSON counts every class, keeps values and names the roles", () => {
    const report = JSON.parse(jsonText(reportOf(ROWS)));
    deepEqual(report.stacks, [{ stack: "test", resources: 7 }]);
    deepEqual(report.counts, Object.fromEntries(CLASSES.map((kind) => [kind, 1])));
    deepEqual(report.roles, { RL1: "agent", RL2: "boss" });
    deepEqual(report.rows, JSON.parse(JSON.stringify(ROWS)));
  });

  it("as Markdown says nothing where nothing differs", () => equal(markdownText(reportOf([])), ""));

  it("as Markdown warns of roles, folds the rest, and mentions nobody", () => {
    const text = markdownText(reportOf(ROWS));
    match(text, /^<!-- twilio-conversations drift -->\n\*\*Twilio Conversations\*\* — Stack test/);
    match(text, /\[!WARNING\]/);
    equal(text.match(/<details/g)?.length, 6);
    equal(text.match(/<details open>/g)?.length, 1);
    doesNotMatch(text, /@org|<img|<\/script|`@/);
    ok(!text.includes("\u001b"));
    for (const line of text.split("\n").filter((line) => line.startsWith("| ")))
      equal(line.split("|").length, 9, line);
    doesNotMatch(markdownText(reportOf(ROWS.slice(1))), /WARNING/);
  });

  it("as Markdown stays within a comment, and says what it leaves out", () => {
    const many = Array.from({ length: 2_000 }, (_, at) => ({ ...(ROWS[1] as Row), member: `m${at}` }));
    const text = markdownText(reportOf([...ROWS, ...many]));
    ok(text.length < 65_536, String(text.length));
    match(text, /\n\d+ more: too many for a comment\.\n\n<\/details>/);
    equal(text.match(/<details/g)?.length, text.match(/<\/details>/g)?.length);
  });
});
