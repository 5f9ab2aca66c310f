import { equal } from "node:assert/strict";
import { durationSeconds, sameDuration } from "../../../../provider/core/definition/iso-time";

describe("engine: ISO 8601 durations", () => {
  const durations: [string, number][] = [
    ["PT0S", 0],
    ["P0D", 0],
    ["PT1S", 1],
    ["PT0.5S", 0.5],
    ["PT59S", 59],
    ["PT1M", 60],
    ["PT90M", 5400],
    ["PT1H30M", 5400],
    ["PT1H30M5S", 5405],
    ["P1D", 86_400],
    ["P1DT12H", 129_600],
    ["P2W", 1_209_600],
    ["P1M", 2_592_000],
    ["P1Y", 31_536_000],
    ["P1Y2M3DT4H5M6S", 31_536_000 + 2 * 2_592_000 + 3 * 86_400 + 4 * 3600 + 5 * 60 + 6],
  ];
  for (const [text, seconds] of durations) {
    it(`measures ${text} as ${seconds} s`, () => equal(durationSeconds(text), seconds));
  }

  const others = [
    "",
    "P",
    "PT",
    "P1DT",
    "1H",
    "PT1",
    "PT-1M",
    "-PT1M",
    "P1H",
    "PT1D",
    "pt1m",
    "PT1M1H",
    " PT1M",
    "PT1M\n",
  ];
  for (const text of others) {
    it(`takes ${JSON.stringify(text)} for no duration`, () => equal(durationSeconds(text), undefined));
  }
});

describe("engine: the same duration", () => {
  const pairs: [unknown, unknown, boolean][] = [
    ["PT60M", "PT1H", true],
    ["P1D", "PT24H", true],
    ["PT1H", "PT2H", false],
    ["PT0S", undefined, false],
    [undefined, undefined, false],
    ["soon", "soon", false],
  ];
  for (const [left, right, isSame] of pairs)
    it(`${isSame ? "joins" : "parts"} ${left} and ${right}`, () => equal(sameDuration(left, right), isSame));
});
