import { equal, match } from "node:assert/strict";
import { type Definition, fieldsOf } from "../../../../provider/core/definition/define";
import { validate } from "../../../../provider/core/definition/validate";
import type { JsonObject } from "../../../../provider/core/json";
import { describeProblem } from "../../../../provider/core/problem";
import { definitions } from "../../../../provider/resources";
import { CH, RL, sidOf } from "../../../types/sids";
import { conversation, participant, role } from "../state/samples";

const alice: JsonObject = { conversationSid: CH, identity: "alice" };
const agent: JsonObject = { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] };

function texts(definition: Definition, news: JsonObject): string[] {
  return validate(definition, {}, news).problems.map(describeProblem);
}

describe("engine: what a check says is wrong", () => {
  const single: [string, Definition, JsonObject, RegExp][] = [
    ["a missing property", participant, { identity: "a" }, /^conversationSid: is required\. Give it a value/],
    [
      "a missing choice",
      role,
      { friendlyName: "a", permissions: ["a"] },
      /^type: is required \(Twilio error 50105\)\. Use conversation, service\.$/,
    ],
    ["a wrong type", participant, { ...alice, roleSid: 5 }, /^roleSid: is a number\. Give a string\.$/],
    [
      "a list for a text",
      role,
      { ...agent, friendlyName: ["a"] },
      /^friendlyName: is a list\. Give a string\.$/,
    ],
    ["a text for a list", role, { ...agent, permissions: "a" }, /^permissions: is a string\. Give a list\.$/],
    [
      "a text for a group",
      participant,
      { ...alice, messagingBinding: "a" },
      /: is a string\. Give an object\.$/,
    ],
    [
      "null in a list",
      role,
      { ...agent, permissions: [null] },
      /^permissions\.0: is null\. Give a string\.$/,
    ],
    ["a text for yes or no", participant, { ...alice, groupMms: "yes" }, /: is a string\. Give a boolean\.$/],
    [
      "attributes that are no JSON, by their place",
      participant,
      { ...alice, attributes: "{a:1}" },
      /^attributes: is not valid JSON at character 2 \(Twilio error 50304\)\. Give an object, or text/,
    ],
    [
      "a role by its name",
      participant,
      { ...alice, roleSid: "channel admin" },
      /^roleSid: is no RL SID \(Twilio error 50109\)\. Give RL followed by 32 hexadecimal digits: the id of the Role, or the sid that getRole finds\.$/,
    ],
    [
      "the SID of another kind",
      participant,
      { ...alice, roleSid: sidOf("MB") },
      /^roleSid: is the SID of a participant, no RL SID \(Twilio error 50109\)/,
    ],
    [
      "the SID of a user",
      participant,
      { ...alice, conversationSid: sidOf("US") },
      /^conversationSid: is the SID of a user, neither a CH SID nor a unique name/,
    ],
    [
      "the SID of what Twilio has besides",
      conversation,
      { messagingServiceSid: sidOf("AC") },
      /^messagingServiceSid: is the SID of an account, no MG SID .*digits, the SID of a messaging service\.$/,
    ],
    [
      "the SID of nobody knows what",
      participant,
      { ...alice, roleSid: sidOf("QQ") },
      /^roleSid: is no RL SID/,
    ],
    ["half a character", role, { ...agent, friendlyName: "\ud83d" }, /^friendlyName: holds half of a char/],
    ["a wrong choice", participant, { ...alice, adopt: "yes" }, /^adopt: .*Use matching, always, never\./],
    [
      "a misspelt property",
      participant,
      { ...alice, role_sid: RL },
      /^role_sid: is not a property of Participant\. Did you mean roleSid\?$/,
    ],
    [
      "an unknown property",
      participant,
      { ...alice, colour: "red" },
      /^colour: is not a property of Participant\. It has conversationSid, identity, /,
    ],
    [
      "a misspelt nested property",
      participant,
      { ...alice, messagingBinding: { ProjectedAddress: "+14155550123" } },
      /^messagingBinding\.ProjectedAddress: .*Did you mean projectedAddress\?$/,
    ],
    [
      "an unknown nested property",
      participant,
      { ...alice, messagingBinding: { phone: "+14155550123", projectedAddress: "+14155550123" } },
      /^messagingBinding\.phone: .*It has address, proxyAddress, projectedAddress\.$/,
    ],
    [
      "an unknown deeply nested property",
      conversation,
      { bindings: { email: { adress: "x" } } },
      /^bindings\.email\.adress: .*Did you mean address\?$/,
    ],
    [
      "a property that is misspelt by a letter",
      conversation,
      { unqueName: "desk" },
      /^unqueName: is not a property of Conversation\. Did you mean uniqueName\?$/,
    ],
    [
      "a deeply nested property that is like none",
      conversation,
      { bindings: { email: { colour: "x" } } },
      /^bindings\.email\.colour: .*It has address, name\.$/,
    ],
    [
      "an empty list",
      role,
      { ...agent, permissions: [] },
      /^permissions: is not valid. Give at least one permission\.$/,
    ],
    [
      "an empty item",
      role,
      { ...agent, permissions: ["a", ""] },
      /^permissions\.1: must not be empty \(Twilio error 50104\)/,
    ],
    [
      "a bad account name",
      participant,
      { ...alice, account: "1 2" },
      /^account: is not valid\. An account name has letters/,
    ],
    [
      "a bad service",
      role,
      { ...agent, serviceSid: CH },
      /^serviceSid: is the SID of a conversation, no IS SID .*, or the sid that getService finds\.$/,
    ],
  ];
  for (const [what, definition, news, text] of single) {
    it(`refuses ${what} in one sentence with the hint`, () => {
      const found = texts(definition, news);
      equal(found.length, 1, found.join("\n"));
      match(found[0] ?? "", text);
    });
  }

  for (const definition of definitions)
    it(`offers every property of a ${definition.noun} for a misspelling of it`, () => {
      for (const { name, policy } of fieldsOf(definition)) {
        if (policy.internal === true) continue;
        const misspelt = `${name.slice(0, 2)}${name.slice(3)}`;
        if (fieldsOf(definition).some((entry) => entry.name === misspelt)) continue;
        const told = texts(definition, { [misspelt]: "x" }).find((text) => text.startsWith(`${misspelt}: `));
        match(told ?? "", new RegExp(`Did you mean ${name}\\?$`));
      }
    });
});
