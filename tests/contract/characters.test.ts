import assert from "node:assert/strict";
import { type Definition, fieldsOf } from "../../provider/core/definition/define";
import { nestedFields } from "../../provider/core/definition/field";
import { validate } from "../../provider/core/definition/validate";
import { isObject, type Json, type JsonObject } from "../../provider/core/json";
import { definitions } from "../../provider/resources";
import { everyField } from "../types";
import { Fixture, type FormFields } from "./sdk/client";

/** One character of two UTF-16 units. */
const EMOJI = "😀";

/** Every text of a declaration, and how to put another in its place. */
function textsOf(
  entries: ReturnType<typeof fieldsOf>,
  values: JsonObject,
  within = "",
): { path: string; put: (text: string) => JsonObject }[] {
  return entries.flatMap((entry) => {
    const { name } = entry;
    const path = `${within}${name}`;
    const value = values[name];
    const put = (changed: Json): JsonObject => ({ ...values, [name]: changed });
    if (typeof value === "string") return [{ path, put }];
    if (Array.isArray(value)) return [{ path, put: (text: string) => put([text, ...value.slice(1)]) }];
    const members = nestedFields(entry);
    if (members === undefined || !isObject(value)) return [];
    return textsOf(members, value, `${path}.`).map((one) => ({
      path: one.path,
      put: (text: string) => put(one.put(text)),
    }));
  });
}

/** How many characters the check says that a text may have; undefined where it says nothing of them. */
function limitSaid(definition: Definition, inputs: JsonObject, path: string): [number, number] | undefined {
  const said = validate(definition, {}, inputs).problems.find((problem) => problem.path.startsWith(path));
  const [, length, limit] = /is (\d+) characters long, the limit is (\d+)/.exec(said?.message ?? "") ?? [];
  return length === undefined ? undefined : [Number(length), Number(limit)];
}

describe("limits in characters", () => {
  let limits = 0;

  for (const definition of definitions)
    it(`of ${definition.type} count an emoji once`, () => {
      for (const { path, put } of textsOf(fieldsOf(definition), everyField(definition.type))) {
        const [length, limit] = limitSaid(definition, put(EMOJI.repeat(1000)), path) ?? [];
        if (limit === undefined) continue;
        limits += 1;
        assert.equal(length, 1000, path);
        assert.equal(limitSaid(definition, put(EMOJI.repeat(limit)), path), undefined, path);
        assert.deepEqual(limitSaid(definition, put(EMOJI.repeat(limit + 1)), path), [limit + 1, limit], path);
      }
    });

  it("stand in many fields", () => assert.ok(limits >= 10, `${limits} limits`));

  let fixture: Fixture | undefined;
  after(() => fixture?.close());

  it("are counted so by the simulator too", async () => {
    const started = await Fixture.start();
    fixture = started;
    const code = async (path: string, form: FormFields) =>
      (await started.send("POST", path, form)).body?.code;
    const conversation = await started.conversation();
    const trigger = { Target: "trigger", "Configuration.Url": "https://example.com" };
    const cases: [string, (text: string) => FormFields, number, number][] = [
      ["/v1/Conversations", (text) => ({ FriendlyName: text }), 256, 50003],
      ["/v1/Conversations", (text) => ({ UniqueName: text }), 256, 50004],
      ["/v1/Users", (text) => ({ Identity: text }), 256, 50207],
      [`${conversation}/Webhooks`, (text) => ({ ...trigger, "Configuration.Triggers": text }), 248, 50366],
      [
        `${conversation}/Webhooks`,
        (text) => ({
          Target: "webhook",
          "Configuration.Filters": "onMessageAdded",
          "Configuration.Url": `https://example.com/${text}`,
        }),
        512 - "https://example.com/".length,
        50372,
      ],
    ];
    for (const [path, form, limit, refused] of cases) {
      assert.equal(await code(path, form(EMOJI.repeat(limit))), undefined, path);
      assert.equal(await code(path, form(EMOJI.repeat(limit + 1))), refused, path);
    }
  });
});
