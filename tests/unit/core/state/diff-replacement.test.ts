import { deepEqual, match } from "node:assert/strict";
import { fromResponse } from "../../../../provider/core/api/codec";
import { type Definition, fieldsOf } from "../../../../provider/core/definition/define";
import { UNKNOWN } from "../../../../provider/core/engine-transport";
import type { JsonObject } from "../../../../provider/core/json";
import { diff } from "../../../../provider/core/state/diff";
import { stateRefreshed } from "../../../../provider/core/state/state";
import { definitions } from "../../../../provider/resources";
import { everyField } from "../../../types";
import { CH, sidOf } from "../../../types/sids";
import { conversation, conversationBody, created, participant, participantBody, place } from "./samples";

describe("engine: diff of what replaces", () => {
  for (const definition of definitions as readonly Definition[])
    for (const { name } of fieldsOf(definition).filter(({ policy }) => policy.change === "replace")) {
      const { [name]: value, ...rest } = everyField(definition.type);
      const state: JsonObject = { ...rest, [name]: value };
      const others = {
        ...rest,
        [name]: name === "messagingBinding" ? { address: "+9", proxyAddress: "+8" } : "other",
      };
      const { replacement } = definition;
      const warning = typeof replacement === "function" ? replacement(state) : replacement;
      const isOptional = definition.schema.shape[name]?.safeParse(undefined).success === true;
      it(`replaces a ${definition.noun} when ${name} changes or is unknown`, () => {
        deepEqual(diff(definition, state, others), {
          changes: undefined,
          replaces: [name],
          warning,
        });
        deepEqual(diff(definition, state, { ...rest, [name]: UNKNOWN }), {
          changes: undefined,
          replaces: [name],
          warning,
        });
      });
      if (isOptional)
        it(`replaces a ${definition.noun} when ${name} comes, known or not, or goes`, () => {
          deepEqual(diff(definition, state, rest).replaces, [name]);
          deepEqual(diff(definition, rest, state).replaces, [name]);
          deepEqual(diff(definition, rest, { ...rest, [name]: UNKNOWN }).replaces, [name]);
        });
    }

  for (const member of ["address", "proxyAddress", "projectedAddress"]) {
    it(`replaces a participant when messagingBinding.${member} changes or is unknown`, () => {
      const { messagingBinding, ...rest } = everyField("Participant") as JsonObject & {
        messagingBinding: JsonObject;
      };
      const state = { ...rest, messagingBinding };
      for (const value of ["+9", UNKNOWN]) {
        const inputs = { ...rest, messagingBinding: { ...messagingBinding, [member]: value } };
        deepEqual(diff(participant, state, inputs).replaces, ["messagingBinding"]);
      }
    });
  }

  it("updates where what is unknown can change in place", () => {
    const alice = { conversationSid: CH, identity: "alice" };
    const state = created(participant, alice, participantBody());
    for (const later of [{ roleSid: UNKNOWN }, { attributes: { a: UNKNOWN } }, { attributes: UNKNOWN }])
      deepEqual(diff(participant, state, { ...alice, ...later }), {
        changes: undefined,
        replaces: [],
        warning: undefined,
      });
  });

  it("names every replacing field that changes", () => {
    const state = created(participant, { conversationSid: CH, identity: "alice" }, participantBody());
    deepEqual(diff(participant, state, { conversationSid: sidOf("CH", 2), identity: "bob" }).replaces, [
      "conversationSid",
      "identity",
    ]);
  });
});

describe("engine: diff of a conversation that was closed", () => {
  const closedOf = (inputs: JsonObject, body: Record<string, unknown> = {}) => {
    const state = created(conversation, inputs, conversationBody(body));
    return stateRefreshed(
      conversation,
      state,
      fromResponse(conversation, conversationBody({ ...body, state: "closed" })),
      place,
    ).state;
  };

  it("shows it, to be refused, without onClosed", () => {
    for (const inputs of [{}, { state: "active" }, { onClosed: "fail" }]) {
      const { changes, replaces } = diff(conversation, closedOf(inputs), inputs);
      deepEqual([changes, replaces], [undefined, []]);
      match(conversation.rejectUpdate?.(closedOf(inputs), inputs, []) ?? "", /closed/);
    }
  });

  it("replaces it with onClosed, and says what is lost", () => {
    const inputs = { onClosed: "replace" };
    const { changes, replaces, warning } = diff(conversation, closedOf(inputs), inputs);
    deepEqual([changes, replaces], [undefined, ["state"]]);
    match(warning ?? "", /all its messages are lost/);
  });

  it("finds nothing where the program closed it itself", () => {
    const inputs = { state: "closed", onClosed: "replace" };
    deepEqual(
      diff(conversation, created(conversation, inputs, conversationBody({ state: "closed" })), inputs),
      {
        changes: false,
        replaces: [],
      },
    );
  });
});
