import { deepEqual, equal } from "node:assert/strict";
import { hasMask, MASK, masked, unmasked } from "../../../../provider/core/definition/hidden-value";

describe("engine: what is shown beside a secret", () => {
  const cases: [string, Parameters<typeof masked>[0], Parameters<typeof masked>[1], unknown][] = [
    ["shows a scalar under a key that held one", { team: "a" }, { team: "b" }, { team: "b" }],
    ["masks a key that is new", { team: "a" }, { team: "a", pin: "1" }, { team: "a", pin: MASK }],
    [
      "masks a new key at any depth",
      { deep: { a: 1 } },
      { deep: { a: 1, b: 2 } },
      { deep: { a: 1, b: MASK } },
    ],
    ["masks what has become an object", { pin: null }, { pin: { code: "1" } }, { pin: MASK }],
    ["masks what has become a list", { pin: {} }, { pin: ["1"] }, { pin: MASK }],
    ["masks a list that differs", { pins: ["1"] }, { pins: ["1", "2"] }, { pins: MASK }],
    ["masks a whole that was no object", "text", { pin: "1" }, MASK],
    [
      "shows what is equal",
      { pins: ["1"], none: null },
      { pins: ["1"], none: null },
      { pins: ["1"], none: null },
    ],
    ["leaves out what is gone", { team: "a", tier: 1 }, { team: "a" }, { team: "a" }],
  ];
  for (const [title, stored, live, expected] of cases)
    it(title, () => deepEqual(masked(stored, live), expected));

  it("is found at any depth", () => {
    equal(hasMask({ a: [{ b: MASK }] }), true);
    equal(hasMask({ a: ["b"] }), false);
  });

  it("gives way to what is live when it comes back, and to nothing where that is gone", () => {
    const live = { team: "b", pin: { code: "1" } };
    deepEqual(unmasked({ team: "a", pin: MASK, old: MASK }, live), { team: "a", pin: { code: "1" } });
  });
});
