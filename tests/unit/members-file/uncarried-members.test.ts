import { deepEqual } from "node:assert/strict";
import { problemsOf } from "./member-file";

const inJson = (...lines: string[]) => problemsOf(".json", lines.join("\n"));
const inCsv = (...lines: string[]) => problemsOf(".csv", lines.join("\n"));

describe("members of a file: what the engine does not carry, by its line", () => {
  it("in JSON", () => {
    const half = "holds half of a character (a lone surrogate), which UTF-8 cannot say.";
    const own = "has a name that Pulumi keeps for itself or cannot show.";
    const lines = [
      '{"a": {"identity": "a", "attributes": {"x": [1, {"y":',
      '"cut \\ud83d"}]}},',
      '"b": {"identity": "b", "attributes":',
      '"{\\"4dabf18193072939515e22adb298388d\\":1}"},',
      '"c": {"identity":',
      '"04da6b54-80e4-46f7-96ec-b56ff0331ba9"},',
      '"__proto__": {"identity": "d"},',
      '"e": {"identity": "__proto__"},',
      '"f\\ud83d": {"identity": "f"},',
      `"g": {"identity": "g", "attributes": ${"[".repeat(600)}${"]".repeat(600)}}}`,
    ];
    const label = "Give the member a label of its own.";
    deepEqual(inJson(...lines), [
      `1: a.attributes.x[1].y: ${half} Cut the text between characters.`,
      `3: b.attributes.4dabf18193072939515e22adb298388d: ${own} Use another name.`,
      "5: c.identity: is the text that stands for an unknown value in Pulumi. Use another text.",
      `7: __proto__.label: ${own} ${label}`,
      `9: "f\\ud83d".label: ${half} ${label}`,
      "10: g.attributes: is nested deeper than 200 levels. Nest it less.",
    ]);
    deepEqual(inJson('[{"identity": "__proto__"}]'), [`1: [0].label: ${own} ${label}`]);
  });

  it("in CSV", () =>
    deepEqual(
      inCsv(
        "identity,attributes,attributes.__proto__",
        'alice,"{""a"":""\\ud83d""}",',
        "bob,,x",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9,,",
      ),
      [
        "2: attributes.a: holds half of a character (a lone surrogate), which UTF-8 cannot say. Cut the text between characters.",
        "3: attributes.__proto__: has a name that Pulumi keeps for itself or cannot show. Use another name.",
        "4: identity: is the text that stands for an unknown value in Pulumi. Use another text.",
      ],
    ));
});
