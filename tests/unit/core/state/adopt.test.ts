import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { fromResponse } from "../../../../provider/core/api/codec";
import type { Adoption } from "../../../../provider/core/definition/common-fields";
import type { Definition } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import {
  type Candidate,
  differingFields,
  isLeftBehind,
  refusalToAdopt,
} from "../../../../provider/core/state/adoption-rules";
import { user } from "../../../../provider/resources/service/user";
import { CH, MB, RL, sidOf } from "../../../types/sids";
import { conversation, conversationBody, participant, participantBody, role, roleBody } from "./samples";

const CANARY = "CANARY";
const HOUR_MS = 3_600_000;
const CREATED_MS = Date.parse("2026-01-02T03:04:05Z");
const alice: JsonObject = { conversationSid: CH, identity: "alice", attributes: { team: CANARY } };
const same = participantBody({ attributes: JSON.stringify({ team: CANARY }) });
const other = participantBody({ attributes: '{"team":"sales"}' });

function refusal(
  changes: Partial<Candidate> & { body?: Record<string, unknown>; ageMs?: number },
): string | undefined {
  const { body = same, ageMs = 60_000, ...rest } = changes;
  return refusalToAdopt({
    definition: participant,
    inputs: alice,
    live: fromResponse(participant, body),
    nowMs: CREATED_MS + ageMs,
    adopt: "matching",
    windowMs: HOUR_MS,
    ...rest,
  });
}

describe("engine: whether an object that exists may be taken over", () => {
  const DATED = { ...alice, dateCreated: "2020-01-01T00:00:00Z" };
  const table: [Adoption, number, "same" | "different", "dated" | "", RegExp | undefined][] = [
    ["matching", 0, "same", "", undefined],
    ["matching", HOUR_MS, "same", "", undefined],
    [
      "matching",
      HOUR_MS + 1,
      "same",
      "",
      /created 60 min ago, longer than the 60 min in which an interrupted run/,
    ],
    ["matching", 400 * 24 * HOUR_MS, "same", "", /created 400 days ago, longer than/],
    ["matching", 0, "different", "", /differs in attributes\. Set adopt: "always"/],
    [
      "matching",
      400 * 24 * HOUR_MS,
      "different",
      "",
      /created 400 days ago, and differs in attributes\. Set/,
    ],
    ["matching", 0, "same", "dated", /which is not the declared dateCreated/],
    ["matching", 0, "different", "dated", /differs in attributes/],
    ["always", 0, "same", "", undefined],
    ["always", 400 * 24 * HOUR_MS, "same", "", undefined],
    ["always", 400 * 24 * HOUR_MS, "different", "", undefined],
    ["always", 0, "same", "dated", undefined],
    ["always", 0, "different", "dated", undefined],
    ["never", 0, "same", "", /, and adopt is "never"\. If an interrupted run .* set adopt: "matching"/],
    ["never", 400 * 24 * HOUR_MS, "same", "", /, and adopt is "never"\. Set adopt: "always"/],
    ["never", 0, "different", "", /, and differs in attributes, and adopt is "never"/],
    ["never", 0, "same", "dated", /adopt is "never"/],
  ];
  for (const [adopt, ageMs, body, dated, expected] of table) {
    const age = `${ageMs / HOUR_MS} h`;
    it(`${expected === undefined ? "takes" : "leaves"} one of ${age} that is ${body} ${dated} (adopt: ${adopt})`, () => {
      const found = refusal({
        adopt,
        ageMs,
        body: body === "same" ? same : other,
        inputs: dated === "" ? alice : DATED,
      });
      if (expected === undefined) return equal(found, undefined);
      match(found ?? "", expected);
      match(found ?? "", new RegExp(`^participant ${MB} exists already, created \\d+ \\w+ ago`));
      match(found ?? "", /adopt: "always"/);
      return equal(found?.includes(CANARY), false);
    });
  }

  for (const adopt of ["matching", "always", "never"] as const) {
    it(`leaves one whose binding differs, which nothing can change (adopt: ${adopt})`, () => {
      const inputs = { conversationSid: CH, identity: "alice", messagingBinding: { projectedAddress: "+1" } };
      const found = refusal({ adopt, inputs });
      match(
        found ?? "",
        /differs in messagingBinding; messagingBinding cannot be changed\. Declare it as it is/,
      );
    });
  }

  it("names every field that differs, and every one that nothing can change", () => {
    const different = { conversationSid: CH, identity: "bob", attributes: {}, roleSid: sidOf("RL", 2) };
    const inputs = { ...different, messagingBinding: { projectedAddress: "+1" } };
    match(
      refusal({ inputs: { ...alice, attributes: {}, roleSid: sidOf("RL", 2) } }) ?? "",
      /in attributes, roleSid\./,
    );
    match(refusal({ inputs }) ?? "", /; identity, messagingBinding cannot be changed\./);
  });

  it("says what to do for an identical one, whole", () =>
    equal(
      refusal({ adopt: "never" }),
      `participant ${MB} exists already, created 60 s ago, and adopt is "never". If an interrupted run of this ` +
        'program left it, set adopt: "matching" for one `pulumi up`. Set adopt: "always" on the ' +
        "resource to take it over and update it to match, or, if you have renamed the resource, give it an alias.",
    ));

  for (const adopt of ["matching", "always", "never"] as const)
    it(`leaves a conversation that is closed (adopt: ${adopt})`, () => {
      const live = fromResponse(conversation, conversationBody({ unique_name: "a", state: "closed" }));
      const found = refusal({ definition: conversation, inputs: { uniqueName: "a" }, live, adopt });
      match(found ?? "", /^conversation CH\w+ exists already, created 60 s ago\. It is closed, and a closed/);
    });

  it("leaves one whose age nobody knows", () =>
    match(
      refusal({ body: { ...same, date_created: null } }) ?? "",
      /created an unknown time ago, longer than/,
    ));

  it("takes one of any age in the window that the user sets", () => {
    equal(refusal({ ageMs: 5 * HOUR_MS, windowMs: 5 * HOUR_MS }), undefined);
    notEqual(refusal({ ageMs: 1, windowMs: 0 }), undefined);
  });

  const ages: [number, string][] = [
    [-5000, "0 s"],
    [0, "0 s"],
    [119_000, "119 s"],
    [120_000, "2 min"],
    [7_140_000, "119 min"],
    [2 * HOUR_MS, "2 h"],
    [47 * HOUR_MS, "47 h"],
    [48 * HOUR_MS, "2 days"],
  ];
  for (const [ageMs, text] of ages) {
    it(`says that it was created ${text} ago`, () =>
      match(refusal({ adopt: "never", ageMs }) ?? "", new RegExp(`created ${text} ago`)));
  }
});

describe("engine: whether what appears by itself is what an interrupted run left", () => {
  const cases: [string, JsonObject, boolean, JsonObject?][] = [
    ["its key alone", {}, false],
    ["the role that Twilio assigned", { roleSid: RL }, false],
    ["the attributes that Twilio gives everybody", { attributes: {} }, false],
    ["both", { roleSid: RL, attributes: {} }, false],
    ["a name", { friendlyName: "Alice", roleSid: RL, attributes: {} }, true],
    ["attributes of its own", { attributes: { team: "support" } }, true],
    ["a name that the user has not", { friendlyName: "Alice" }, false, { friendlyName: "Bob" }],
    ["the name of a user of old", { friendlyName: "Alice" }, false, { dateCreated: "2026-01-01T00:00:00Z" }],
  ];
  for (const [what, declared, expected, differences] of cases)
    it(`says ${expected ? "yes" : "no"} where the program declares ${what}`, () => {
      const inputs: JsonObject = { identity: "alice", ...declared };
      const live = {
        attributes: {},
        roleSid: RL,
        dateCreated: "2026-01-02T03:04:05Z",
        ...inputs,
        ...differences,
      };
      const candidate = { definition: user, inputs, live, nowMs: CREATED_MS, windowMs: HOUR_MS };
      equal(isLeftBehind(candidate), expected);
    });
});

describe("engine: in what a found object differs", () => {
  const cases: [string, Definition, JsonObject, Record<string, unknown>, string[]][] = [
    ["nothing declared differs", participant, alice, same, []],
    [
      "what the program leaves open is not compared",
      participant,
      { conversationSid: CH, identity: "alice" },
      other,
      [],
    ],
    [
      "JSON in another spelling is the same",
      participant,
      alice,
      participantBody({ attributes: ` { "team" : "${CANARY}" } ` }),
      [],
    ],
    [
      "attributes and role",
      participant,
      { ...alice, roleSid: sidOf("RL", 2) },
      other,
      ["attributes", "roleSid"],
    ],
    [
      "where it lives and how it is handled is not compared",
      participant,
      { ...alice, conversationSid: "support", adopt: "always", webhookEnabled: true, groupMms: true },
      same,
      [],
    ],
    [
      "what Twilio does not tell is not compared",
      participant,
      { ...alice, lastReadMessageIndex: 5, lastReadTimestamp: "2026-01-02T03:04:05Z" },
      same,
      [],
    ],
    ["dates are not compared", participant, { ...alice, dateCreated: "2020-01-01T00:00:00Z" }, same, []],
    ["timers are not compared", conversation, { timers: { inactive: "PT1M" } }, conversationBody(), []],
    ["a friendly name", conversation, { friendlyName: "a" }, conversationBody(), ["friendlyName"]],
    [
      "a set in another order is the same",
      role,
      { permissions: ["leaveConversation", "sendMessage"] },
      roleBody(),
      [],
    ],
    ["a set with more in it", role, { permissions: ["sendMessage"] }, roleBody(), ["permissions"]],
  ];
  for (const [what, definition, inputs, body, fields] of cases) {
    it(`${what}: ${fields.join(", ") || "no field"}`, () =>
      deepEqual(differingFields(definition, inputs, fromResponse(definition, body)), fields));
  }
});
