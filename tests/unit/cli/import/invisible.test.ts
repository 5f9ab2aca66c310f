import { deepEqual, doesNotMatch, equal } from "node:assert/strict";
import { runInNewContext } from "node:vm";
import { flatLiteral } from "../../../../provider/cli/import/literal";
import { resourceName, variableName } from "../../../../provider/cli/import/names";
import { programText } from "../../../../provider/cli/import/program";
import { oneLine } from "../../../../provider/cli/terminal/text";

const POINTS = Array.from({ length: 0x110000 }, (_, point) => point);
/** Whatever nobody sees, or steers the text around it. */
const HIDDEN = POINTS.filter((point) => point > 0x1f && (point < 0xd800 || point > 0xdfff))
  .map((point) => String.fromCodePoint(point))
  .filter((char) => /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(char));
const ANY = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\n]/u;

describe("what nobody sees, in an imported program", () => {
  it("is known: marks, fillers, selectors and tags", () => {
    for (const char of ["\u061c", "\u034f", "\u3164", "\u115f", "\ufe0f", "\u{e0041}", "\u202e", "\u009b"])
      equal(HIDDEN.includes(char), true, char);
  });

  it("is an escape in a text and a key, with the same meaning", () => {
    const texts = HIDDEN.map((char) => `a${char}b`);
    const value = { texts, ...Object.fromEntries(texts.map((text, at) => [text, at])) };
    const literal = flatLiteral(value) ?? "";
    doesNotMatch(literal, ANY);
    deepEqual(JSON.parse(JSON.stringify(runInNewContext(`(${literal})`))), value);
  });

  it("is in no name", () => {
    for (const char of HIDDEN) {
      const name = resourceName([`sup${char}port`], "x");
      doesNotMatch(name, ANY);
      doesNotMatch(variableName(`sup${char}port`, "x"), ANY);
      doesNotMatch(oneLine(`sup${char}port`), ANY);
    }
    equal(resourceName(["sup\u3164\u034fport"], "x"), "support");
    equal(resourceName(["\u3164\u3164"], "x"), "x");
    equal(variableName("\u3164sup\u034fport", "x"), "support");
  });

  it("is nowhere in a program of such names and values", () => {
    const text = HIDDEN.join("");
    const args = { friendlyName: text, attributes: { [text]: [text] } };
    const declarations = [
      { type: "Conversation", name: text, variable: "desk", args, comment: `of ${text}` },
    ];
    const loop = {
      variable: "members",
      resources: undefined,
      members: { [text]: args },
      prefix: text,
      shared: args,
    };
    const sections = [
      { title: text, constants: [["name", "getRoleOutput", args] as const], declarations, loop },
    ];
    doesNotMatch(programText({ secrets: [["key", text]], sections }), ANY);
  });
});
