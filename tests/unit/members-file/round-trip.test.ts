import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { MembersFileError } from "../../../provider";
import { parseAttributes } from "../../../provider/core/attributes";
import { invisibleIn } from "../../../provider/core/definition/invisible-characters";
import { keyProblem, uncarriedIn } from "../../../provider/core/engine-transport";
import { isObject, type Json, type JsonObject, parseJson } from "../../../provider/core/json";
import { AGENT, membersOf, options, problemsOf, SUPERVISOR } from "./member-file";

const CANARY = "CANARY";

/** Texts with all that means something in CSV or JSON, in UTF-8. */
const text = fc
  .array(
    fc.oneof(fc.string({ unit: "grapheme", maxLength: 6 }), fc.constantFrom(...',;\t"\r\n {}[]:\\\uFEFF')),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(""))
  .filter((joined) => joined !== "" && joined.length <= 256 && !/^\s*="|E\+\d/.test(joined));
/** As the engine carries it: uncarried-members.test.ts has the others. */
const key = text.filter((name) => keyProblem(name) === undefined);
const json = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json)
  .filter((value) => uncarriedIn(value) === undefined);
/** What nobody sees is refused, as addresses.test.ts has it. */
const identity = text.filter((name) => invisibleIn(name) === undefined);
const number = fc.integer({ min: 2_000_000_000, max: 9_999_999_999 }).map((digits) => `+1${digits}`);
/** Of the other channels, what stands behind the prefix is theirs. */
const opaque = text.filter(
  (rest) => rest.length < 240 && /^\S/.test(rest) && invisibleIn(rest) === undefined,
);
const pair = fc
  .tuple(fc.constantFrom("messenger:", "rcs:", "gbm:"), opaque, opaque)
  .map(([prefix, address, proxyAddress]) => ({
    address: prefix + address,
    proxyAddress: prefix + proxyAddress,
  }));
const who = fc.oneof(
  identity.map((identity) => ({ identity })),
  fc
    .oneof(pair, fc.record({ address: number, proxyAddress: number }))
    .filter(({ address, proxyAddress }) => address !== proxyAddress)
    .map((messagingBinding) => ({ messagingBinding })),
  number.map((projectedAddress) => ({ messagingBinding: { projectedAddress }, groupMms: true })),
);
const attributes = fc.oneof(
  fc.constant(undefined),
  json.filter((value) => value !== null).map((value) => parseAttributes(JSON.stringify(value)) as Json),
  fc.dictionary(key, text, { maxKeys: 3 }),
);
const member = fc
  .record({ who, attributes, roleSid: fc.constantFrom(undefined, AGENT, SUPERVISOR) })
  .map(({ who: named, ...others }): JsonObject => JSON.parse(JSON.stringify({ ...named, ...others })));
const members = fc
  .uniqueArray(fc.tuple(key, member), {
    maxLength: 5,
    comparator: (one, other) => one[0] === other[0] || nameOf(one[1]) === nameOf(other[1]),
  })
  .map((entries) => Object.fromEntries(entries));

function nameOf({ identity, messagingBinding }: JsonObject): string {
  return JSON.stringify(identity ?? messagingBinding);
}

/** How a CSV file is written that says a thing. */
const style = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t"),
  end: fc.constantFrom("\n", "\r\n", "\r"),
  mark: fc.constantFrom("", "\uFEFF"),
  blank: fc.boolean(),
  last: fc.boolean(),
  quoted: fc.boolean(),
  byName: fc.boolean(),
  oneColumnEach: fc.boolean(),
  order: fc.infiniteStream(fc.double({ noNaN: true })).map((stream) => stream),
});
type Style = typeof style extends fc.Arbitrary<infer Value> ? Value : never;

/** The rows of members, the header first, each as the cells by their columns. */
function rowsOf(
  declared: Record<string, JsonObject>,
  { byName, oneColumnEach }: Style,
): Map<string, string>[] {
  return Object.entries(declared).map(
    ([label, { identity, messagingBinding, groupMms, roleSid, attributes }]) => {
      const binding = isObject(messagingBinding) ? messagingBinding : {};
      const role = roleSid === AGENT ? "agent" : "supervisor";
      const cells: [string, Json | undefined][] = [
        ["label", label],
        ["identity", identity],
        ...Object.entries(binding),
        ["groupMms", groupMms === undefined ? undefined : String(groupMms)],
        byName && roleSid !== undefined ? ["role", role] : ["roleSid", roleSid],
        ...attributeCells(attributes, oneColumnEach),
      ];
      return new Map(cells.filter((cell): cell is [string, string] => cell[1] !== undefined));
    },
  );
}

function attributeCells(
  attributes: Json | undefined,
  oneColumnEach: boolean,
): [string, string | undefined][] {
  const entries = isObject(attributes) ? Object.entries(attributes) : [];
  const isSimple = ([key, value]: [string, Json | undefined]) =>
    typeof value === "string" && value !== "" && key !== "" && key.trim() === key;
  if (oneColumnEach && entries.length > 0 && entries.every(isSimple))
    return entries.map(([key, value]) => [`attributes.${key}`, String(value)]);
  const written = typeof attributes === "string" ? attributes : JSON.stringify(attributes);
  return [["attributes", attributes === undefined ? undefined : written]];
}

/** The text of a CSV file, and the line in which each row begins. */
function csvOf(declared: Record<string, JsonObject>, how: Style): { content: string; lines: number[] } {
  const rows = rowsOf(declared, how);
  const columns = [...new Set(["label", "identity", ...rows.flatMap((row) => [...row.keys()])])];
  const places = columns.map((name) => ({ name, key: how.order.next().value ?? 0 }));
  const names = places.sort((one, other) => one.key - other.key).map(({ name }) => name);
  const spelled = (cell: string) =>
    how.quoted || /^\s|\s$|[",;\t\r\n\uFEFF]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const written = [names, ...rows.map((row) => names.map((name) => row.get(name) ?? ""))].map((cells) =>
    cells.map(spelled).join(how.delimiter),
  );
  const lines: number[] = [];
  let content = how.mark;
  for (const [at, row] of written.entries()) {
    lines.push(content.split(/\r\n|\n|\r/).length);
    content +=
      row + (at < rows.length || how.last ? how.end : "") + (how.blank && at < rows.length ? how.end : "");
  }
  return { content, lines: lines.slice(1) };
}

describe("members written to a file", () => {
  it("are read from CSV as they were", () =>
    fc.assert(
      fc.property(members, style, (declared, how) => {
        deepEqual(membersOf(".csv", csvOf(declared, how).content), declared);
      }),
      { numRuns: 300 },
    ));

  it("are read from JSON as they were, in an object or an array", () =>
    fc.assert(
      fc.property(members, fc.nat({ max: 3 }), (declared, indent) => {
        const list = Object.entries(declared).map(([label, fields]) => ({ label, ...fields }));
        for (const value of [declared, list])
          deepEqual(membersOf(".json", JSON.stringify(value, null, indent)), declared);
      }),
    ));

  it("have the line of a wrong one told, in CSV and JSON", () =>
    fc.assert(
      fc.property(members, style, fc.nat(), (declared, how, random) => {
        fc.pre(Object.keys(declared).length > 0);
        const at = random % Object.keys(declared).length;
        const entries = Object.entries(declared).map(([label, fields], index): [string, JsonObject] => [
          label,
          index === at ? { ...fields, roleSid: CANARY } : fields,
        ]);
        const wrong = Object.fromEntries(entries);
        const { content, lines } = csvOf(wrong, { ...how, byName: false });
        deepEqual(
          problemsOf(".csv", content).map((told) => told.split(": ").slice(0, 2)),
          [[String(lines[at]), "roleSid"]],
        );
        const document = JSON.stringify(wrong, null, 1);
        const line = document.slice(0, document.indexOf(CANARY)).split("\n").length;
        deepEqual(
          problemsOf(".json", document).map((told) => Number.parseInt(told, 10)),
          [line],
        );
      }),
    ));
});

/** A file in which something was lost, doubled or put in. */
const spoilt = fc.record({
  start: fc.nat(),
  length: fc.nat({ max: 12 }),
  put: fc.oneof(fc.constant(""), text),
});
type Spoilt = typeof spoilt extends fc.Arbitrary<infer Value> ? Value : never;

function spoil(content: string, { start, length, put }: Spoilt): string {
  const at = start % (content.length + 1);
  return content.slice(0, at) + put + content.slice(at + length);
}

function attempt(ending: ".csv" | ".json", content: string): MembersFileError | undefined {
  try {
    membersOf(ending, content, options);
    return undefined;
  } catch (error) {
    ok(error instanceof MembersFileError, String(error));
    return error;
  }
}

describe("members in a spoilt file", () => {
  const secret = fc.constant({ note: CANARY });
  const holders = members.chain((declared) =>
    secret.map((attributes) =>
      Object.fromEntries(
        Object.entries(declared).map(([label, fields]) => [label, { ...fields, attributes }]),
      ),
    ),
  );

  it("are read, or refused with an error of the family that says nothing of attributes, with lines that exist", () =>
    fc.assert(
      fc.property(holders, style, spoilt, fc.boolean(), (declared, how, damage, isCsv) => {
        const whole = isCsv ? csvOf(declared, how).content : JSON.stringify(declared, null, 1);
        const content = spoil(whole, damage);
        const error = attempt(isCsv ? ".csv" : ".json", content);
        const count = content.split(/\r\n|\n|\r/).length;
        for (const { line } of error?.problems ?? []) ok(line !== undefined && line >= 1 && line <= count);
        if (!damage.put.includes(CANARY))
          equal(error?.message.includes(CANARY) ?? false, false, error?.message);
      }),
      { numRuns: 300 },
    ));

  it("are told for no JSON exactly where JSON.parse finds none", () =>
    fc.assert(
      fc.property(members, spoilt, fc.nat({ max: 2 }), (declared, damage, indent) => {
        const content = spoil(JSON.stringify(declared, null, indent), damage);
        const isTold = attempt(".json", content)?.problems.some(({ text: told }) =>
          told.startsWith("is not valid JSON"),
        );
        const parsed = parseJson(content.replace(/^\uFEFF/, ""));
        equal(isTold ?? false, "problem" in parsed && parsed.problem === "syntax");
      }),
      { numRuns: 300 },
    ));
});
