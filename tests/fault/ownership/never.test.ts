import assert from "node:assert/strict";
import {
  type Definition,
  deletesBeforeReplace,
  fieldsOf,
  isSingleton,
} from "../../../provider/core/definition/define";
import { type JsonObject, objectIn } from "../../../provider/core/json";
import { definitions } from "../../../provider/resources";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { role } from "../../../provider/resources/service/role";
import { driftedDeclarations } from "../../types";
import { makeWorld, type World } from "../../types/drifted";
import { useLife } from "../life";

const LOST = { method: "POST", kind: "status", status: 503, when: "after", times: 1 } as const;
/** The request itself is lost, and not only its answer. */
const UNDONE = { ...LOST, when: "before" } as const;
const THEN = "2019-12-31T23:30:00Z";

describe('With adopt: "never"', () => {
  const life = useLife({ switches: { groupMms: true } });
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(life.account);
    life.simulator.clearRequests();
  });
  const posts = () =>
    life.simulator.requests().filter(({ method, path }) => method === "POST" && path.endsWith("s")).length;

  for (const definition of definitions as readonly Definition[]) {
    if (isSingleton(definition)) continue;
    const { noun } = definition;
    const declared = (): JsonObject => ({
      ...driftedDeclarations(definition.type, world)[0]?.inputs,
      adopt: "never",
    });
    const hasDate = fieldsOf(definition).some(
      ({ name, policy }) => name === "dateCreated" && policy.change === "creation",
    );
    const ages: [string, JsonObject][] = [
      ["", {}],
      ...(hasDate ? [[" of its date", { dateCreated: THEN }]] : []),
    ] as [string, JsonObject][];
    for (const [age, date] of ages) {
      const create = (more: JsonObject = {}) =>
        life.run(definition).lifecycle.create({ ...declared(), ...date, ...more });
      const isRefused = (creating: Promise<unknown>, sid: string) =>
        assert.rejects(creating, {
          name: "AdoptionError",
          message: new RegExp(
            `${sid} exists already, created .*, and adopt is "never"\\. If an interrupted run of this program left ` +
              'it, set adopt: "matching" for one `pulumi up`\\. Set adopt: "always" .* give it an alias\\.$',
          ),
        });

      it(`a ${noun}${age} is this run's own after a lost answer`, async () => {
        life.simulator.addFault(LOST);
        const { sid, state } = await create();
        assert.equal(posts(), 1);
        assert.ok(await life.run(definition).lifecycle.read(sid, state));
      });

      it(`a ${noun}${age} is another's after a kill: where there can be one, the ways out are named`, async () => {
        const old = await create();
        if (!deletesBeforeReplace(definition)) return assert.notEqual((await create()).sid, old.sid);
        await isRefused(create(), old.sid);
        assert.equal((await create({ adopt: "matching" })).sid, old.sid);
        return undefined;
      });

      it(`a ${noun}${age} that was there is another's, also where this run's own request is lost`, async () => {
        const old = await create();
        await life.clock.sleep(5_000);
        life.simulator.addFault(UNDONE);
        if (deletesBeforeReplace(definition)) await isRefused(create(), old.sid);
        else assert.notEqual((await create()).sid, old.sid);
      });
    }
  }

  it("what has a date of its own is looked for by its name, however many there are", async () => {
    await life.run(conversation).lifecycle.create({ uniqueName: "eu", dateCreated: THEN, adopt: "never" });
    const reads = life.simulator
      .requests()
      .filter(({ method, path }) => method === "GET" && /Conv/.test(path));
    assert.deepEqual(
      reads.map(({ path }) => path).filter((path) => path !== "/v1/Configuration"),
      ["/v1/Conversations/eu"],
    );
  });

  const agent = { friendlyName: "an agent", type: "conversation", permissions: ["sendMessage"] };
  const another = { ...agent, adopt: "never" };

  it("what another stack makes while this run's request is lost is named", async () => {
    life.simulator.addFault({ ...UNDONE, kind: "reset", route: "/v1/Roles" });
    const run = life.run(role);
    const creating = run.lifecycle.create(another);
    while (life.simulator.requests().every(({ method }) => method !== "POST")) await life.clock.sleep(10);
    const { sid } = await life.run(role).lifecycle.create(another);
    assert.equal((await creating).sid, sid);
    const caution =
      /: It was created at the time of this run's lost request, .* another stack .* that one's\.$/m;
    assert.match(run.notes.join("\n"), caution);
  });

  it("nobody is warned of what there can be once, or of what is this program's by its own word", async () => {
    life.simulator.addFault({ ...LOST, times: 2 });
    const run = life.run(conversation);
    await run.lifecycle.create({ uniqueName: "eu", adopt: "never" });
    await run.of(role).create(agent);
    assert.doesNotMatch(run.notes.join("\n"), /another stack/);
  });

  it("in the config, it is the same", async () => {
    const { lifecycle } = life.run(conversation, { adopt: "never" });
    life.simulator.addFault(LOST);
    await lifecycle.create({ uniqueName: "eu" });
    assert.equal(posts(), 1);
    await assert.rejects(
      life.run(conversation, { adopt: "never" }).lifecycle.create({ uniqueName: "eu" }),
      /adopt is "never"/,
    );
  });

  it("the members of a roster are this run's own", async () => {
    const { roster } = life.run();
    const members = Object.fromEntries(["ann", "ben", "kim"].map((identity) => [identity, { identity }]));
    const { sid: conversationSid } = await life.account.conversation("crew");
    life.simulator.clearRequests();
    life.simulator.addFault({ ...LOST, times: 2 });
    const inputs = { conversationSid, members, adopt: "never" };
    const { state } = await roster.create(roster.check({}, inputs).inputs);
    assert.deepEqual(Object.keys(objectIn(state, "sids")).sort(), Object.keys(members));
    assert.equal(posts(), 3);
  });

  it("this run's own is refused where somebody has changed it since", async () => {
    const inputs = { uniqueName: "eu", attributes: { a: 1 }, adopt: "never" };
    life.simulator.addFault(LOST);
    // The answer to what looks for it is lost, too, so that there is time.
    life.simulator.addFault({
      method: "GET",
      route: "/v1/Conversations/eu",
      kind: "status",
      status: 503,
      times: 5,
    });
    const creating = life.run(conversation).lifecycle.create(inputs);
    while (life.simulator.rows("CH").every((row) => row["unique_name"] !== "eu")) await life.clock.sleep(100);
    const sid = String(life.simulator.rows("CH").find((row) => row["unique_name"] === "eu")?.sid);
    life.simulator.change(sid, { attributes: '{"a":2}' });
    await assert.rejects(creating, /differs in attributes/);
  });

  it("nobody is told that the next run takes over what this one could not look for", async () => {
    const agent = { type: "conversation", permissions: ["sendMessage"] };
    for (const [adopt, hint] of [
      ["never", /Set adopt: "matching" for the next `pulumi up`: it takes over what was created\.$/],
      ["matching", /Run `pulumi up` again: it takes over what was created\.$/],
    ] as const) {
      life.simulator.clearFaults();
      life.simulator.addFault(LOST);
      life.simulator.addFault({ method: "GET", route: "/v1/Roles", skip: 1, kind: "status", status: 403 });
      await assert.rejects(life.run(role).lifecycle.create({ ...agent, friendlyName: adopt, adopt }), {
        message: hint,
      });
    }
  });
});
