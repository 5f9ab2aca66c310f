import { deepEqual, equal, match } from "node:assert/strict";
import { secretOutputs } from "../../../provider/core/definition/define";
import { validate } from "../../../provider/core/definition/validate";
import { UNKNOWN } from "../../../provider/core/engine-transport";
import type { JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { diff } from "../../../provider/core/state/diff";
import { credential } from "../../../provider/resources/account/credential";
import { AC, sidOf } from "../../types/sids";
import { created, refreshed } from "../core/state/samples";

const CANARY = "CANARY";
const apn: JsonObject = { type: "apn", friendlyName: "phones", certificate: CANARY, privateKey: CANARY };
const gcm: JsonObject = { type: "gcm", friendlyName: "phones", apiKey: CANARY };
const fcm: JsonObject = { type: "fcm", friendlyName: "phones", secret: CANARY };

function problemsOf(inputs: JsonObject, olds: JsonObject = {}): [string, number | undefined][] {
  const { problems } = validate(credential, olds, inputs);
  equal(problems.map(describeProblem).join().includes(CANARY), false);
  for (const problem of problems) match(describeProblem(problem), /\. [A-Z].*\.$/);
  return problems.map(({ path, twilioCode }) => [path, twilioCode]);
}

function body(differences: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sid: sidOf("CR"),
    account_sid: AC,
    friendly_name: "phones",
    type: "apn",
    sandbox: "False",
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    ...differences,
  };
}

describe("credential: what a preview refuses", () => {
  const wrongs: [string, JsonObject, string[]][] = [
    ["no type", { friendlyName: "phones" }, ["type"]],
    ["a type that is none", { type: CANARY }, ["type"]],
    ["a name of 65 characters", { ...fcm, friendlyName: CANARY.padEnd(65) }, ["friendlyName"]],
    ["apn without its secrets", { type: "apn" }, ["certificate", "privateKey"]],
    ["gcm without its key", { type: "gcm" }, ["apiKey"]],
    ["fcm without its secret", { type: "fcm" }, ["secret"]],
    ["an empty secret", { ...fcm, secret: "" }, ["secret"]],
    ["what is for others with apn", { ...apn, apiKey: CANARY, secret: CANARY }, ["apiKey", "secret"]],
    ["what is for others with gcm", { ...gcm, ...fcm, type: "gcm", sandbox: false }, ["sandbox", "secret"]],
    [
      "what is for others with fcm",
      { ...apn, ...fcm, apiKey: CANARY },
      ["certificate", "privateKey", "apiKey"],
    ],
  ];
  for (const [what, inputs, paths] of wrongs)
    it(`refuses ${what}`, () =>
      deepEqual(
        problemsOf(inputs).map(([path]) => path),
        paths,
      ));

  it("refuses a new type without its secrets", () => {
    deepEqual(problemsOf({ type: "fcm" }, { type: "apn" }), [["secret", undefined]]);
    deepEqual(problemsOf({ type: "fcm" }, { type: UNKNOWN }), [["secret", undefined]]);
  });
});

describe("credential: what a preview accepts", () => {
  const rights: [string, JsonObject, JsonObject?][] = [
    ["apn", apn],
    ["apn with the sandbox", { ...apn, sandbox: false }],
    ["gcm", gcm],
    ["fcm", fcm],
    ["no name", { type: "fcm", secret: CANARY }],
    ["secrets that are not known yet", { type: "apn", certificate: UNKNOWN, privateKey: UNKNOWN }],
    ["what is for others and not known yet", { ...fcm, apiKey: UNKNOWN, sandbox: UNKNOWN }],
    ["a type that is not known yet", { type: UNKNOWN, secret: CANARY }],
    ["secrets that leave the program later", { type: "apn" }, apn],
    ["secrets of a megabyte, since Twilio names no limit", { ...fcm, secret: "x".repeat(1 << 20) }],
  ];
  for (const [what, inputs, olds] of rights)
    it(`accepts ${what}`, () => deepEqual(problemsOf(inputs, olds), []));
});

describe("credential: definition", () => {
  it("takes Twilio's words for the sandbox as what they say", () => {
    for (const [word, sandbox] of [
      ["True", true],
      ["False", false],
      ["true", true],
    ] as const) {
      const state = created(credential, { ...apn, sandbox }, body({ sandbox: word }));
      equal(state["answered"], undefined);
      deepEqual(refreshed(credential, state, body({ sandbox: word })).inputs, { ...apn, sandbox });
    }
  });

  it("keeps what Twilio never tells as a secret", () =>
    deepEqual(secretOutputs(credential), ["certificate", "privateKey", "apiKey", "secret"]));

  it("says of a secret that leaves the program that it stays on Twilio, and forgets it", () => {
    const { certificate: _gone, ...later } = apn;
    const { changes, replaces, warning } = diff(credential, created(credential, apn, body()), later);
    deepEqual([changes, replaces], [undefined, []]);
    equal(warning, "certificate stays as it is: nothing is sent.");
  });

  it("is found again by type and name, and not at all without a name", () => {
    const { enforced, matches, isDeclared } = credential.naturalKey;
    equal(enforced, false);
    equal(matches(apn, { type: "apn", friendlyName: "phones" }), true);
    equal(matches(apn, { type: "fcm", friendlyName: "phones" }), false);
    equal(matches(apn, { type: "apn", friendlyName: "Phones" }), false);
    deepEqual([isDeclared?.(apn), isDeclared?.({ type: "apn" })], [true, false]);
  });
});
