import { deepEqual, equal, notDeepEqual } from "node:assert/strict";
import { z } from "zod";
import { fieldsOf } from "../../../../provider/core/definition/define";
import { type FieldEntry, isSame, nestedFields } from "../../../../provider/core/definition/field";
import { diff } from "../../../../provider/core/state/diff";
import { definitions } from "../../../../provider/resources";
import { conversation } from "../../../../provider/resources/conversation/conversation";

/** Texts of one format that mean the same, and one that means something else. */
interface Format {
  readonly name: string;
  readonly same: readonly string[];
  readonly other: string;
}

const FORMATS: readonly Format[] = [
  { name: "duration", same: ["P1D", "PT24H", "PT1440M", "PT86400S", "PT86400.0S"], other: "PT25H" },
  {
    name: "date and time",
    same: [
      "2026-01-31T12:00:00Z",
      "2026-01-31T12:00:00.000Z",
      "2026-01-31T12:00:00+00:00",
      "2026-01-31T13:00:00+0100",
    ],
    other: "2026-01-31T12:00:01Z",
  },
];

function leavesOf(entry: FieldEntry): FieldEntry[] {
  return nestedFields(entry)?.flatMap(leavesOf) ?? [entry];
}

/** The fields of all resources that take every text of the format, and not any text. */
function fieldsTaking({ same }: Format): [string, FieldEntry][] {
  const takes = ({ schema }: FieldEntry, value: string) => z.core.safeParse(schema, value).success;
  return definitions.flatMap((definition) =>
    fieldsOf(definition)
      .flatMap(leavesOf)
      .filter((entry) => entry.policy.change === "update" || entry.policy.change === "replace")
      .filter((entry) => same.every((value) => takes(entry, value)) && !takes(entry, "soon"))
      .map((entry): [string, FieldEntry] => [`${definition.type}.${entry.name}`, entry]),
  );
}

describe("engine: a value that is spelled otherwise", () => {
  for (const format of FORMATS) {
    const found = fieldsTaking(format);
    it(`has fields: ${found.map(([name]) => name).join(", ")}`, () => notDeepEqual(found, []));

    for (const [name, entry] of found)
      it(`is the same ${format.name} to ${name}`, () => {
        const [first, ...rest] = format.same;
        for (const spelling of rest) equal(isSame(entry, first, spelling, {}), true, spelling);
        equal(isSame(entry, first, format.other, {}), false);
      });
  }

  it("is no change of a timer, on its own or beside another one that is", () => {
    const state = { timers: { inactive: "PT60M", closed: "P1D" } };
    const to = (timers: Record<string, string>) => diff(conversation, state, { timers });
    deepEqual(to({ inactive: "PT1H", closed: "PT24H" }), { changes: false, replaces: [] });
    equal(to({ inactive: "PT1H", closed: "PT25H" }).changes, undefined);
  });
});
