import assert from "node:assert/strict";
import { fromResponse } from "../../../provider/core/api/codec";
import type { Definition } from "../../../provider/core/definition/define";
import { isSame, restrict } from "../../../provider/core/definition/field";
import { validate } from "../../../provider/core/definition/validate";
import type { Json, JsonObject } from "../../../provider/core/json";
import { isPreExisting } from "../../../provider/core/state/original-values";
import { definitions } from "../../../provider/resources";
import { isSoak, measured } from "../../support/soak";
import { driftedDeclarations } from "../../types";
import { type Declaration, makeWorld, type World } from "../../types/drifted";
import { useLife } from "../life";
import { Managed } from "./managed";
import { type Leaf, parameterOf, rowNameOf, toldOf, topOf, valueAt, without, withValue } from "./told-fields";

/** Values that Twilio can come to tell and that are no drift, so that the table does not have them. */
const NO_DRIFT: Readonly<Record<string, readonly Json[]>> = { state: ["inactive"] };

const REQUIRED = [
  "ConversationWebhook configuration.filters",
  "ConversationWebhook configuration.flowSid",
  "ConversationWebhook configuration.triggers",
  "ConversationWebhook configuration.url",
  "Credential type",
  "Message body",
  "Role permissions",
];

/** The column "declared only now": somebody changes what the program leaves open, and then the program declares it. */
describe("The truth table of drift, of what is declared only now", () => {
  const life = useLife({ switches: { groupMms: true } });
  let world: World;
  let seen = 0;
  const opened = new Set<string>();
  beforeEach(async () => {
    world = await makeWorld(life.account);
  });
  after(() =>
    measured("drift truth table, declared only now", `${seen} changes to ${opened.size} fields: 0 not set`),
  );

  /** What Twilio tells, as a program would write it. */
  const told = async (resource: Managed, path: string) => {
    const live = fromResponse(resource.definition, await resource.row());
    const leaf = toldOf(resource.definition).get(path);
    assert.ok(leaf);
    return restrict(leaf.entry, valueAt(live, path));
  };

  /** It is then there as declared; without a refresh it is sent, whatever the state says. */
  async function assertSet(
    open: Managed,
    { path, entry }: Leaf,
    { program, changed, row }: { program: JsonObject; changed: Json; row: string },
  ): Promise<void> {
    const declared = valueAt(program, path);
    for (const isRefreshed of [false, true]) {
      await open.change(rowNameOf(path), changed);
      const overwritten = await told(open, path);
      const { state, requests } = await open.trial(program, isRefreshed);
      const what = `${row}, ${JSON.stringify(declared)} is declared${isRefreshed ? " after a refresh" : ""}`;
      const isSent = requests.some(({ method, form }) => method === "POST" && parameterOf(path) in form);
      assert.ok(isSent || isRefreshed, what);
      assert.ok(isSame(entry, await told(open, path), declared, {}), what);
      if (isSent && isPreExisting(open.definition, state)) {
        const memory = restrict(entry, valueAt(state["before"] as JsonObject, path));
        assert.ok(isSame(entry, memory, overwritten, {}), `${what}: ${JSON.stringify(memory)} is given back`);
      }
      seen += 1;
    }
  }

  /** As Twilio's row has what the program declares. */
  async function rowOf(definition: Definition, inputs: JsonObject): Promise<JsonObject> {
    const resource = await Managed.create(life, definition, inputs);
    const row = await resource.row();
    await resource.destroy();
    return row;
  }

  async function assertSetWhenDeclared(
    definition: Definition,
    { inputs, drifts }: Declaration,
    leaf: Leaf,
  ): Promise<void> {
    const { path, entry } = leaf;
    const isAccepted = (program: JsonObject) => validate(definition, {}, program).problems.length === 0;
    // A member of a group is open where the group is declared without it, and where the group is.
    const open = [...new Set([path, topOf(path)])]
      .map((name) => without(inputs, name.split(".")))
      .filter(isAccepted);
    const values = [...(drifts[path] ?? []), ...(NO_DRIFT[path] ?? [])].filter((value) => value !== "closed");
    const declared = valueAt(await rowOf(definition, inputs), rowNameOf(path)) ?? null;
    for (const program of open) {
      const resource = await Managed.create(life, definition, program);
      // What is not watched has by the state what the program is to declare.
      if (entry.policy.watched !== true) {
        await resource.change(rowNameOf(path), declared);
        await resource.refresh();
      }
      for (const changed of isSoak ? values : values.slice(0, 1)) {
        const row = `${definition.type}: ${path} = ${JSON.stringify(changed)}`;
        const stale = entry.policy.watched === true ? resource.state[path] : valueAt(inputs, path);
        await resource.change(rowNameOf(path), changed);
        for (const value of [stale, await told(resource, path)]) {
          const later = value === undefined ? program : withValue(inputs, path, value);
          if (value !== undefined && isAccepted(later))
            await assertSet(resource, leaf, { program: later, changed, row });
        }
      }
      await resource.destroy();
    }
    if (open.length > 0) opened.add(`${definition.type} ${path}`);
  }

  const changingOf = (definition: Definition) =>
    [...toldOf(definition).values()].filter(({ entry }) => entry.policy.change === "update");

  for (const definition of definitions.filter((each) => changingOf(each).length > 0))
    it(`${definition.type}: has what is declared, whatever it had become since the state was written`, async () => {
      for (const declaration of driftedDeclarations(definition.type, world))
        for (const leaf of changingOf(definition).filter(({ path }) => path in declaration.drifts))
          await assertSetWhenDeclared(definition, declaration, leaf);
    });

  it("had every field open but those that a program cannot leave open", () => {
    const all = definitions.flatMap((each) => changingOf(each).map(({ path }) => `${each.type} ${path}`));
    assert.deepEqual(all.filter((field) => !opened.has(field)).sort(), REQUIRED);
  });
});
