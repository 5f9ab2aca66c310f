import { deepEqual, equal, match } from "node:assert/strict";
import { type Call, prepare, type Verb, verbsOf } from "../../../../provider/cli/try/call";
import { flagsOf, valueAt, withValue } from "../../../../provider/cli/try/flag";
import { rehearse } from "../../../../provider/cli/try/rehearsal";
import { type Definition, isSingleton } from "../../../../provider/core/definition/define";
import { isObject, type JsonObject } from "../../../../provider/core/json";
import { conversation, definitions, participant } from "../../../../provider/resources";
import { acceptedDeclarations } from "../../../types";
import { sidOf } from "../../../types/sids";

/** Of a declaration what can be said with an operation, by the policies of its fields. */
function sayable(definition: Definition, verb: Verb, declared: JsonObject): JsonObject {
  return flagsOf(definition)
    .filter(({ policy: { pathParameter: located, change } }) => {
      if (verb === "create") return true;
      return located === true || (verb === "update" && (change === "update" || change === "local"));
    })
    .reduce<JsonObject>((values, { path }) => {
      const value = valueAt(declared, path);
      return value === undefined ? values : withValue(values, path, value);
    }, {});
}

const STATUSES: Readonly<Record<Verb, number[]>> = {
  create: [201],
  update: [200],
  fetch: [200],
  list: [200],
  delete: [204],
};

/** A role is of one type: the declarations are for what does not ask. */
function asTwilioTakesIt(values: JsonObject): JsonObject {
  return "defaultChatServiceRoleSid" in values
    ? { ...values, defaultChatServiceRoleSid: sidOf("RL", 2) }
    : values;
}

function callOf(definition: Definition, verb: Verb, given: JsonObject): Call {
  const needsSid = !isSingleton(definition) && verb !== "create" && verb !== "list";
  const call = prepare(definition, verb, given, needsSid ? sidOf(definition.sidPrefix, 7) : undefined);
  if ("problems" in call) throw new Error(JSON.stringify(call.problems));
  return call;
}

describe("cli try: on the simulator", () => {
  for (const definition of definitions)
    for (const verb of verbsOf(definition))
      acceptedDeclarations(definition.type).forEach((declared, at) => {
        it(`${verb} of ${definition.type} succeeds with all that is declared (${at + 1})`, async () => {
          const call = callOf(definition, verb, asTwilioTakesIt(sayable(definition, verb, declared)));
          const { status, failure, requestId, answer } = await rehearse(call, definitions);
          equal(failure?.message, undefined);
          equal(STATUSES[verb].includes(status ?? 0), true, String(status));
          match(requestId ?? "", /^RQ/);
          equal(isObject(answer), verb !== "delete");
          if (verb === "list" && !isSingleton(definition) && isObject(answer))
            equal([answer[definition.listKey]].flat().length > 0, true);
          // What was given is what is told, although the simulator has its own SIDs.
          if (call.sid !== undefined && verb !== "delete")
            equal(JSON.stringify(answer).includes(call.sid), true);
        });
      });

  it("has what an update can still change: a conversation that is to be closed is open", async () => {
    const call = callOf(conversation, "update", { state: "closed", friendlyName: "done" });
    const { status, answer } = await rehearse(call, definitions);
    equal(status, 200);
    equal(isObject(answer) && answer["state"], "closed");
  });

  it("has no more than that: Twilio's own rules still count", async () => {
    const alone = { messagingBinding: { address: "+14155550123" }, groupMms: true };
    const call = callOf(participant, "create", { conversationSid: "support", ...alone });
    const { status, failure, answer } = await rehearse(call, definitions);
    deepEqual([status, failure?.twilioCode, answer], [403, 50452, undefined]);
  });
});
