import { deepEqual, doesNotThrow, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { declaredInputs, undeclarable } from "../../../provider/cli/import/declared-inputs";
import { valueAt } from "../../../provider/cli/try/flag";
import { type Definition, fieldsOf } from "../../../provider/engine/define";
import { difference } from "../../../provider/engine/diff";
import { isObject, type Json, type JsonObject } from "../../../provider/engine/json";
import { carriedArgs } from "../../../provider/engine/program-value";
import { stateAfter, stateRefreshed } from "../../../provider/engine/state";
import { isAsText, uncarriedPaths } from "../../../provider/engine/uncarried";
import { fromAnswer } from "../../../provider/engine/wire";
import { definitions } from "../../../provider/resources";
import { measured, seed, sized } from "../../support/soak";
import { driftTable } from "../drift/drift-rows";
import { makeWorld, type World } from "../drift/drift-world";
import { Managed } from "../drift/managed";
import { useLife } from "../life";
import { hostileJsonText, hostileText } from "./hostile-values";
import { assertCarried, assertSent } from "./transport";

const VALUES = sized({ short: 1_500, full: 10_000 });

type Path = readonly (string | number)[];

/** Where a row holds a text that somebody else can choose. */
function textsIn(value: Json | undefined, path: Path = []): Path[] {
  if (typeof value === "string") return isChosen(path) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item, at) => textsIn(item, [...path, at]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => textsIn(member, [...path, key]));
}

/** No SID, address of the API or date, nor one of the words that Twilio alone writes. */
function isChosen(path: Path): boolean {
  const names = path.filter((part): part is string => typeof part === "string");
  const [name = ""] = names.slice(-1);
  const isTwilios = /(^|_)(sid|url|type|state|target|method|level|delivery|timer)$|^date_|timestamp|country/;
  return names[0] !== "links" && (!isTwilios.test(name) || /(hook_url|configuration)/.test(names.join(".")));
}

function withText(value: Json | undefined, [part, ...rest]: Path, text: string): Json {
  if (part === undefined) return text;
  if (Array.isArray(value)) return value.map((item, at) => (at === part ? withText(item, rest, text) : item));
  const members = isObject(value) ? value : {};
  return { ...members, [part]: withText(members[part], rest, text) };
}

describe(`${VALUES} values that Twilio can hold and the engine cannot carry`, () => {
  const life = useLife({ switches: { groupMms: true } });
  let world: World;
  let tried = 0;
  let seen = 0;
  const perType = Math.ceil(VALUES / definitions.length);
  beforeEach(async () => {
    world = await makeWorld(life.account);
  });
  after(() =>
    measured("values that the engine cannot carry", `${seen} values of ${definitions.length} types, 0 lost`),
  );

  const placeOf = ({ accountSid, region, origin, chatServiceSid }: JsonObject) =>
    ({ accountSid, region, origin, chatServiceSid }) as never;

  /** What a refresh and a preview make of it: carried, and shown where it is declared. */
  function assertRefreshed(resource: Managed, live: JsonObject, isDeclared: boolean, what: string): void {
    const found = stateRefreshed(resource.definition, resource.state, live, placeOf(resource.state));
    assertCarried(found.state, what);
    assertCarried(found.inputs, what);
    const { named } = resource.previewOf(found.state, found.inputs);
    if (isDeclared) ok(named.length > 0, `${what}: no drift`);
    const again = stateRefreshed(resource.definition, found.state, live, placeOf(resource.state));
    deepEqual(again, found, what);
  }

  /** What an import writes of it: a program can say it, and then nothing differs. */
  async function assertImported(definition: Definition, live: JsonObject, what: string): Promise<void> {
    if (undeclarable(definition, live) !== undefined) return;
    const { inputs } = declaredInputs(definition, live, {});
    // Written into a program, it would declare another text than Twilio's.
    for (const path of uncarriedPaths(live))
      if (!isAsText(definition, path)) equal(valueAt(inputs, path), undefined, `${what} is declared`);
    doesNotThrow(() => carriedArgs(definition.type, "imported", inputs), what);
    await assertSent(inputs, what);
    const state = stateAfter(definition, { inputs, live, place: placeOf(live), isSent: () => true });
    equal(difference(definition, state, inputs).changes, false, what);
  }

  for (const definition of definitions)
    it(`are carried and repaired in every text of ${definition.type}`, async () => {
      const json = new Set(
        fieldsOf(definition)
          .filter(({ policy }) => policy.json)
          .map(({ name }) => name),
      );
      for (const { inputs, drifts } of driftTable(world)[definition.type] ?? []) {
        const resource = await Managed.create(life, definition, inputs);
        const row = await resource.row();
        const told = new Set(
          Object.keys(drifts).map((path) => path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
        );
        const places = textsIn(row);
        // Settings of SIDs, words and durations alone.
        if (places.length === 0) continue;
        // Of JSON there is most to go wrong.
        const ofJson = places.filter(([name]) => json.has(String(name)));
        const place = fc.constantFrom(...places, ...ofJson.flatMap((path) => [path, path]));
        const change = place.chain((path) =>
          (json.has(String(path[0])) ? hostileJsonText : hostileText).map((text) => ({ path, text })),
        );
        const numRuns = Math.ceil(perType / (driftTable(world)[definition.type]?.length ?? 1));
        await fc.assert(
          fc.asyncProperty(change, async ({ path, text }) => {
            const live = fromAnswer(definition, withText(row, path, text) as JsonObject);
            const what = `${definition.type}.${path.join(".")} = ${JSON.stringify(text).slice(0, 200)}`;
            const isDeclared = told.has(path.filter((part) => typeof part === "string").join("."));
            assertRefreshed(resource, live, isDeclared, what);
            await assertImported(definition, live, what);
            seen += 1;
          }),
          { numRuns, seed: seed + tried++ },
        );
      }
    }).timeout(600_000);
});
