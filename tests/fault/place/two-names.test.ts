import { equal, rejects } from "node:assert/strict";
import { configuration, conversation, participant } from "../../../provider/resources";
import { useLife } from "../life";

/** `account` names credentials, and two of them can be of one account. */
describe("two names of one account", () => {
  const life = useLife();
  const twin = { account: "twin" };
  const run = () => {
    const { accountSid, authToken } = life.simulator.account;
    return life.run(
      conversation,
      {},
      { TWILIO_TWIN_ACCOUNT_SID: accountSid, TWILIO_TWIN_AUTH_TOKEN: authToken },
    );
  };

  it("keep the default service while something lives there by the other one", async () => {
    const { sid: later } = await life.account.service("later");
    const { of, lifecycle } = run();
    await lifecycle.create({ uniqueName: "support", ...twin });
    await rejects(of(configuration).create({ defaultChatServiceSid: later }), { name: "MismatchError" });
  });

  it("create in the default service that the other one has set", async () => {
    const { sid: later } = await life.account.service("later");
    const { sid: conversationSid } = await life.account.conversation("desk", `/Services/${later}`);
    const { of, lifecycle } = run();
    await lifecycle.create({ uniqueName: "first", serviceSid: later, ...twin });
    await of(configuration).create({ defaultChatServiceSid: later });
    // Twilio does not say it of a participant.
    const { state } = await of(participant).create({ conversationSid, identity: "alice", ...twin });
    equal(state["chatServiceSid"], later);
  });

  it("read what the other one has written", async () => {
    const { sid: conversationSid } = await life.account.conversation("desk");
    const { of } = run();
    const alice = await of(participant).create({ conversationSid, identity: "alice" });
    life.simulator.clock.advance(60_000);
    const later = run();
    await later.of(participant).read(alice.sid, alice.state);
    const inputs = { conversationSid, identity: "alice", attributes: { team: "sales" }, ...twin };
    await later.of(participant).update(alice.sid, { ...alice.state, ...twin }, inputs);
    const found = await later
      .of(participant)
      .read(alice.sid, { ...alice.state, attributes: { team: "support" } });
    equal(JSON.stringify(found?.state["attributes"]), '{"team":"sales"}');
  });
});
