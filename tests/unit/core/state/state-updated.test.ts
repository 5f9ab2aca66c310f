import { deepEqual, equal } from "node:assert/strict";
import type { JsonObject } from "../../../../provider/core/json";
import { stateAfter } from "../../../../provider/core/state/state";
import { CH, RL, sidOf } from "../../../types/sids";
import { sortedText } from "../json-spelling";
import { created, participant, participantBody, place, refreshed, updated } from "./samples";

const alice: JsonObject = { conversationSid: CH, identity: "alice" };
const ADMIN = sidOf("RL", 9);

describe("engine: state after an update", () => {
  const inputs = { ...alice, attributes: { team: "support" } };
  const body = participantBody({ attributes: '{"team":"support"}' });
  const before = created(participant, inputs, body);

  it("does not bless drift of a declared field that it did not send", () => {
    const later = { ...inputs, roleSid: sidOf("RL", 2) };
    const drifted = { ...body, attributes: '{"team":"sales"}', role_sid: sidOf("RL", 2) };
    const state = updated(participant, before, later, ["roleSid"], drifted);
    deepEqual(state["attributes"], { team: "support" });
    deepEqual(refreshed(participant, state, drifted).inputs, { ...later, attributes: { team: "sales" } });
  });

  it("does not bless drift of a role that the program leaves open", () => {
    const later = { ...inputs, attributes: { team: "sales" } };
    const drifted = { ...body, attributes: '{"team":"sales"}', role_sid: ADMIN };
    const state = updated(participant, before, later, ["attributes"], drifted);
    deepEqual([state["roleSid"], state["assigned"]], [RL, { roleSid: RL }]);
    deepEqual(refreshed(participant, state, drifted).inputs, { ...later, roleSid: ADMIN });
  });

  it("remembers the default role that took the place of a declared one", () => {
    const declared = created(participant, { ...alice, roleSid: ADMIN }, participantBody({ role_sid: ADMIN }));
    const state = updated(participant, declared, alice, ["roleSid"], participantBody());
    equal(sortedText(state), sortedText(created(participant, alice, participantBody())));
  });

  it("no longer watches a role by its old value once the program declares one", () => {
    const state = updated(participant, before, { ...inputs, roleSid: ADMIN }, ["roleSid"], {
      ...body,
      role_sid: ADMIN,
    });
    deepEqual([state["roleSid"], state["assigned"]], [ADMIN, undefined]);
  });

  it("forgets what only the program knew of, once it drops it and nothing is sent", () => {
    const read = created(participant, { ...alice, lastReadMessageIndex: 3 }, participantBody());
    const answer = { inputs: alice, live: undefined, location: place, previous: read, isSent: () => false };
    const state = stateAfter(participant, answer);
    equal(sortedText(state), sortedText(created(participant, alice, participantBody())));
  });

  it("keeps what Twilio said by itself of what nobody declares", () => {
    const read = created(participant, alice, participantBody({ last_read_message_index: 3 }));
    const answer = { inputs: alice, live: undefined, location: place, previous: read, isSent: () => false };
    equal(stateAfter(participant, answer)["lastReadMessageIndex"], 3);
  });

  it("keeps Twilio's other spelling of a binding that it did not send", () => {
    const bound = { conversationSid: CH, messagingBinding: { address: "rcs:+1", proxyAddress: "rcs:brand" } };
    const answer = participantBody({
      identity: null,
      messaging_binding: { type: "sms", address: "+1", proxy_address: "+2" },
    });
    const state = updated(
      participant,
      created(participant, bound, answer),
      { ...bound, attributes: {} },
      ["attributes"],
      answer,
    );
    deepEqual(refreshed(participant, state, answer).inputs, { ...bound, attributes: {} });
  });
});
