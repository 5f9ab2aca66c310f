import { deepEqual, equal, match, rejects } from "node:assert/strict";
import type { Definition } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import { Lifecycle } from "../../../../provider/core/lifecycle/lifecycle";
import { Session } from "../../../../provider/core/run/session";
import { AC, CH, MB, sidOf } from "../../../types/sids";
import { sortedText } from "../json-spelling";
import { conversation, conversationBody, created, participant, participantBody } from "../state/samples";

const alice: JsonObject = { conversationSid: "support", identity: "alice" };
/** Nothing listens there: whatever is sent fails. */
const NOWHERE = { TWILIO_CONVERSATIONS_URL: "https://127.0.0.1:1" };
const LOGIN = { TWILIO_ACCOUNT_SID: AC, TWILIO_AUTH_TOKEN: "CANARY-token" };

function life(definition: Definition, env: Record<string, string> = { ...NOWHERE, ...LOGIN }) {
  const notes: string[] = [];
  const session = new Session(
    env,
    () => undefined,
    (message) => notes.push(message),
  );
  return { lifecycle: new Lifecycle(definition, session), notes, session };
}

function stored(definition: Definition, inputs: JsonObject, body: Record<string, unknown>): JsonObject {
  return { ...created(definition, inputs, body), origin: "https://127.0.0.1:1" };
}

describe("engine: an update that sends nothing", () => {
  it("keeps all that is known of a participant, and its conversation's SID", async () => {
    const state = stored(participant, alice, participantBody());
    const after = await life(participant).lifecycle.update(MB, state, { ...alice, webhookEnabled: true });
    equal(sortedText(after), sortedText({ ...state, webhookEnabled: true }));
    equal(after["resolvedConversationSid"], CH);
  });

  it("keeps when a conversation's timers run out", async () => {
    const inputs = { timers: { inactive: "PT30M" } };
    const timers = { date_inactive: "2026-01-02T03:34:05Z" };
    const state = stored(conversation, inputs, conversationBody({ timers }));
    const after = await life(conversation).lifecycle.update(CH, state, { ...inputs, onClosed: "replace" });
    equal(sortedText(after), sortedText({ ...state, onClosed: "replace" }));
  });
});

describe("engine: an update that cannot be", () => {
  it("says why, before anything is sent", async () => {
    const state = { ...stored(conversation, {}, conversationBody()), state: "closed" };
    await rejects(life(conversation).lifecycle.update(CH, state, { friendlyName: "a" }), {
      name: "RefusedUpdateError",
      message: new RegExp(`^cannot update conversation ${CH}\\. It is closed, .*onClosed: "replace"`),
    });
  });
});

describe("engine: another place than the state's", () => {
  const places: [string, JsonObject][] = [
    ["account", { accountSid: sidOf("AC", 2) }],
    ["region", { region: "ie1" }],
    ["API", { origin: "https://conversations.twilio.com" }],
  ];
  for (const [kind, differing] of places) {
    const state = { ...stored(participant, alice, participantBody()), ...differing };
    const expected = {
      name: "MismatchError",
      message: new RegExp(
        `is of ${kind} \\S+, the credentials in use reach ${kind} \\S+\\. Nothing was sent\\. Use`,
      ),
    };
    it(`of another ${kind} is refused by every operation, and both sides are named`, async () => {
      const { lifecycle } = life(participant);
      await rejects(async () => lifecycle.diff(MB, state, alice), expected);
      await rejects(lifecycle.read(MB, state), expected);
      await rejects(lifecycle.update(MB, state, { ...alice, roleSid: sidOf("RL", 2) }), expected);
      await rejects(lifecycle.delete(MB, state), expected);
    });
  }
});

describe("engine: check without credentials", () => {
  it("accepts the program, and says once that nothing was verified", () => {
    const { lifecycle, notes } = life(participant, NOWHERE);
    deepEqual(lifecycle.check({}, alice), { inputs: alice, failures: [] });
    deepEqual(lifecycle.check({}, { ...alice, identity: "bob" }).failures, []);
    equal(notes.length, 1);
    match(notes[0] ?? "", /^No Twilio credentials.*nothing was verified against Twilio/);
  });

  it("names half credentials beside what is wrong with the program, in full once", () => {
    const { lifecycle } = life(participant, { ...NOWHERE, TWILIO_ACCOUNT_SID: AC });
    const first = lifecycle.check({}, { ...alice, roleSid: "x" }).failures;
    deepEqual([first.length, first.some((text) => text.startsWith("roleSid: "))], [2, true]);
    match(first[1] ?? "", /TWILIO_AUTH_TOKEN/);
    deepEqual(lifecycle.check({}, alice).failures, [
      "the credentials or settings are wrong, as another resource of this run reports.",
    ]);
    deepEqual(lifecycle.check({}, alice, true).failures, []);
  });
});

describe("engine: claims over a run", () => {
  it("keep what a checked resource holds from a delete, and say so", async () => {
    const { lifecycle, notes } = life(participant);
    const state = stored(participant, alice, participantBody());
    const { inputs } = lifecycle.check(alice, alice);
    equal(lifecycle.diff(MB, state, inputs).changes, false);
    await lifecycle.delete(MB, state);
    deepEqual(notes, [`participant ${MB} was kept: another resource of this program manages it.`]);
  });

  it("do not keep what only a refresh compared, or what is replaced", async () => {
    const { lifecycle, session } = life(participant);
    const state = stored(participant, alice, participantBody());
    lifecycle.diff(MB, state, alice);
    equal(session.ownership.has(participant, MB), false);
    const { inputs } = lifecycle.check(alice, { ...alice, identity: "bob" });
    deepEqual(lifecycle.diff(MB, state, inputs).replaces, ["identity"]);
    equal(session.ownership.has(participant, MB), false);
  });
});
