import fc from "fast-check";
import { MASK } from "../../../provider/core/definition/hidden-value";
import { UNKNOWN } from "../../../provider/core/engine-transport";
import { isObject, type Json, type JsonObject } from "../../../provider/core/json";

/** What stands where something else should: by an editor, a script, a version to come, a write that broke off. */
const JUNK: Json[] = [
  ...[null, "", " ", "x", "{", "[]", "..", "/", "1970-01-01", UNKNOWN, MASK],
  ...[0, -1, 1.5, 1e300, true, false],
  ...[
    [],
    [null],
    [[]],
    ["x", null, {}],
    {},
    { a: null },
    { sid: {} },
    { length: -1 },
    { a: { b: { c: [] } } },
  ],
];

/** What a version to come may add. */
const NEWER: Json[] = [2, "2.0.0", null, { since: "2.0.0", fields: ["a"] }, ["a"], true];

type Path = readonly string[];

type Damage =
  | { readonly kind: "lost" | "emptied"; readonly at: number }
  | { readonly kind: "other"; readonly at: number; readonly junk: Json }
  | { readonly kind: "added"; readonly at: number; readonly value: Json };

const at = fc.nat(10_000);
const oneDamage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constantFrom("lost" as const, "emptied" as const), at }),
  fc.record({ kind: fc.constant("other" as const), at, junk: fc.constantFrom(...JUNK) }),
  fc.record({ kind: fc.constant("added" as const), at, value: fc.constantFrom(...NEWER) }),
);

/** A state that was right, with some of it lost, replaced or added; or all of it. */
export function damaged(state: JsonObject, foreign: readonly JsonObject[]): fc.Arbitrary<JsonObject> {
  const paths = pathsOf(state);
  const inPart = fc
    .array(oneDamage, { minLength: 1, maxLength: 5 })
    .map((damages) => damages.reduce((whole, damage) => withDamage(whole, paths, damage), state));
  const nothingBut = (junk: Json) => Object.fromEntries(Object.keys(state).map((name) => [name, junk]));
  const inWhole = fc.oneof(
    fc.constant({}),
    fc.constantFrom(...JUNK).map(nothingBut),
    fc.constantFrom(...foreign),
    fc.dictionary(fc.constantFrom(...Object.keys(state)), fc.jsonValue() as fc.Arbitrary<Json>),
  );
  return fc.oneof({ arbitrary: inPart, weight: 4 }, { arbitrary: inWhole, weight: 1 });
}

function pathsOf(value: Json | undefined, path: Path = []): Path[] {
  const inner = isObject(value) ? Object.entries(value) : [];
  return [
    ...(path.length === 0 ? [] : [path]),
    ...inner.flatMap(([name, member]) => pathsOf(member, [...path, name])),
  ];
}

function withDamage(state: JsonObject, paths: readonly Path[], damage: Damage): JsonObject {
  const path = paths[damage.at % paths.length] ?? [];
  switch (damage.kind) {
    case "lost":
      return replaced(state, path, undefined);
    case "emptied":
      return replaced(state, path, null);
    case "other":
      return replaced(state, path, damage.junk);
    default:
      return replaced(state, [...path.slice(0, -1), "addedLater"], damage.value);
  }
}

function replaced(state: JsonObject, [name = "", ...rest]: Path, value: Json | undefined): JsonObject {
  const inner = state[name];
  return { ...state, [name]: rest.length > 0 && isObject(inner) ? replaced(inner, rest, value) : value };
}
