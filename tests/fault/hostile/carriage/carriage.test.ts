import { deepEqual, doesNotThrow, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { declaredInputs, undeclarable } from "../../../../provider/cli/import/declared-inputs";
import { valueAt } from "../../../../provider/cli/try/flag";
import { fromResponse, isAsText, uncarriedPaths } from "../../../../provider/core/api/codec";
import { type Definition, fieldsOf } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import { carriedArgs, refusalOf } from "../../../../provider/core/program/program-value";
import { diff } from "../../../../provider/core/state/diff";
import { stateAfter, stateRefreshed } from "../../../../provider/core/state/state";
import { definitions } from "../../../../provider/resources";
import { measured, seed, sized } from "../../../support/soak";
import { driftedDeclarations } from "../../../types";
import { makeWorld, type World } from "../../../types/drifted";
import { Managed } from "../../drift/managed";
import { useLife } from "../../life";
import { hostileJsonText, hostileText } from "./hostile-values";
import { textsIn, withText } from "./row-texts";
import { assertCarried, assertSent } from "./transport";

const VALUES = sized({ short: 600, full: 10_000 });

describe(`${VALUES} values that Twilio can hold and the engine cannot carry`, () => {
  const life = useLife({ switches: { groupMms: true } });
  let world: World;
  let tried = 0;
  let seen = 0;
  // Two are settings of SIDs, words and durations alone.
  const perType = Math.ceil(VALUES / (definitions.length - 2));
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
    doesNotThrow(() => carriedArgs("imported", inputs, refusalOf(definition.type, "imported")), what);
    await assertSent(inputs, what);
    const state = stateAfter(definition, { inputs, live, location: placeOf(live), isSent: () => true });
    equal(diff(definition, state, inputs).changes, false, what);
  }

  for (const definition of definitions)
    it(`are carried and repaired in every text of ${definition.type}`, async () => {
      const json = new Set(
        fieldsOf(definition)
          .filter(({ policy }) => policy.json)
          .map(({ name }) => name),
      );
      for (const { inputs, drifts } of driftedDeclarations(definition.type, world)) {
        const resource = await Managed.create(life, definition, inputs);
        const row = await resource.row();
        const told = new Set(
          Object.keys(drifts).map((path) => path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
        );
        const places = textsIn(row);
        if (places.length === 0) continue;
        // Of JSON there is most to go wrong.
        const ofJson = places.filter(([name]) => json.has(String(name)));
        const place = fc.constantFrom(...places, ...ofJson.flatMap((path) => [path, path]));
        const change = place.chain((path) =>
          (json.has(String(path[0])) ? hostileJsonText : hostileText).map((text) => ({ path, text })),
        );
        const numRuns = Math.ceil(perType / (driftedDeclarations(definition.type, world).length ?? 1));
        await fc.assert(
          fc.asyncProperty(change, async ({ path, text }) => {
            const live = fromResponse(definition, withText(row, path, text) as JsonObject);
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
