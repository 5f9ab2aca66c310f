import { equal } from "node:assert/strict";
import { reasonOf } from "../../../../provider/cli/drift/preview";

describe("drift: why a preview failed", () => {
  it("is the error that is told in full, whichever comes first", () =>
    equal(
      reasonOf(new Error("code: 1"), ["same cause as another.", "GET /v1/Roles answered 401. Check it."]),
      "GET /v1/Roles answered 401. Check it.",
    ));

  it("is told without a trace, in one line that ends", () =>
    equal(
      reasonOf(new Error("code: 1"), [
        "Running program failed:\nTypeError: x is not\n    at a (b.js:1:2)\n    at c",
      ]),
      "Running program failed: TypeError: x is not.",
    ));

  it("is what the command printed where the engine told nothing", () => {
    equal(
      reasonOf(new Error("code: 255\n stdout: \n stderr: error: no stack named 'x' found\n"), []),
      "no stack named 'x' found.",
    );
    equal(reasonOf(new Error("code: 1\n stderr:\nwarning: a\nerror: b\n"), []), "b.");
    equal(reasonOf("gone", []), "gone.");
  });
});
