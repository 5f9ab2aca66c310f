import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { invisibleIn } from "../../../provider/core/definition/invisible-characters";
import { validate } from "../../../provider/core/definition/validate";
import type { JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { addressConfiguration, participant, user } from "../../../provider/resources";
import { startSimulator } from "../../../simulator";
import { unseen } from "../../../simulator/rules/unseen";
import { seed } from "../../support/soak";
import { TwilioAccount } from "../../support/twilio-account";
import { CH } from "../../types/sids";
import { membersOf } from "../../unit/members-file/member-file";

const COUNT = 1_000;

const digits = (least: number, most: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: least, maxLength: most });
/** E.164: at most 15 digits, the first of a country code. */
const number = fc
  .tuple(fc.constantFrom(..."123456789"), digits(6, 14))
  .map(([first, rest]) => `+${first}${rest}`);
const word = (most: number) =>
  fc.string({ unit: fc.constantFrom(..."abcXYZ019-_.+éß日ل"), minLength: 1, maxLength: most });
const mail = fc.tuple(word(60), word(60)).map(([local, host]) => `${local}@${host}.example`);

const PAIRS: Readonly<Record<string, fc.Arbitrary<readonly [address: string, proxyAddress: string]>>> = {
  sms: fc.tuple(number, fc.oneof(number, digits(3, 8))),
  whatsapp: fc.tuple(number, number).map(([one, other]) => [`whatsapp:${one}`, `whatsapp:${other}`] as const),
  messenger: fc
    .tuple(digits(1, 20), digits(1, 20))
    .map(([one, other]) => [`messenger:${one}`, `messenger:${other}`] as const),
  rcs: fc
    .tuple(number, fc.oneof(number, word(246)))
    .map(([one, other]) => [`rcs:${one}`, `rcs:${other}`] as const),
  gbm: fc.tuple(word(252), word(252)).map(([one, other]) => [`gbm:${one}`, `gbm:${other}`] as const),
  apple: fc.tuple(word(247), word(250)).map(([one, other]) => [`urn:mbid:${one}`, `apple:${other}`] as const),
  chat: fc.tuple(word(251), word(251)).map(([one, other]) => [`chat:${one}`, `chat:${other}`] as const),
};
const binding = fc.oneof(
  ...Object.values(PAIRS).map((pair) =>
    pair
      .filter(([address, proxyAddress]) => address !== proxyAddress)
      .map(([address, proxyAddress]): Record<string, string> => ({ address, proxyAddress })),
  ),
  mail.map((address): Record<string, string> => ({ address })),
);

/** What an identity may hold and is seen, although a part of it has no width. */
const SEEN = [
  "😀",
  "👩‍💻",
  "👩🏽‍🚀",
  "❤️",
  "❤️‍🔥",
  "1️⃣",
  "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
  "🏳️‍🌈",
  "👨‍👩‍👧",
  "葛󠄀",
  "می‌خواهم",
  "क्‍ष",
  "ᠠ᠋",
  "e\u0301",
  "Zoë",
  "李雷",
  "אבי",
];
const identity = fc.oneof(
  number,
  mail,
  word(256),
  fc.constantFrom(
    "System",
    "uniques",
    "private ",
    "USA",
    `US${"0".repeat(31)}`,
    `CH${"0".repeat(32)}`,
    "😀".repeat(256),
  ),
  fc
    .array(fc.oneof(fc.constantFrom(...SEEN), word(3), fc.constantFrom(" ", "/", "@", ":")), {
      minLength: 1,
      maxLength: 12,
    })
    .map((parts) => parts.join("")),
);

function distinct<Value>(arbitrary: fc.Arbitrary<Value>): Value[] {
  const found = new Map<string, Value>();
  for (let round = 0; found.size < COUNT; round += 1)
    for (const value of fc.sample(arbitrary, { numRuns: COUNT, seed: seed + round }))
      found.set(JSON.stringify(value), value);
  return [...found.values()].slice(0, COUNT);
}

describe(`${COUNT} addresses and identities as Twilio documents them`, () => {
  const limits = { participants: 10 * COUNT, nonChatParticipants: 10 * COUNT };

  const told = (inputs: JsonObject) =>
    validate(participant, {}, { conversationSid: CH, ...inputs }).problems.map(describeProblem);

  it("pass the check, as files too, and the simulator", async () => {
    const people = [
      ...distinct(binding).map((messagingBinding) => ({ messagingBinding })),
      ...distinct(identity).map((identity) => ({ identity })),
    ];
    for (const person of people) deepEqual(told(person), [], JSON.stringify(person));
    const asFile = JSON.stringify(Object.fromEntries(people.map((person, at) => [`m${at}`, person])));
    equal(Object.keys(membersOf(".json", asFile)).length, people.length);
    const simulator = await startSimulator({ limits });
    try {
      const account = new TwilioAccount(simulator);
      const { sid } = await account.conversation("all");
      for (const person of people) {
        const form =
          "identity" in person ? { Identity: person.identity } : bindingForm(person.messagingBinding);
        await account.post(`/Conversations/${sid}/Participants`, form);
      }
      equal(simulator.participants().length, people.length);
    } finally {
      await simulator.close();
    }
  });

  it("pass as users and as senders of address configurations", async () => {
    const simulator = await startSimulator({ limits });
    try {
      const account = new TwilioAccount(simulator);
      for (const name of distinct(identity).slice(0, 200)) {
        deepEqual(validate(user, {}, { identity: name }).problems, []);
        await account.post("/Users", { Identity: name });
      }
      const senders = Object.entries({ ...PAIRS, email: mail.map((one) => ["", one] as const) }).flatMap(
        ([type, pair]) => fc.sample(pair, { numRuns: 30, seed }).map(([, sender]) => [type, sender] as const),
      );
      // Of these Twilio documents no form.
      const others = ["messenger", "gbm", "rcs", "apple", "chat"].map(
        (type) => [type, `any of ${type}`] as const,
      );
      for (const [type, address] of new Map([...senders, ...others].map((one) => [one[1], one])).values()) {
        deepEqual(validate(addressConfiguration, {}, { type, address }).problems, [], address);
        await account.post("/Configuration/Addresses", { Type: type, Address: address });
      }
    } finally {
      await simulator.close();
    }
  });

  it("are seen by the check and by the simulator alike", () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(...SEEN.flatMap((text) => [...text])),
            fc.constantFrom(
              ..."aZ0#\u200b\u200c\u200d\u200e\u202e\u2060\ufeff\ufe0e\ufe0f\u00ad\u180b\u3164\u{e0101}\u{e0067}",
            ),
          ),
          { maxLength: 8 },
        ),
        (parts) => equal(unseen.test(parts.join("")), invisibleIn(parts.join("")) !== undefined),
      ),
      { seed, numRuns: 5_000 },
    ));
});

function bindingForm(messagingBinding: Record<string, string>): Record<string, string> {
  const { address = "", proxyAddress } = messagingBinding;
  return {
    "MessagingBinding.Address": address,
    ...(proxyAddress !== undefined && { "MessagingBinding.ProxyAddress": proxyAddress }),
  };
}
