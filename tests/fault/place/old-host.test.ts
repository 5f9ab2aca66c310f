import assert from "node:assert/strict";
import { readSettings, type Settings } from "../../../provider/core/api/settings";
import type { JsonObject } from "../../../provider/core/json";
import { Lifecycle as ObjectLifecycle } from "../../../provider/core/lifecycle/lifecycle";
import type { ResourceProvider as Lifecycle } from "../../../provider/core/lifecycle/operations";
import { RosterLifecycle } from "../../../provider/core/roster/lifecycle";
import { Session } from "../../../provider/core/run/session";
import { definitions, roster } from "../../../provider/resources";
import { driftedDeclarations } from "../../types";
import { makeWorld } from "../../types/drifted";
import { useLife } from "../life";

const RECORDED = "https://conversations.ie1.twilio.com";
const PRESENT = "https://conversations.dublin.ie1.twilio.com";

/** Version 0.1.0 asked a region by a host without its city, and recorded that. */
describe("a state of before a region's host had its city", () => {
  const life = useLife({ switches: { groupMms: true } });

  /** A run in the region, whose requests reach the simulator all the same. */
  function run(): Session {
    const session = new Session(
      life.simulator.env,
      () => undefined,
      () => {},
      life.clock,
    );
    const inRegion = readSettings({ TWILIO_REGION: "ie1" }, () => undefined);
    const settings: Settings = { ...inRegion, origin: life.simulator.url };
    Object.defineProperty(session, "settings", { value: settings });
    return session;
  }
  const lifecycles = () => {
    const session = run();
    return [
      ...definitions.map((definition): [string, Lifecycle] => [
        definition.type,
        new ObjectLifecycle(definition, session),
      ]),
      [roster.type, new RosterLifecycle(roster, session)] as [string, Lifecycle],
    ];
  };

  it("is of the same place, for every type and operation", async () => {
    const world = await makeWorld(life.account);
    const types = lifecycles().map(([type]) => type);
    for (const type of types) {
      const declared =
        type === roster.type ? membersOf(world.desk) : (driftedDeclarations(type, world)[0]?.inputs ?? {});
      const of = () => new Map(lifecycles()).get(type) as Lifecycle;
      const { inputs, failures } = of().check({}, declared);
      assert.deepEqual(failures, [], type);
      const { sid, state } = await of().create(inputs);
      assert.equal(state["origin"], PRESENT, type);
      const old: JsonObject = { ...state, origin: RECORDED };
      assert.equal(of().diff(sid, old, inputs).changes, false, type);
      assert.deepEqual((await of().read(sid, old))?.state, old, type);
      await of().update(sid, old, inputs);
      await of().delete(sid, old);
    }
  });
});

function membersOf(conversationSid: string): JsonObject {
  return { conversationSid, members: { zoe: { identity: "zoe" } } };
}
