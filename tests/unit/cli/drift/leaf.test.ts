import { deepEqual, equal } from "node:assert/strict";
import type { Observation } from "../../../../provider/cli/drift/observation";
import { rowsOf } from "../../../../provider/cli/drift/rows";
import { type Definition, fieldsOf } from "../../../../provider/core/definition/define";
import { type FieldEntry, nestedFields } from "../../../../provider/core/definition/field";
import { type Json, type JsonObject, sameSet } from "../../../../provider/core/json";
import { definitions } from "../../../../provider/resources";

/** A resource whose field is recorded, found and planned with these values; the engine says that its path differs. */
function observed(
  { type }: Definition,
  path: string[],
  was: JsonObject,
  is: JsonObject,
  willBe = was,
): Observation {
  const at = (inputs: JsonObject) => ({ id: "X", inputs, outputs: inputs });
  const urn = `urn:pulumi:test::project::pulumi-nodejs:dynamic/twilio:${type}::it`;
  const times = { recorded: at(was), live: at(is), planned: at(willBe) };
  return { urn, type, name: "it", ...times, op: "update", outside: [path], program: [path] };
}

function nestedAt(path: readonly string[], value: Json): JsonObject {
  const [name = "", ...rest] = path;
  return { [name]: rest.length === 0 ? value : nestedAt(rest, value) };
}

function withSibling(values: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [name = "", ...rest] = path;
  if (rest.length === 0) return { ...values, beside: value };
  return { ...values, [name]: withSibling(values[name] as JsonObject, rest, value) };
}

/** The paths of all fields, and of fields within them, that a test holds for. */
function pathsOf(
  entries: readonly FieldEntry[],
  isIt: (entry: FieldEntry) => boolean,
  above: readonly string[] = [],
): string[][] {
  return entries.flatMap((entry) => {
    const path = [...above, entry.name];
    return [...(isIt(entry) ? [path] : []), ...pathsOf(nestedFields(entry) ?? [], isIt, path)];
  });
}

describe("drift review of a field", () => {
  const all = (definitions as readonly Definition[]).map(
    (definition) => [definition, fieldsOf(definition)] as const,
  );

  const sets = all.flatMap(([definition, entries]) =>
    pathsOf(entries, ({ policy }) => policy.same === sameSet).map((path) => [definition, path] as const),
  );
  it("is of a set where the order means nothing", () =>
    deepEqual(sets.map(([{ type }, path]) => [type, ...path].join(".")).sort(), [
      "AddressConfiguration.autoCreation.webhookFilters",
      "ConversationWebhook.configuration.filters",
      "ConversationWebhook.configuration.triggers",
      "Role.permissions",
      "ServiceWebhooks.filters",
      "Webhooks.filters",
    ]));

  for (const [definition, path] of sets)
    it(`shows no row where Twilio lists ${definition.type}.${path.join(".")} in another order`, () => {
      const [was, is] = [nestedAt(path, ["a", "b"]), nestedAt(path, ["b", "a"])];
      deepEqual(rowsOf("test", [observed(definition, path, was, is)]), []);
      // Where something beside it drifts, the whole group is another.
      const rows = rowsOf("test", [
        observed(definition, path, withSibling(was, path, "x"), withSibling(is, path, "y")),
      ]);
      deepEqual(
        rows.map(({ field }) => field),
        [[...path.slice(0, -1), "beside"].join(".")],
      );
      equal(rowsOf("test", [observed(definition, path, was, nestedAt(path, ["a", "c"]))]).length, 1);
    });

  const settings = all.flatMap(([definition, entries]) =>
    pathsOf(entries, ({ policy }) => policy.change === "local").map((path) => [definition, path] as const),
  );
  for (const [definition, path] of settings)
    it(`shows no row where the program changes ${definition.type}.${path.join(".")}, which Twilio never hears of`, () => {
      const [was, willBe] = [nestedAt(path, "a"), nestedAt(path, "b")];
      deepEqual(rowsOf("test", [observed(definition, path, was, was, willBe)]), []);
    });

  const moving: [type: string, name: string][] = [
    ["Conversation", "timerDates"],
    ["Message", "delivery"],
    ["Participant", "lastReadMessageIndex"],
    ["Participant", "lastReadTimestamp"],
    ["UserConversation", "lastReadMessageIndex"],
    ["UserConversation", "lastReadTimestamp"],
    ...all.map(([{ type }]): [string, string] => [type, "dateUpdated"]),
  ];
  for (const [type, name] of moving)
    it(`shows no row where ${type}.${name} moves, as it does by itself`, () => {
      const found = all.find(([definition]) => definition.type === type);
      if (found === undefined) throw new Error(`${type} is no type`);
      deepEqual(rowsOf("test", [observed(found[0], [name], { [name]: "a" }, { [name]: "b" })]), []);
      equal(rowsOf("test", [observed(found[0], ["other"], { other: "a" }, { other: "b" })]).length, 1);
    });
});
