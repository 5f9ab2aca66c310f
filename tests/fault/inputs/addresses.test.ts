import { deepEqual, equal, match, ok } from "node:assert/strict";
import { prepare } from "../../../provider/cli/try/call";
import { validate } from "../../../provider/core/definition/validate";
import type { JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { checkMembers } from "../../../provider/core/roster/check";
import {
  addressConfiguration,
  participant,
  roster,
  user,
  userConversation,
} from "../../../provider/resources";
import { Fixture, type FormFields } from "../../contract/sdk/client";
import { CH } from "../../types/sids";
import { problemsOf } from "../../unit/members-file/member-file";
import { NO_LONG_CODES, WRONG_CONFIGURED, WRONG_IDENTITIES, WRONG_NUMBERS } from "./wrong-addresses";

type Member = { identity?: string; messagingBinding?: Record<string, string>; groupMms?: boolean };

/** Every way of declaring a member that needs no engine, by the problems that the user reads. */
const WAYS: Readonly<Record<string, (member: Member) => string[]>> = {
  Participant: (member) =>
    validate(participant, {}, { conversationSid: CH, ...member } as JsonObject).problems.map(describeProblem),
  Roster: (member) =>
    checkMembers(roster, {}, { conversationSid: CH, members: { one: member } } as JsonObject).problems.map(
      describeProblem,
    ),
  "a CSV file": (member) => {
    const { identity, messagingBinding, groupMms } = member;
    const cells = Object.entries({ label: "one", identity, ...messagingBinding, groupMms }).filter(
      ([, value]) => value !== undefined,
    );
    const quoted = cells.map(([, value]) => `"${String(value).replaceAll('"', '""')}"`);
    return problemsOf(".csv", `${cells.map(([name]) => name).join(",")}\n${quoted.join(",")}`);
  },
  "a JSON file": (member) => problemsOf(".json", JSON.stringify({ one: member })),
  try: (member) => {
    const call = prepare(participant, "create", { conversationSid: CH, ...member } as JsonObject);
    return "problems" in call ? call.problems.map(describeProblem) : [];
  },
};

const SENDER = "+14155550100";

/** A member with this in the field, and right but for that. */
function memberWith(field: string, value: string): Member {
  const other = /^\s*whatsapp:/i.test(value) ? `whatsapp:${SENDER}` : SENDER;
  switch (field) {
    case "identity":
      return { identity: value };
    case "address":
      return {
        messagingBinding: {
          address: value,
          ...(!value.includes("@") && { proxyAddress: sameChannel(value, other) }),
        },
      };
    case "proxyAddress":
      return { messagingBinding: { address: sameChannel(value, other), proxyAddress: value } };
    default:
      return { identity: "alice", messagingBinding: { projectedAddress: value } };
  }
}

function sameChannel(value: string, other: string): string {
  const prefix = /^(messenger|rcs|gbm|chat):/.exec(value)?.[0];
  return prefix === undefined ? other : `${prefix}1`;
}

function formOf({ identity, messagingBinding = {} }: Member): FormFields {
  const named = Object.entries(messagingBinding).map(([name, value]) => [
    `MessagingBinding.${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
    value,
  ]);
  return { ...(identity !== undefined && { Identity: identity }), ...Object.fromEntries(named) };
}

type Wrong = readonly [field: string, value: string, seen: RegExp, code: number | undefined];

const WRONGS: readonly Wrong[] = [
  ...WRONG_NUMBERS.map(([value, seen]): Wrong => ["address", value, seen, 50407]),
  // With an e-mail address for a sender, whatever its form, it is another channel.
  ...WRONG_NUMBERS.filter(([value]) => !value.includes("@")).map(
    ([value, seen]): Wrong => ["proxyAddress", value, seen, 50408],
  ),
  ...WRONG_NUMBERS.filter(([value]) => !/^(whatsapp|messenger|rcs|chat|tel|sms|mailto):|@/i.test(value)).map(
    ([value, seen]): Wrong => ["projectedAddress", value, seen, 50407],
  ),
  ...NO_LONG_CODES.map(([value, seen]): Wrong => ["projectedAddress", value, seen, 50407]),
  ...WRONG_IDENTITIES.map(([value, seen, code]): Wrong => ["identity", value, seen, code]),
];

describe("addresses and identities that Twilio refuses", () => {
  let fixture: Fixture;
  let members: string;
  before(async () => {
    fixture = await Fixture.start({ switches: { groupMms: true } });
    members = `${await fixture.conversation()}/Participants`;
  });
  after(() => fixture.close());

  for (const [field, value, seen, code] of WRONGS)
    it(`are refused everywhere: ${JSON.stringify(value)} as ${field}`, async () => {
      const member = memberWith(field, value);
      for (const [way, problems] of Object.entries(WAYS)) {
        const [told = "", ...further] = problems(member);
        match(told, seen, way);
        ok(told.includes(`${field}: `), `${way}: ${told}`);
        equal(/\(Twilio error (\d+)\)/.exec(told)?.[1], code === undefined ? undefined : String(code), way);
        deepEqual(further, [], way);
        // What a hint says for all may hold a few letters of it.
        if (value.length > 9) ok(!told.includes(value), told);
      }
      const { status, body } = await fixture.send("POST", members, formOf(member));
      deepEqual([status, body.code], [400, code ?? 20001]);
    });

  for (const [value, seen, code] of WRONG_IDENTITIES) {
    it(`are refused of a user: ${JSON.stringify(value)}`, async () => {
      const { problems } = validate(user, {}, { identity: value });
      deepEqual(
        problems.map(({ path, twilioCode }) => [path, twilioCode]),
        [["identity", code]],
      );
      match(problems.map(describeProblem).join(), seen);
      const { status, body } = await fixture.send("POST", "/v1/Users", { Identity: value });
      deepEqual([status, body.code], [400, code ?? 20001]);
    });
    if (code !== 50206)
      it(`are refused of who has a setting: ${JSON.stringify(value)}`, () => {
        const { problems } = validate(userConversation, {}, { userSid: value, conversationSid: CH });
        deepEqual(
          problems.map(({ path, twilioCode }) => [path, twilioCode]),
          [["userSid", code]],
        );
      });
  }

  for (const [type, value] of WRONG_CONFIGURED)
    it(`are refused of an address configuration: ${JSON.stringify(value)} for ${type}`, async () => {
      const { problems } = validate(addressConfiguration, {}, { type, address: value });
      deepEqual(
        problems.map(({ path, twilioCode }) => [path, twilioCode]),
        [["address", 20001]],
      );
      ok(problems.every(({ hint = "" }) => hint !== ""));
      const { status, body } = await fixture.send("POST", "/v1/Configuration/Addresses", {
        Type: type,
        Address: value,
      });
      deepEqual([status, body.code], [400, 20001]);
    });

  for (const [value] of NO_LONG_CODES)
    it(`are refused alone in a group MMS: ${value}`, async () => {
      for (const [way, problems] of Object.entries(WAYS)) {
        const told = problems({ messagingBinding: { address: value }, groupMms: true });
        match(told.join(), /address: is no number of the US or Canada.*\(Twilio error 50407\)/, way);
      }
      const { body } = await fixture.send("POST", members, { "MessagingBinding.Address": value });
      equal(body.code, 50407);
    });
});
