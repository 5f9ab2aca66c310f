import { deepEqual, match } from "node:assert/strict";
import type { Json } from "../../../provider";
import { AGENT, membersOf, problemsOf, SUPERVISOR } from "./member-file";

const json = (value: Json, indent?: number) => membersOf(".json", JSON.stringify(value, null, indent));
const wrongs = (...lines: string[]) => problemsOf(".json", lines.join("\n"));

const OWN_LABEL = "Give the member a label of its own.";
const FIELDS =
  "identity, messagingBinding, attributes, roleSid, dateCreated, dateUpdated, lastReadMessageIndex, lastReadTimestamp, groupMms";
const NO_LIST =
  "is neither an object nor an array. Give an object of members by their labels, or an array of them.";
const invalid = (what: string) => `is not valid JSON: ${what}.`;

const alice = { identity: "alice", attributes: { team: "support", tags: [1, null, "a"] } };
const customer = { messagingBinding: { address: "+14155550123", proxyAddress: "+14155550100" } };

describe("members of a JSON file", () => {
  it("stand in an object by their labels", () =>
    deepEqual(
      json({ a: { ...alice, role: "agent" }, c: customer, b: { identity: "bob", roleSid: SUPERVISOR } }),
      {
        a: { ...alice, roleSid: AGENT },
        c: customer,
        b: { identity: "bob", roleSid: SUPERVISOR },
      },
    ));

  it("or in an array, with a label or the same default as in CSV", () =>
    deepEqual(json([alice, customer, { label: "bob's", identity: "bob" }], 2), {
      alice,
      "+14155550123": customer,
      "bob's": { identity: "bob" },
    }));

  it("have every field of a participant but what is said once for all", () => {
    const full = {
      identity: "alice",
      messagingBinding: { projectedAddress: "+14155550125" },
      attributes: [],
      roleSid: AGENT,
      dateCreated: "2026-01-02T03:04:05Z",
      dateUpdated: "2026-01-02T03:04:05Z",
      lastReadMessageIndex: 7,
      lastReadTimestamp: "2026-01-02T03:04:05Z",
      groupMms: false,
    };
    deepEqual(json({ alice: full }), { alice: full });
    deepEqual(Object.keys(full).sort(), FIELDS.split(", ").sort());
  });

  it("say nothing with null, or with a group of nothing", () =>
    deepEqual(
      json([
        { label: null, identity: "alice", role: null, roleSid: null, attributes: null, messagingBinding: {} },
      ]),
      { alice: { identity: "alice" } },
    ));

  it("have JSON text for attributes as in a program", () =>
    deepEqual(json([{ identity: "alice", attributes: '{"a":1}' }]), {
      alice: { identity: "alice", attributes: { a: 1 } },
    }));

  it("are none in an empty object or array, and can stand behind a byte order mark", () =>
    deepEqual([json({}), json([]), membersOf(".json", "\uFEFF {}\r\n")], [{}, {}, {}]));

  it("keep names that objects have by themselves", () => {
    const text = '{"constructor":{"identity":"b","attributes":{"toString":{"x":1}}}}';
    deepEqual(Object.entries(membersOf(".json", text)), [
      ["constructor", { identity: "b", attributes: { toString: { x: 1 } } }],
    ]);
  });
});

describe("members of a JSON file: what is wrong, by its line", () => {
  const cases: [string, string[], string[]][] = [
    ["nothing at all", [""], [`1: ${invalid("a value is missing, or a comma is too many")}`]],
    ["neither an object nor an array", ["", "", "null"], [`1: ${NO_LIST}`]],
    ["text", ['"alice"'], [`1: ${NO_LIST}`]],
    [
      "a comma too many, and what is wrong before it",
      ["{", '"a": {"identity": ""},', '"b": {"identity": "b",}', "}"],
      [
        "2: a.identity: must not be empty (Twilio error 50204). Give it a value or leave it out.",
        `3: ${invalid("a name in quotation marks is missing, or a comma is too many")}`,
      ],
    ],
    [
      "a comma that is missing, twice",
      ["[", '{"identity": "a"}', '{"identity": "b"},', '{"identity": "c"}', '{"identity": "d"}', "]"],
      [3, 5].map((line) => `${line}: ${invalid("a comma is missing")}`),
    ],
    ["names without quotation marks", ["{", "a: {}}"], [`2: ${invalid("something that is no JSON value")}`]],
    [
      "a name without quotation marks, and nothing that it makes of the rest",
      ["{a: {", "}", "}", ""],
      [`1: ${invalid("something that is no JSON value")}`],
    ],
    ["a comment", ["// us", "[]"], [`1: ${invalid("JSON has no comments")}`]],
    [
      "what is wrong in texts and numbers, once for each line",
      ["[", '"\\x" 1,', '"\\u12",', '"\t",', "1.,", "// x", "2 /* */]"],
      [
        "a backslash stands before a character that needs none",
        "\\u is not followed by four hexadecimal digits",
        "a text holds a control character that is not written as an escape",
        "a number breaks off",
        "JSON has no comments",
        "JSON has no comments",
      ].map((what, at) => `${at + 2}: ${invalid(what)}`),
    ],
    ["a second document", ["[]", "[]"], [`2: ${invalid("there is text after its end")}`]],
    [
      "an end that is missing",
      ["[", '{"identity": "a"},', ""],
      [`3: ${invalid("a value is missing, or a comma is too many")}`],
    ],
    ["a text that is not closed", ["[", '{"identity": "a}', "]"], [`2: ${invalid("a text is not closed")}`]],
    [
      "a bad escape",
      ["[", '{"identity": "\\a"}', "]"],
      [`2: ${invalid("a backslash stands before a character that needs none")}`],
    ],
    [
      "properties of other names, and where members live",
      [
        '{"a": {',
        '"idenity": "a",',
        '"serviceSid": "IS1",',
        '"label": "b",',
        '"identity": "a",',
        '"webhookEnabled": true}}',
      ],
      [
        "2: a.idenity: is not a property of a member. Did you mean identity?",
        ...["serviceSid", "label", "webhookEnabled"].map(
          (name, at) => `${[3, 4, 6][at]}: a.${name}: is not a property of a member. It has role, ${FIELDS}.`,
        ),
      ],
    ],
    [
      "what a preview refuses, where it stands",
      [
        "[{",
        '"identity": 5},',
        "{",
        '"messagingBinding": {',
        '"address": "+14155550123",',
        '"proxyAddress": "+14155550123",',
        '"to": 1}},',
        "{",
        "}]",
      ],
      [
        "2: [0].identity: is a number. Give a string.",
        "6: [1].messagingBinding.proxyAddress: is the same as address (Twilio error 50409). Give the Twilio sender.",
        "7: [1].messagingBinding.to: is not a property of a member. It has address, proxyAddress, projectedAddress.",
        "8: [2]: declares nobody: neither identity nor messagingBinding (Twilio error 50204). Give identity, or messagingBinding with address and proxyAddress.",
      ],
    ],
    [
      "what is missing, where its group begins",
      ["[{", '"messagingBinding":', '{"address": "+14155550123"}}]'],
      [
        "2: [0].messagingBinding.proxyAddress: is missing beside address (Twilio error 50412). Give the Twilio number that the person sees, or groupMms: true for a native group MMS.",
      ],
    ],
    [
      "attributes that lose digits, or are text but no JSON",
      [
        "[{",
        '"identity": "a", "attributes":',
        '{"n": 12345678901234567890}},',
        '{"identity": "b",',
        '"attributes": "x"}]',
      ],
      [
        "2: [0].attributes: holds a number that a double cannot hold exactly (Twilio error 50304). Write that number as a string.",
        "5: [1].attributes: is not valid JSON (Twilio error 50304). Give an object, or text that JSON.parse accepts.",
      ],
    ],
    [
      "labels and roles that are no text or empty",
      ["[", '{"identity": "a", "label": 1, "role": {}},', '{"identity": "b", "label": ""}', "]"],
      [
        "2: [0].label: is no text. Give it in quotation marks.",
        "2: [0].role: is no text. Give it in quotation marks.",
        "3: [1].label: must not be empty. Give the member a name.",
      ],
    ],
    [
      "a role that is none, and one beside its SID",
      [
        '{"a": {"identity": "a",',
        '"role": "agnet"},',
        `"b": {"identity": "b", "roleSid": "${AGENT}",`,
        '"role": "agent"}}',
      ],
      [
        "2: a.role: is none of the roles that the program gives. Did you mean agent?",
        "4: b.role: cannot be combined with roleSid. Give one of the two.",
      ],
    ],
    [
      "members and labels that stand twice",
      ['{"a": {"identity": "x"},', '"b": {', '"identity": "x"},', '"a":', '{"identity": "y"}}'],
      [
        "3: b.identity: is that of the member in line 1 too. Remove one of the two.",
        `4: a.label: is that of the member in line 1 too. ${OWN_LABEL}`,
      ],
    ],
    [
      "names that stand twice in an object",
      ["[{", '"identity": "a",', '"attributes": {"x": [{"y": 1,', '"y": 2}]},', '"identity": "b"}]'],
      [
        "4: [0].attributes.x[0].y: occurs twice in its object. Remove one.",
        "5: [0].identity: occurs twice in its object. Remove one.",
      ],
    ],
    [
      "a name in one line, whatever is in it",
      [`{"${"x".repeat(70)}": 1, "a\\u001b\\nb": 2}`],
      [`${"x".repeat(60)}…`, '"a\\u001b\\nb"'].map(
        (name) => `1: ${name}: is no object. Give a member as {"identity": "alice"}.`,
      ),
    ],
  ];
  for (const [what, lines, problems] of cases) it(what, () => deepEqual(wrongs(...lines), problems));

  it("nesting that no stack holds", () => {
    const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
    for (const text of [deep(100_000), `[{"identity":"a","attributes":${deep(100_000)}}]`])
      deepEqual(wrongs(text), ["1: holds JSON that is nested too deep to be read. Nest it less."]);
    deepEqual(wrongs("[", `{"identity":"a","attributes":`, `${deep(2_500)}}]`), [
      "3: holds JSON that is nested too deep to be read. Nest it less.",
    ]);
    for (const levels of [202, 490, 1_490])
      match(
        wrongs("[", `{"identity":"a","attributes":${deep(levels)}}]`).join("\n"),
        /^2: \[0\]\.attributes[^:]*: is nested deeper than 200 levels\. Nest it less\.$/,
      );
    deepEqual(Object.keys(json([{ identity: "a", attributes: JSON.parse(deep(200)) }])), ["a"]);
  });
});
