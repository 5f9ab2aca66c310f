import assert from "node:assert/strict";
import { fromResponse } from "../../../provider/core/api/codec";
import { type Definition, fieldsOf } from "../../../provider/core/definition/define";
import type { FieldEntry } from "../../../provider/core/definition/field";
import { validate } from "../../../provider/core/definition/validate";
import { isObject, type Json, type JsonObject } from "../../../provider/core/json";
import { stateRefreshed } from "../../../provider/core/state/state";
import { definitions } from "../../../provider/resources";
import { isSoak, measured } from "../../support/soak";
import { driftedDeclarations } from "../../types";
import { type Declaration, makeWorld, type World } from "../../types/drifted";
import { useLife } from "../life";
import { Managed } from "./managed";
import { parameterOf, rowNameOf, rowsIn, toldOf, topOf, valueAt, without } from "./told-fields";

const isWithin = (path: string, key: string) =>
  key === path || key.startsWith(`${path}.`) || key.startsWith(`${path}[`);

/** These, and the declared fields that Twilio takes only together with one of them. */
function withCompanions({ definition, state }: Managed, paths: readonly string[]): string[] {
  const isCompanion = ({ name, policy: { sentWith = "" } }: FieldEntry) =>
    paths.includes(sentWith) && state[name] !== undefined;
  const companions = fieldsOf(definition).filter(isCompanion);
  return [...paths, ...companions.map(({ name }) => name)];
}

/** Exactly these, each by some key, and no other. */
function assertNames(named: readonly string[], paths: readonly string[], row: string): void {
  const isFalse = (key: string) => !paths.some((path) => isWithin(path, key));
  const isMissed = (path: string) => !named.some((key) => isWithin(path, key));
  assert.deepEqual(
    { false: named.filter(isFalse), missed: paths.filter(isMissed) },
    { false: [], missed: [] },
    row,
  );
}

describe("The truth table of drift", () => {
  const life = useLife({ switches: { groupMms: true } });
  let world: World;
  let seen = 0;
  beforeEach(async () => {
    world = await makeWorld(life.account);
  });
  after(() => {
    const fields = definitions.reduce((sum, definition) => sum + toldOf(definition).size, 0);
    const what = `${seen} changes to ${fields} fields of ${definitions.length} types`;
    measured("drift truth table", `${what}: 0 false, 0 missed`);
  });

  const declarationsOf = ({ type }: Definition) => driftedDeclarations(type, world);

  /** A refresh names the fields, and `up` puts them back with one request that says nothing else. */
  async function assertRepaired(resource: Managed, paths: readonly string[], row: string): Promise<void> {
    const preview = await resource.refreshed();
    assertNames(preview.named, paths, row);
    assert.deepEqual(preview.replaces, [], row);
    const sent = await resource.update(preview);
    const forms = sent.map(({ method, path, form }) => [method, path, Object.keys(form).sort()]);
    const parameters = withCompanions(resource, paths).map(parameterOf);
    assert.deepEqual(forms, [["POST", resource.path, parameters.sort()]], row);
    await assertClean(resource, row);
    seen += 1;
  }

  async function assertClean(resource: Managed, row: string): Promise<void> {
    const { named, state } = await resource.refreshed();
    assert.deepEqual([named, state], [[], resource.state], row);
  }

  it("has every field that Twilio tells of, of every type", () => {
    for (const definition of definitions) {
      const rows = declarationsOf(definition).flatMap(({ drifts }) => Object.keys(drifts));
      assert.deepEqual([...new Set(rows)].sort(), [...toldOf(definition).keys()].sort(), definition.type);
    }
  });

  for (const definition of definitions) {
    const leaves = toldOf(definition);
    const isFixed = (path: string) => leaves.get(path)?.entry.policy.change === "replace";

    it(`${definition.type}: a changed field is named, that one alone, and that one is put back`, async () => {
      for (const declaration of declarationsOf(definition)) {
        const resource = await Managed.create(life, definition, declaration.inputs);
        await assertClean(resource, "as created");
        for (const { path, value, row } of rowsIn(declaration)) {
          const undo = await resource.change(rowNameOf(path), value);
          if (!isFixed(path) && value !== "closed") await assertRepaired(resource, [path], row);
          else {
            const preview = await resource.refreshed();
            assertNames(preview.named, [path], row);
            assert.deepEqual(preview.replaces, isFixed(path) ? [topOf(path)] : [], row);
            if (value === "closed") await assert.rejects(resource.update(preview), /It is closed/);
            undo();
            seen += 1;
          }
        }
      }
    });

    if (isSoak)
      it(`${definition.type}: two fields that change at once are both named, and put back at once`, async () => {
        for (const declaration of declarationsOf(definition)) {
          const resource = await Managed.create(life, definition, declaration.inputs);
          const rows = rowsIn(declaration).filter(({ path, value }) => !isFixed(path) && value !== "closed");
          for (const [index, one] of rows.entries())
            for (const other of rows.slice(index + 1).filter(({ path }) => path !== one.path)) {
              for (const { path, value } of [one, other]) await resource.change(rowNameOf(path), value);
              await assertRepaired(resource, [one.path, other.path], `${one.row}, ${other.row}`);
            }
        }
      });
  }

  it("says nothing of what the program leaves to Twilio, unless it is watched", async () => {
    for (const definition of definitions) {
      const leaves = toldOf(definition);
      for (const declaration of declarationsOf(definition)) {
        const least = leastOf(definition, declaration);
        const resource = await Managed.create(life, definition, least);
        const open = rowsIn(declaration).filter(({ path }) => valueAt(least, path) === undefined);
        for (const { path, value, row } of open) {
          const undo = await resource.change(rowNameOf(path), value);
          const { named } = await resource.refreshed();
          const isWatched = leaves.get(path)?.entry.policy.watched === true;
          assertNames(named, isWatched ? [path] : [], `${definition.type}: ${row}`);
          undo();
          seen += 1;
        }
      }
    }
  });

  it("says nothing of dates, links, counts and read marks, and stores none of what moves by itself", async () => {
    for (const definition of definitions) {
      const told = new Set([...toldOf(definition).keys()].map((path) => topOf(rowNameOf(path))));
      for (const { inputs } of declarationsOf(definition)) {
        const resource = await Managed.create(life, definition, inputs);
        const row = await resource.row();
        const others = Object.keys(row).filter((name) => !told.has(name) && !/(^|_)sid$/.test(name));
        assert.ok(others.length > 0, definition.type);
        const refreshed = (names: readonly string[]) => {
          const changes = names.map((name) => [name, moved(row[name])]);
          const live = fromResponse(definition, { ...row, ...Object.fromEntries(changes) });
          const { accountSid, region, origin, chatServiceSid } = resource.state;
          const place = { accountSid, region, origin, chatServiceSid } as never;
          return stateRefreshed(definition, resource.state, live, place);
        };
        for (const name of others) {
          const { state, inputs } = refreshed([name]);
          assert.deepEqual(resource.previewOf(state, inputs).named, [], `${definition.type}: ${name}`);
        }
        const moving = others.filter((name) => MOVING.includes(name));
        assert.deepEqual(refreshed(moving).state, resource.state, definition.type);
        seen += others.length;
      }
    }
  });
});

/** What changes on Twilio as people use it. */
const MOVING = [
  "date_updated",
  "url",
  "links",
  "timers",
  "delivery",
  "last_read_message_index",
  "last_read_timestamp",
  "unread_messages_count",
  "is_online",
  "is_notifiable",
];

/** Another value of the same kind, or any where there was none. */
function moved(value: Json | undefined): Json {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (Array.isArray(value)) return [...value, "moved"];
  return isObject(value) ? { ...value, moved: "2026-01-01T00:00:00Z" } : "2026-01-01T00:00:00Z";
}

/** The declaration without all that can be left out of it. */
function leastOf(definition: Definition, { inputs, drifts }: Declaration): JsonObject {
  return Object.keys(drifts).reduce((left, path) => {
    const less = without(left, path.split("."));
    return validate(definition, {}, less).problems.length === 0 ? less : left;
  }, inputs);
}
