import { deepEqual, equal, match } from "node:assert/strict";
import type { z } from "zod";
import { attributes, duration, text, timestamp } from "../../../../provider/core/definition/constraint";
import { conversationReference, isSid, looksLikeSid, sid } from "../../../../provider/core/definition/sid";
import { CH, IS, MB, sidOf } from "../../../types/sids";

/** What is wrong with a value: Twilio's code and what is said, or nothing. */
function problems(schema: z.ZodType, value: unknown): { code: unknown; message: string; hint: unknown }[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => {
    const params = issue.code === "custom" ? issue.params : undefined;
    return { code: params?.["twilioCode"], message: issue.message, hint: params?.["hint"] };
  });
}

function codes(schema: z.ZodType, value: unknown): unknown[] {
  return problems(schema, value).map(({ code }) => code);
}

describe("engine: length of a text", () => {
  const schema = text(5, { empty: 50204, long: 50207 });
  const cases: [string, unknown[]][] = [
    ["", [50204]],
    ["1", []],
    ["1234", []],
    ["12345", []],
    ["123456", [50207]],
  ];
  for (const [value, expected] of cases) {
    it(`${expected.length === 0 ? "accepts" : "refuses"} ${value.length} of 5 characters`, () =>
      deepEqual(codes(schema, value), expected));
  }

  it("says how long it is and how long it may be", () =>
    equal(problems(schema, "123456")[0]?.message, "is 6 characters long, the limit is 5"));
});

describe("engine: form of a SID", () => {
  const schema = sid("RL", 50109);
  const good = [sidOf("RL"), `RL${"a".repeat(32)}`, `RL${"ABCDEF0123456789".repeat(2)}`];
  for (const value of good) {
    it(`accepts ${value}`, () => deepEqual(codes(schema, value), []));
  }
  const bad = [
    "",
    "RL",
    sidOf("MB"),
    sidOf("rl"),
    `${sidOf("RL")}0`,
    sidOf("RL").slice(0, -1),
    `RL${"g".repeat(32)}`,
  ];
  for (const value of [...bad, ` ${sidOf("RL")}`, `${sidOf("RL")}\n`]) {
    it(`refuses ${JSON.stringify(value)} with Twilio's code`, () => deepEqual(codes(schema, value), [50109]));
  }

  it("tells one kind of SID from another, and a SID from a name", () => {
    deepEqual([isSid("CH", CH), isSid("CH", MB), isSid("CH", "support")], [true, false, false]);
    deepEqual([looksLikeSid(CH), looksLikeSid(MB), looksLikeSid("support")], [true, true, false]);
  });
});

describe("engine: reference to a conversation", () => {
  const schema = conversationReference();
  for (const value of [CH, "support", "eu/support?", "CH-support", "...", "%2e", "x".repeat(256)]) {
    it(`accepts ${value.slice(0, 40)}`, () => deepEqual(codes(schema, value), []));
  }
  const bad: [string, unknown[]][] = [
    ["", [50351]],
    [MB, [50350]],
    [IS, [50350]],
    [".", [50350]],
    ["..", [50350]],
    ["x".repeat(257), [50004]],
  ];
  for (const [value, expected] of bad) {
    it(`refuses ${JSON.stringify(value.slice(0, 40))} once, with Twilio's code ${expected}`, () =>
      deepEqual(codes(schema, value), expected));
  }
});

describe("engine: date and time", () => {
  const schema = timestamp(50308);
  const good = [
    ...["2016-03-24T21:05:50Z", "2016-03-24T21:05:50.123Z", "2016-03-24T21:05:50+02:00"],
    ...["2016-03-24T21:05:50-0530", "2024-02-29T00:00:00Z"],
  ];
  for (const value of good) {
    it(`accepts ${value}`, () => deepEqual(codes(schema, value), []));
  }
  const bad = [
    ...["", "2016-03-24", "2016-03-24 21:05:50Z", "2016-03-24T21:05:50", "24 March 2016", "1458853550"],
    ...["2016-13-24T21:05:50Z", "2016-03-32T21:05:50Z", "2016-03-24T25:05:50Z"],
  ];
  for (const value of bad) {
    it(`refuses ${JSON.stringify(value)}`, () => deepEqual(codes(schema, value), [50308]));
  }
});

describe("engine: length of a timer", () => {
  const schema = duration(600, { short: 50376, format: 50380 });
  const cases: [string, unknown[]][] = [
    ["PT0S", []],
    ["PT1S", [50376]],
    ["PT9M59S", [50376]],
    ["PT10M", []],
    ["PT10M1S", []],
    ["P1D", []],
    ["10M", [50380]],
    ["", [50380]],
  ];
  for (const [value, expected] of cases) {
    it(`${expected.length === 0 ? "accepts" : "refuses"} ${JSON.stringify(value)} of at least 10 min`, () =>
      deepEqual(codes(schema, value), expected));
  }

  it("says the least that it may be, and how to switch it off", () =>
    match(String(problems(schema, "PT1S")[0]?.hint), /at least PT10M.*PT0S/));
});

describe("engine: size of attributes", () => {
  /** `{"a":"…"}` of so many bytes, of characters with `width` bytes in UTF-8. */
  const ofBytes = (bytes: number, letter = "x") => {
    const width = Buffer.byteLength(letter);
    return { a: letter.repeat((bytes - 8) / width) };
  };
  for (const letter of ["x", "é", "€", "😀"]) {
    const width = Buffer.byteLength(letter);
    const limit = 8 + 12 * width;
    it(`counts bytes of ${letter}, not characters`, () => {
      deepEqual(codes(attributes(limit), ofBytes(limit - width, letter)), []);
      deepEqual(codes(attributes(limit), ofBytes(limit, letter)), []);
      deepEqual(codes(attributes(limit), ofBytes(limit + width, letter)), [50303]);
    });
  }

  it("says how many bytes it takes and how many it may", () =>
    equal(problems(attributes(20), ofBytes(21))[0]?.message, "takes 21 bytes as JSON, the limit is 20"));

  it("counts the text where it is given as text", () => {
    deepEqual(codes(attributes(8), '{"a": 1}'), []);
    deepEqual(codes(attributes(7), '{"a": 1}'), [50303]);
  });

  for (const value of ["{", "", "hello", "{'a':1}"]) {
    it(`refuses ${JSON.stringify(value)}, which is no JSON`, () =>
      deepEqual(codes(attributes(99), value), [50304]));
  }

  it("refuses a number in text that would come back altered", () =>
    match(String(problems(attributes(99), '{"id":12345678901234567890}')[0]?.message), /double/));

  for (const value of [{}, [], [1], 0, true, "{}", "null", '"text"']) {
    it(`accepts ${JSON.stringify(value)}, which is JSON`, () => deepEqual(codes(attributes(99), value), []));
  }
});
