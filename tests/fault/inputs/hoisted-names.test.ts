import { deepEqual, equal, ok } from "node:assert/strict";
import { prepare } from "../../../provider/cli/try/call";
import { fieldValue, flagsOf } from "../../../provider/cli/try/flag";
import { validate } from "../../../provider/core/definition/validate";
import { joined } from "../../../provider/core/engine-transport";
import type { Json, JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { checkMembers } from "../../../provider/core/roster/check";
import { conversation, participant, roster, user } from "../../../provider/resources";
import { message } from "../../../provider/resources/conversation/message";
import { CH } from "../../types/sids";
import { problemsOf } from "../../unit/members-file/member-file";
import { type Outcome, outcomesOfProgram } from "./declared-values";
import { HOISTED } from "./hoisted-names";

const WHY = "has a name that Pulumi keeps for itself or cannot show. Use another name.";

const told = (problems: Parameters<typeof describeProblem>[0][]) => problems.map(describeProblem);
const typed = (text: Json): Json => {
  const flag = flagsOf(participant).find(({ path }) => path === "attributes");
  ok(flag);
  return fieldValue(flag, String(text));
};
const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** Every way of declaring attributes that is checked without a program, by the problems that the user reads. */
const WAYS: Readonly<Record<string, (attributes: unknown) => string[]>> = {
  Participant: (attributes) =>
    told(
      validate(participant, {}, { conversationSid: CH, identity: "alice", attributes } as JsonObject)
        .problems,
    ),
  Conversation: (attributes) => told(validate(conversation, {}, { attributes } as JsonObject).problems),
  Message: (attributes) =>
    told(validate(message, {}, { conversationSid: CH, body: "hello", attributes } as JsonObject).problems),
  User: (attributes) => told(validate(user, {}, { identity: "alice", attributes } as JsonObject).problems),
  Roster: (attributes) => {
    const members = { one: { identity: "alice", attributes } };
    return told(checkMembers(roster, {}, { conversationSid: CH, members } as JsonObject).problems);
  },
  "a CSV file": (attributes) =>
    problemsOf(".csv", `label,identity,attributes\none,alice,"${asText(attributes).replaceAll('"', '""')}"`),
  "a JSON file": (attributes) =>
    problemsOf(".json", `{"one": {"identity": "alice", "attributes": ${asText(attributes)}}}`),
  "JSON text in a JSON file": (attributes) =>
    problemsOf(
      ".json",
      `{"one": {"identity": "alice", "attributes": ${JSON.stringify(asText(attributes))}}}`,
    ),
  try: (attributes) => {
    const given = { conversationSid: CH, identity: "alice", attributes: typed(asText(attributes)) };
    const call = prepare(participant, "create", given);
    return "problems" in call ? told(call.problems) : [];
  },
};
const PREFIXES: Readonly<Record<string, string>> = {
  Roster: "members.one.",
  "a CSV file": "2: ",
  "a JSON file": "1: one.",
  "JSON text in a JSON file": "1: one.",
};

describe("__proto__ as a name in attributes", () => {
  for (const [name, attributes, path] of HOISTED) {
    it(`is refused by every check: ${name}`, () => {
      for (const [way, problems] of Object.entries(WAYS))
        deepEqual(problems(attributes), [`${PREFIXES[way] ?? ""}${joined("attributes", path)}: ${WHY}`], way);
    });

    it(`is left where it is stored already, for ignoreChanges: ${name}`, () => {
      const inputs = { conversationSid: CH, identity: "alice", attributes: attributes as Json };
      deepEqual(validate(participant, inputs, inputs).problems, []);
      equal(validate(participant, { ...inputs, attributes: { a: 1 } }, inputs).problems.length, 1);
    });
  }

  it("is no key of a CSV column", () =>
    deepEqual(problemsOf(".csv", "identity,attributes.__proto__\nalice,x"), [
      `2: attributes.__proto__: ${WHY}`,
    ]));

  describe("in a program", () => {
    let outcomes: Readonly<Record<string, Outcome>>;
    before(function () {
      this.timeout(120_000);
      outcomes = outcomesOfProgram();
    });
    for (const [name] of HOISTED)
      it(`is refused in every way of declaring: ${name}`, () => {
        const found = Object.entries(outcomes).filter(([key]) => key.endsWith(`: ${name}`));
        ok(found.length >= 3);
        for (const [key, { place, errors, ...rest }] of found) {
          deepEqual(errors, [`${place}: ${WHY}`], key);
          equal("sent" in rest, false, key);
        }
      });
  });
});
