import { deepEqual, equal } from "node:assert/strict";
import { Names, resourceName, variableName, variableNames } from "../../../../provider/cli/import/names";

describe("names of imported resources", () => {
  it("are each given once", () => {
    const names = new Names();
    deepEqual(
      ["a", "a", "a-2", "a"].map((name) => names.give(name)),
      ["a", "a-2", "a-2-2", "a-3"],
    );
  });

  it("keep letters of every script, and nothing that an URN or a path means", () => {
    equal(resourceName(["Zürich :: Süd/1"], "x"), "Zürich-Süd-1");
    equal(resourceName(["支持"], "x"), "支持");
    equal(resourceName(["__proto__"], "x").startsWith("_"), false);
    equal(resourceName(["😀", undefined, "second"], "x"), "second");
    equal(resourceName(["😀"], "x"), "x");
    equal(resourceName(["4dabf18193072939515e22adb298388d"], "x"), "x");
  });

  it("make variables that are no words of the language", () => {
    equal(variableName("support-eu.west", "x"), "supportEuWest");
    equal(variableName("42", "conversation"), "conversation42");
    equal(variableNames().give("class", ""), "class2");
  });
});
