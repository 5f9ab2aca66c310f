import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Definition } from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import { definitions, roster } from "../../../provider/resources";
import { driftedDeclarations } from "../../types";
import { makeWorld } from "../../types/drifted";
import { useLife } from "../life";

const DOCS = readFileSync(join(__dirname, "../../../docs/credentials.md"), "utf8");
/** Asked by every run. */
const ALWAYS = "Configuration: read";

describe("The permissions that a restricted key needs", () => {
  const life = useLife({ switches: { groupMms: true } });

  for (const definition of [...definitions, roster])
    it(`are documented for ${definition.type} as it uses them`, async () => {
      const world = await makeWorld(life.account);
      const members: JsonObject = { zoe: { identity: "zoe" } };
      life.simulator.clearRequests();
      const run = () => (definition === roster ? life.run().roster : life.run(definition).lifecycle);
      const { inputs } = run().check(
        {},
        definition === roster
          ? { conversationSid: world.desk, members }
          : (driftedDeclarations(definition.type, world)[0]?.inputs ?? {}),
      );
      const { sid, state } = await run().create(inputs);
      await run().read(sid, state);
      await run().delete(sid, state);
      const used = new Set(life.simulator.requests().map(({ method, path }) => permissionOf(method, path)));
      const documented = documentedFor(definition.type);
      assert.deepEqual(
        [...used].filter((permission) => permission !== ALWAYS && !documented.includes(permission)),
        [],
      );
      const [kind] = documented[0]?.split(":") ?? [];
      assert.ok([...used].some((permission) => permission.startsWith(`${kind}: `)));
    });

  for (const definition of definitions as readonly Definition[])
    for (const [field, { permission }] of Object.entries(definition.defaults ?? {}))
      it(`are documented for ${definition.type}.${field}, which Twilio chooses`, () =>
        assert.ok(furtherFor(definition.type).includes(permission)));

  it("are documented for a Roster that has the name of its conversation, and no members", async () => {
    await life.account.conversation("support");
    life.simulator.clearRequests();
    await life.run().roster.create({ conversationSid: "support", members: {} });
    const used = life.simulator.requests().map(({ method, path }) => permissionOf(method, path));
    const documented = [...documentedFor("Roster"), ...furtherFor("Roster")];
    assert.deepEqual(
      used.filter((permission) => permission !== ALWAYS && !documented.includes(permission)),
      [],
    );
    assert.ok(used.includes("Conversations: read"));
  });
});

/** The kind of object and the action, by the path's own words. */
function permissionOf(method: string, path: string): string {
  const within = path.replace(/^\/v1\//, "").replace(/^Services\/IS\w{32}\/(?!Configuration)/, "");
  const segments = within.split("/");
  const kind = segments.filter((segment) => /^[A-Z][a-z]+$/.test(segment)).join("/");
  const isItem = !/^[A-Z][a-z]+$/.test(segments.at(-1) ?? "");
  const isSetting = /Configuration(\/(Notifications|Webhooks))?$/.test(within);
  const [onItem, onCollection] = { GET: ["read", "list"], POST: ["update", "create"] }[method] ?? [
    "delete",
    "",
  ];
  return `${kind}: ${isItem || isSetting ? onItem : onCollection}`;
}

function documentedFor(type: string): string[] {
  const { kind, own } = rowOf(type);
  return own.split(",").map((action) => `${kind.replaceAll("`", "")}: ${action.trim()}`);
}

/** Those of other kinds, which are needed now and then. */
function furtherFor(type: string): string[] {
  return [...rowOf(type).further.matchAll(/`([A-Z][A-Za-z/]+)`: (\w+)/g)].map(
    ([, kind, action]) => `${kind}: ${action}`,
  );
}

function rowOf(type: string): Record<"kind" | "own" | "further", string> {
  const rows = DOCS.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const row = rows.find(([, resources, kind]) => resources?.includes(`\`${type}\``) && kind?.startsWith("`"));
  const [, , kind = "", actions = ""] = row ?? [];
  const [own = "", further = ""] = actions.split(";");
  return { kind, own, further };
}
