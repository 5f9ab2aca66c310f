import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import type { Definition } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import { addressConfiguration } from "../../../../provider/resources/account/address-configuration";
import { conversation } from "../../../../provider/resources/conversation/conversation";
import { participant } from "../../../../provider/resources/conversation/participant";
import { role } from "../../../../provider/resources/service/role";
import { user } from "../../../../provider/resources/service/user";
import { measured } from "../../../support/soak";
import { useLife } from "../../life";

/** What can have a name, and where Twilio keeps it. */
const KINDS: readonly [Definition, string, (name: string, conversationSid: string) => JsonObject][] = [
  [conversation, "Conversations", (uniqueName) => ({ uniqueName })],
  [participant, "Participants", (identity, conversationSid) => ({ conversationSid, identity })],
  [user, "Users", (identity) => ({ identity })],
  [role, "Roles", (friendlyName) => ({ friendlyName, type: "conversation", permissions: ["sendMessage"] })],
  [addressConfiguration, "Addresses", (address) => ({ type: "messenger", address })],
];

describe("Names that are the SIDs of living objects", () => {
  const life = useLife();

  it("reach none of these, in any spelling", async () => {
    const { sid: home } = await life.account.conversation("home");
    const victims: { sid: string; state: JsonObject; definition: Definition; route: string }[] = [];
    for (const [definition, collection, declared] of KINDS) {
      const made = await life.run(definition).lifecycle.create(declared("victim", home));
      victims.push({ ...made, definition, route: `${collection}/${made.sid}` });
    }
    let [taken, refused] = [0, 0];
    for (const { sid, route } of victims)
      for (const name of [sid, sid.toUpperCase(), `${sid.slice(0, 2).toLowerCase()}${sid.slice(2)}`]) {
        life.simulator.clearRequests();
        for (const [definition, , declared] of KINDS) {
          const given = declared(name, home);
          const { inputs, failures } = life.run(definition).lifecycle.check({}, given);
          if (failures.length > 0) {
            refused += 1;
            continue;
          }
          const made = await life.run(definition).lifecycle.create(inputs);
          notEqual(made.sid, sid);
          await life.run(definition).lifecycle.delete(made.sid, made.state);
          taken += 1;
        }
        // `/Users/CH…` is the identity that was meant, and no other object's route.
        const astray = life.simulator.requests().filter(({ path }) => path.includes(route));
        deepEqual(
          astray.map(({ method, path }) => `${method} ${path}`),
          [],
        );
      }
    for (const { sid, state, definition } of victims)
      deepEqual((await life.run(definition).lifecycle.read(sid, state))?.state, state);
    ok(taken > 0);
    equal(taken + refused, 3 * victims.length * KINDS.length);
    measured("Names that are SIDs of living objects", `${taken} taken, ${refused} refused, 0 astray`);
  });
});
