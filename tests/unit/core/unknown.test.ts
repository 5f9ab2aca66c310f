import { equal } from "node:assert/strict";
import { unknownValue } from "@pulumi/pulumi/runtime";
import { containsUnknown, isUnknown, UNKNOWN } from "../../../provider/core/engine-transport";

describe("engine: what is not known yet", () => {
  it("is the value that the pinned SDK has for it", () => equal(UNKNOWN, unknownValue));

  const values: [string, unknown, boolean][] = [
    ["the value itself", UNKNOWN, true],
    ["an object with it", { a: { b: UNKNOWN } }, true],
    ["a list with it", ["x", [{ a: UNKNOWN }]], true],
    ["a text that only mentions it", `x${UNKNOWN}`, false],
    ["an object with it as a key", { [UNKNOWN]: 1 }, false],
    ["null", null, false],
    ["nothing", undefined, false],
  ];
  for (const [what, value, found] of values) {
    it(`is ${found ? "" : "not "}found in ${what}`, () => equal(containsUnknown(value), found));
  }

  it("is no object that contains it", () => equal(isUnknown({ a: UNKNOWN }), false));
});
