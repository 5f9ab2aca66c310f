import { deepEqual, equal } from "node:assert/strict";
import * as provider from "../../../provider";
import { NoMatchError } from "../../../provider/functions/call/lookup-error";

describe("The look-ups that a program calls", () => {
  const functions = Object.entries(provider).filter(([name]) => /^get[A-Z]/.test(name));

  it("have the names of their exports, for stack traces and debuggers", () => {
    equal(functions.length > 0, true);
    deepEqual(
      functions.map(([, { name }]) => name),
      functions.map(([name]) => name),
    );
  });

  it("fail with errors that are named after their class", () =>
    equal(new NoMatchError("nothing", "there is none").name, NoMatchError.name));
});
