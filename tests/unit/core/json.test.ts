import { deepEqual, equal, notEqual } from "node:assert/strict";
import fc from "fast-check";
import { attributesText, parseAttributes } from "../../../provider/core/attributes";
import { type Json, parseJson, sameJson, sameSet, toPlain, withoutNulls } from "../../../provider/core/json";
import { respelled, sortedText } from "./json-spelling";

const anyJson = fc.jsonValue() as fc.Arbitrary<Json>;

describe("engine: JSON text", () => {
  const exact = [
    ...["0", "-0", "1", "-1", "0.1", "1.50", "15e-1", "1E3", "1e+3", "0.000", "100", "123456789012345"],
    ...["9007199254740992", "9007199254740994", "1e22", "1.7976931348623157e308", "5e-324"],
  ];
  for (const text of exact) {
    it(`keeps the number ${text}`, () => deepEqual(parseJson(text), { value: Number(text) + 0 }));
  }

  const inexact = [
    ...["9007199254740993", "-9007199254740993", "12345678901234567890", "0.1234567890123456789"],
    ...["1e400", "-1e400", "1e-400", "3.0000000000000001"],
  ];
  for (const text of inexact) {
    it(`refuses the number ${text}, which a double cannot hold`, () => {
      deepEqual(parseJson(text), { problem: "number" });
      deepEqual(parseJson(`{"a":[${text},1],"b":2}`), { problem: "number" });
    });
  }

  /** With the place where it stops being JSON, where JSON.parse of Node 20 and 22 tells it. */
  const wrong = [
    ["", " at character 1"],
    [" ", " at character 2"],
    ["{", undefined],
    ["{a:1}", " at character 2"],
    ["{'a':1}", " at character 2"],
    ["[1,]", ""],
    ['{"a":1,}', " at character 8"],
    ['{"a":1} x', " at character 9"],
    ['{\n  "a": 1\n  "b": 2}', " at character 3 of its line 3"],
    ['{"a": "x JSON at position 7', " at character 28"],
    ["x JSON at position 7", ""],
    ["NaN", ""],
    ["undefined", ""],
    ["01", " at character 2"],
    ["nul", " at character 4"],
    ['"\n"', " at character 2"],
  ] as const;
  for (const [text, where] of wrong) {
    it(`finds no JSON in ${JSON.stringify(text)}${where}`, () => {
      const { where: told, ...parsed } = parseJson(text) as { where: string };
      deepEqual(parsed, { problem: "syntax" });
      if (where !== undefined) equal(told, where);
    });
  }

  it("keeps digits within strings whatever they are", () =>
    deepEqual(parseJson('{"id":"12345678901234567890"}'), { value: { id: "12345678901234567890" } }));
});

describe("engine: equality of JSON values", () => {
  it("takes a value in another order, spacing, escape and number form for the same", () =>
    fc.assert(
      fc.property(anyJson, fc.integer(), (value, seed) => {
        const [one, other] = [
          parseAttributes(respelled(value, seed)),
          parseAttributes(respelled(value, ~seed)),
        ];
        return (
          sameJson(one, other) && sameJson(toPlain(one), toPlain(other)) && sameJson(one, toPlain(other))
        );
      }),
    ));

  it("takes values for different that differ anywhere", () =>
    fc.assert(
      fc.property(anyJson, anyJson, fc.integer(), (left, right, seed) => {
        fc.pre(sortedText(left) !== sortedText(right));
        const [one, other] = [
          parseAttributes(respelled(left, seed)),
          parseAttributes(respelled(right, seed)),
        ];
        return !sameJson(one, other);
      }),
    ));

  const different: [Json, Json][] = [
    [{}, []],
    [{ a: 1 }, { a: "1" }],
    [{ a: null }, {}],
    [
      [1, 2],
      [2, 1],
    ],
    [0, false],
    ["", null],
    [{ a: { b: 1 } }, { a: { b: 1, c: null } }],
  ];
  for (const [left, right] of different) {
    it(`tells ${JSON.stringify(left)} from ${JSON.stringify(right)}`, () => {
      equal(sameJson(left, right), false);
      equal(sameJson(right, left), false);
    });
  }
});

describe("engine: equality of sets", () => {
  const cases: [unknown, unknown, boolean][] = [
    [["a", "b"], ["b", "a"], true],
    [["a", "a", "b"], ["b", "a"], true],
    [[], [], true],
    [["a"], ["a", "b"], false],
    [["a", "b"], ["a", "c"], false],
    [["a"], "a", false],
    [["a"], undefined, false],
    [undefined, undefined, true],
  ];
  for (const [left, right, same] of cases) {
    it(`says ${same} of ${JSON.stringify(left)} and ${JSON.stringify(right)}`, () => {
      equal(sameSet(left, right), same);
      equal(sameSet(right, left), same);
    });
  }
});

describe("engine: attributes", () => {
  it("are parsed once: parsing what was parsed changes nothing", () =>
    fc.assert(
      fc.property(anyJson, fc.integer(), (value, seed) => {
        const parsed = parseAttributes(respelled(value, seed));
        return sameJson(parseAttributes(parsed), parsed);
      }),
    ));

  it("come back from Twilio as the value that was sent", () =>
    fc.assert(
      fc.property(anyJson, fc.integer(), (value, seed) => {
        const stored = parseAttributes(respelled(value, seed)) as Json;
        return sameJson(parseAttributes(attributesText(stored)), stored);
      }),
    ));

  it("are sent as the JSON text of the value that the program wrote", () =>
    fc.assert(
      fc.property(anyJson, fc.integer(), (value, seed) => {
        const sent = attributesText(parseAttributes(respelled(value, seed)) as Json);
        return sortedText(JSON.parse(sent)) === sortedText(value);
      }),
    ));

  const cases: [string, unknown, unknown][] = [
    ["an object", { team: "a" }, { team: "a" }],
    ["text of an object", ' { "team" : "a" } ', { team: "a" }],
    ["text of a list", "[1, 2]", [1, 2]],
    ["text of a number", "1.0", 1],
    ["text of a string, as text, in its plain spelling", '"\\u0068i"', '"hi"'],
    ["text of null", "null", null],
    ["what is no JSON, as it is", "{team", "{team"],
    ["what cannot be kept exactly, as it is", '{"id":12345678901234567890}', '{"id":12345678901234567890}'],
    ["nothing", undefined, undefined],
  ];
  for (const [what, given, kept] of cases) {
    it(`keep ${what}`, () => deepEqual(parseAttributes(given), kept));
  }
});

describe("engine: plain values", () => {
  it("lose undefined, and turn dates and odd numbers into what JSON has for them", () =>
    deepEqual(
      toPlain({
        gone: undefined,
        when: new Date(0),
        odd: Number.NaN,
        list: [undefined, 1],
        deep: { gone: undefined },
      }),
      { when: "1970-01-01T00:00:00.000Z", odd: null, list: [null, 1], deep: {} },
    ));

  it("are undefined for what JSON cannot say", () => {
    equal(toPlain(undefined), undefined);
    equal(
      toPlain(() => 1),
      undefined,
    );
  });

  it("stay as they are when they are plain already", () =>
    fc.assert(fc.property(anyJson, (value) => sortedText(toPlain(value) as Json) === sortedText(value))));

  it("are copies, so that changing one leaves the other alone", () => {
    const original = { a: [1] };
    notEqual(toPlain(original), original);
  });
});

describe("engine: values without nulls", () => {
  const cases: [Json, Json][] = [
    [{ a: null, b: 1 }, { b: 1 }],
    [{ a: { b: null } }, { a: {} }],
    [
      [null, { a: null }],
      [null, {}],
    ],
    [{ a: undefined }, {}],
    [null, null],
    ["", ""],
  ];
  for (const [value, rest] of cases) {
    it(`leave ${JSON.stringify(rest)} of ${JSON.stringify(value)}`, () =>
      deepEqual(withoutNulls(value), rest));
  }
});
