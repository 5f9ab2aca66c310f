import { deepEqual } from "node:assert/strict";
import { adoptionsIn, type Holder, type Holders } from "../../../provider/cli/drift/adoption";
import type { Observation } from "../../../provider/cli/drift/observation";
import type { JsonObject } from "../../../provider/core/json";
import { Session } from "../../../provider/core/run/session";
import { useLife } from "../life";

const OLD = "2020-01-01T00:00:00Z";
const agent = { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] };

describe("What a review says that a create takes over", () => {
  const life = useLife();

  const created = (type: string, name: string, inputs: JsonObject): Observation => ({
    urn: `urn:pulumi:test::project::pulumi-nodejs:dynamic/twilio:${type}::${name}`,
    ...{ type, name, op: "create", outside: [], program: [] },
    planned: { id: "", inputs, outputs: {} },
  });
  const heldBy = (more: Pick<Holder, "isLettingGo" | "label">): Holder => ({
    observation: created("Role", "holder", {}),
    ...more,
  });
  /** The names of the resources, each with the object that its create takes over. */
  const takenOver = async (observations: readonly Observation[], holders: Holders = new Map()) => {
    const session = new Session(
      life.simulator.env,
      () => undefined,
      () => undefined,
      life.clock,
    );
    const adoptions = await adoptionsIn(session, observations, holders, new Map());
    return [...adoptions].map(([{ name }, { sid }]) => [name, sid]);
  };

  it("is what nobody holds, or whose resource lets go of it", async () => {
    const { sid } = await life.account.role("agent");
    const one = created("Role", "one", agent);
    deepEqual(await takenOver([one]), [["one", sid]]);
    deepEqual(await takenOver([one], new Map([[sid, heldBy({ isLettingGo: true })]])), [["one", sid]]);
    deepEqual(await takenOver([one], new Map([[sid, heldBy({ isLettingGo: false })]])), []);
  });

  it("is one object for one resource, however many declare the same", async () => {
    const one = await life.account.role("agent");
    const twins = ["first", "second", "third"].map((name) => created("Role", name, agent));
    deepEqual(await takenOver(twins), [["first", one.sid]]);
    await life.account.role("agent");
    deepEqual((await takenOver(twins)).length, 2);
  });

  it("is a member that a roster hands over, however old", async () => {
    const { sid: conversationSid } = await life.account.conversation("desk");
    const { sid: roleSid } = await life.account.role("agent");
    const { sid } = await life.account.post(`/Conversations/${conversationSid}/Participants`, {
      Identity: "alice",
      RoleSid: roleSid,
    });
    life.simulator.change(sid, { date_created: OLD });
    const alice = created("Participant", "alice", { conversationSid, identity: "alice", roleSid });
    const roster = heldBy({ isLettingGo: true, label: "a" });
    deepEqual(await takenOver([alice], new Map([[sid, roster]])), [["alice", sid]]);
    deepEqual(await takenOver([alice], new Map([[sid, { ...roster, isLettingGo: false }]])), []);
    deepEqual(await takenOver([alice]), []);
  });
});
