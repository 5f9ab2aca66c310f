import { deepEqual, equal, match } from "node:assert/strict";
import type { Adoption } from "../../../../provider/core/definition/common-fields";
import type { Definition } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import {
  type Candidate,
  fixedWriteOnly,
  isOfOtherDate,
  isUndecided,
  refusalToAdopt,
  secretWriteOnly,
  writeOnlyIn,
} from "../../../../provider/core/state/adoption-rules";
import { credential } from "../../../../provider/resources/account/credential";
import { conversationWebhook } from "../../../../provider/resources/conversation/conversation-webhook";
import { message } from "../../../../provider/resources/conversation/message";
import { everyField } from "../../../types";
import { CH, RL, sidOf } from "../../../types/sids";
import { conversation, participant, role } from "./samples";

const HOUR_MS = 3_600_000;
const CREATED = "2026-01-02T03:04:05Z";
const CANARY = "CANARY";

/** An object that has all that is declared and told, created a minute ago. */
function candidate(definition: Definition, inputs: JsonObject, more: Partial<Candidate> = {}): Candidate {
  const live = { ...inputs, sid: "XX1", dateCreated: CREATED };
  const nowMs = Date.parse(CREATED) + 60_000;
  return { definition, inputs, live, nowMs, adopt: "matching", windowMs: HOUR_MS, ...more };
}

const phones = { type: "fcm", friendlyName: "phones", secret: CANARY };
const mail = { conversationSid: CH, body: "hello", subject: CANARY };
const template = { conversationSid: CH, contentSid: sidOf("HX"), contentVariables: CANARY };
const hook = {
  conversationSid: CH,
  target: "studio",
  configuration: { flowSid: sidOf("FW"), replayAfter: 4711 },
};
const timed = { uniqueName: "eu", timers: { closed: "P1D" } };
const reader = { conversationSid: CH, identity: "ann", lastReadMessageIndex: 4 };

describe("engine: what a create sends and Twilio never tells", () => {
  const paths = (definition: Definition) =>
    writeOnlyIn(definition, everyField(definition.type)).map(({ path }) => path);
  const cases: [Definition, string[], string[], string[]][] = [
    [participant, [], [], []],
    [role, [], [], []],
    [conversation, ["timers.inactive", "timers.closed"], [], []],
    [message, ["subject", "contentVariables"], ["contentVariables"], []],
    [conversationWebhook, ["configuration.replayAfter"], ["configuration.replayAfter"], []],
    [
      credential,
      ["certificate", "privateKey", "apiKey", "secret"],
      [],
      ["certificate", "privateKey", "apiKey", "secret"],
    ],
  ];
  for (const [definition, all, fixed, secret] of cases)
    it(`of a ${definition.noun}: ${all.join(", ") || "nothing"}`, () => {
      deepEqual(paths(definition), all);
      deepEqual(fixedWriteOnly(definition, everyField(definition.type)), fixed);
      deepEqual(secretWriteOnly(definition, everyField(definition.type)), secret);
    });

  it("is nothing where nothing of it is declared", () => {
    for (const [definition] of cases) deepEqual(writeOnlyIn(definition, {}), []);
    deepEqual(writeOnlyIn(conversation, { timers: {} }), []);
    deepEqual(writeOnlyIn(message, { contentVariables: null }), []);
  });
});

describe("engine: what Twilio does not tell of an object that is equal otherwise", () => {
  type Evidence = "none" | "its own lost answer" | "the declared date";
  const table: [string, Definition, JsonObject, Evidence, "taken" | "refused"][] = [
    ["a secret", credential, phones, "none", "refused"],
    ["a secret", credential, phones, "its own lost answer", "taken"],
    ["a subject", message, mail, "none", "refused"],
    ["a subject", message, mail, "its own lost answer", "taken"],
    ["a subject", message, mail, "the declared date", "taken"],
    ["variables", message, template, "none", "refused"],
    ["variables", message, template, "its own lost answer", "refused"],
    ["variables", message, template, "the declared date", "refused"],
    ["where it replays from", conversationWebhook, hook, "none", "refused"],
    ["where it replays from", conversationWebhook, hook, "its own lost answer", "refused"],
    ["timers, of which there is one with the name", conversation, timed, "none", "taken"],
    ["what only an update takes", participant, reader, "none", "taken"],
    ["nothing", message, { conversationSid: CH, body: "hello" }, "none", "taken"],
  ];
  for (const [what, definition, inputs, evidence, expected] of table)
    it(`${what}, with ${evidence} to go by: ${expected}`, () => {
      const dated = evidence === "the declared date" ? { dateCreated: CREATED } : {};
      const found = candidate(definition, { ...inputs, ...dated }, { isOwn: evidence.includes("lost") });
      const reason = refusalToAdopt(found);
      equal(reason === undefined, expected === "taken");
      equal(isUndecided(found), expected === "refused");
      if (reason === undefined) return;
      match(reason, /exists already, created 60 s ago, and Twilio does not tell its \w+/);
      match(
        reason,
        /so nothing shows whether it is this one\. Set adopt: "always".*Set adopt: "never" to create/,
      );
      equal(reason.includes(CANARY) || reason.includes("4711"), false);
    });

  for (const [adopt, isRefused] of [
    ["always", false],
    ["never", true],
  ] as [Adoption, boolean][])
    it(`is nothing to decide where the program says ${adopt}`, () => {
      const found = candidate(credential, phones, { adopt });
      equal(refusalToAdopt(found) !== undefined, isRefused);
      equal(isUndecided(found), false);
    });

  it("is nobody's conflict where it differs, or is older than the window", () => {
    const old = { nowMs: Date.parse(CREATED) + HOUR_MS + 1 };
    for (const more of [old, { live: { ...phones, type: "gcm", sid: "CR1", dateCreated: CREATED } }])
      equal(isUndecided(candidate(credential, phones, more)), false);
  });
});

describe("engine: a declared date of creation", () => {
  const cases: [unknown, string, boolean][] = [
    [undefined, CREATED, false],
    [CREATED, CREATED, false],
    ["2026-01-02T04:04:05+01:00", CREATED, false],
    ["2026-01-02T03:04:05.999Z", CREATED, false],
    ["2026-01-02T03:04:06Z", CREATED, true],
    ["2026-01-02T03:04:04Z", CREATED, true],
    [CREATED, "", true],
  ];
  for (const [declared, dateCreated, expected] of cases)
    it(`${declared} is ${expected ? "another than" : "that of"} ${dateCreated}`, () =>
      equal(
        isOfOtherDate({ ...(declared !== undefined && { dateCreated: String(declared) }) }, { dateCreated }),
        expected,
      ));

  it("is evidence whatever the age, and another one refuses whatever the age", () => {
    const ann = { conversationSid: CH, identity: "ann" };
    const years = { nowMs: Date.parse(CREATED) + 9_000 * HOUR_MS };
    equal(refusalToAdopt(candidate(participant, { ...ann, dateCreated: CREATED }, years)), undefined);
    for (const isOwn of [true, false]) {
      const other = candidate(participant, { ...ann, dateCreated: "2020-01-01T00:00:00Z" }, { isOwn });
      const live = { ...ann, sid: "MB1", dateCreated: CREATED };
      match(
        refusalToAdopt({ ...other, live }) ?? "",
        /created 60 s ago, which is not the declared dateCreated/,
      );
    }
  });
});

describe("engine: what this run's own lost answer has left", () => {
  const ann = { conversationSid: CH, identity: "ann" };
  const old = { nowMs: Date.parse(CREATED) + 2 * HOUR_MS };

  it("is taken over whatever the window", () => {
    equal(refusalToAdopt(candidate(participant, ann, { ...old, isOwn: true })), undefined);
    match(refusalToAdopt(candidate(participant, ann, old)) ?? "", /longer than the 60 min/);
  });

  it('is taken over also by "never", which is about what others have made', () => {
    equal(refusalToAdopt(candidate(participant, ann, { ...old, isOwn: true, adopt: "never" })), undefined);
    match(refusalToAdopt(candidate(participant, ann, { adopt: "never" })) ?? "", /adopt is "never"/);
  });

  it('is not by "never" either where it differs, or nothing can tell', () => {
    const live = { ...ann, attributes: { a: 1 }, sid: "MB1", dateCreated: CREATED };
    const own = { isOwn: true, adopt: "never" } as const;
    const differing = candidate(participant, { ...ann, attributes: { a: 2 } }, { ...own, live });
    match(refusalToAdopt(differing) ?? "", /ago, and differs in attributes\. Set adopt: "always"/);
    match(refusalToAdopt(candidate(message, template, own)) ?? "", /does not tell its contentVariables/);
    equal(refusalToAdopt(candidate(credential, phones, own)), undefined);
  });

  it("is not where it differs", () => {
    const live = { ...ann, attributes: { a: 1 }, sid: "MB1", dateCreated: CREATED };
    const inputs = { ...ann, attributes: { a: 2 } };
    match(
      refusalToAdopt(candidate(participant, inputs, { isOwn: true, live })) ?? "",
      /differs in attributes/,
    );
  });
});

describe("engine: a role that is not Twilio's choice", () => {
  const ann = { conversationSid: CH, identity: "ann" };
  const odd = [{ name: "roleSid", found: RL, choice: sidOf("RL", 2) }];

  it('is refused by "matching", with the role and the hint', () =>
    equal(
      refusalToAdopt(candidate(participant, ann, { odd })),
      `participant XX1 exists already, created 60 s ago, and has roleSid ${RL}, where Twilio chooses ${sidOf("RL", 2)}. ` +
        'Declare roleSid as it is. Set adopt: "always" on the resource to take it over and update it to match, or, if ' +
        "you have renamed the resource, give it an alias.",
    ));

  it('is no matter to "always"', () =>
    equal(refusalToAdopt(candidate(participant, ann, { odd, adopt: "always" })), undefined));
});
