import { equal } from "node:assert/strict";
import { Expression, flatLiteral, literal } from "../../../../provider/cli/import/literal";

describe("values in an imported program", () => {
  it("take single quotes where double ones need more escapes", () => {
    equal(flatLiteral('say "yes"'), `'say "yes"'`);
    equal(flatLiteral(`it's "so"`), `'it\\'s "so"'`);
    equal(flatLiteral("it's"), `"it's"`);
  });

  it("show what would be invisible or turn the text around", () =>
    equal(flatLiteral("a\u202eb\u200bc"), '"a\\u202eb\\u200bc"'));

  it("quote keys that are no names, and keep __proto__ a key", () => {
    const value = JSON.parse('{"a":1,"a b":2,"日本":3,"__proto__":4}') as Record<string, number>;
    equal(flatLiteral(value), '{ a: 1, "a b": 2, 日本: 3, ["__proto__"]: 4 }');
  });

  it("are code where something is referred to", () =>
    equal(flatLiteral({ roleSid: new Expression("lead.id") }), "{ roleSid: lead.id }"));

  it("stand on one line as far as they fit", () => {
    equal(literal({ a: "x".repeat(90) }, 0, 0), `{ a: "${"x".repeat(90)}" }`);
    equal(literal({ a: "x".repeat(101) }, 0, 0), `{\n  a: "${"x".repeat(101)}",\n}`);
  });
});
