import assert from "node:assert/strict";
import type { Definition } from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import { credential } from "../../../provider/resources/account/credential";
import { role } from "../../../provider/resources/service/role";
import { service } from "../../../provider/resources/service/service";
import { serviceConfiguration } from "../../../provider/resources/service/service-configuration";
import { useLife } from "../life";

/** An API key belongs to one account, whichever account the variables name: it answers a clean 404 for all others. */
describe("the API key of another account than the one that is named", () => {
  const life = useLife();
  let key: Record<string, string>;
  let serviceSid = "";
  beforeEach(async () => {
    const { apiKey, apiSecret } = life.simulator.addAccount();
    key = { TWILIO_AUTH_TOKEN: "", TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret };
    serviceSid = (await life.account.service("of its own")).sid;
  });

  const permissions = ["sendMessage"];
  const kinds: [Definition, () => JsonObject, JsonObject][] = [
    [
      role,
      () => ({ serviceSid, friendlyName: "agent", type: "conversation", permissions }),
      { permissions: ["leaveConversation"] },
    ],
    [service, () => ({ friendlyName: "desk" }), {}],
    [credential, () => ({ type: "fcm", friendlyName: "push", secret: "s" }), { friendlyName: "other" }],
    [serviceConfiguration, () => ({ serviceSid, reachabilityEnabled: true }), { reachabilityEnabled: false }],
  ];

  for (const [definition, declare, change] of kinds)
    it(`takes no ${definition.noun} for gone, and writes nothing`, async () => {
      const inputs = declare();
      const { sid, state } = await life.run(definition).lifecycle.create(inputs);
      life.simulator.clearRequests();
      const other = () => life.run(definition, {}, key).lifecycle;
      const mismatch = { name: "MismatchError", message: /they belong to account/ };
      await assert.rejects(other().read(sid, state), mismatch);
      await assert.rejects(other().delete(sid, state), mismatch);
      if (Object.keys(change).length > 0)
        await assert.rejects(other().update(sid, state, { ...inputs, ...change }), mismatch);
      const writes = life.simulator.requests().filter(({ method }) => method !== "GET");
      assert.deepEqual(writes, []);
    });
});
