import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type Call, prepare, type Verb, verbsOf } from "../../../../provider/cli/try/call";
import { flagsOf } from "../../../../provider/cli/try/flag";
import { type Definition, isSingleton } from "../../../../provider/core/definition/define";
import { validate } from "../../../../provider/core/definition/validate";
import { type JsonObject, objectIn } from "../../../../provider/core/json";
import {
  configuration,
  conversation,
  conversationWebhook,
  definitions,
  message,
  participant,
  role,
  service,
} from "../../../../provider/resources";
import { credential } from "../../../../provider/resources/account/credential";
import { everyField } from "../../../types";
import { CH, MB, RL, sidOf } from "../../../types/sids";

function called(definition: Definition, verb: Verb, given: JsonObject, sid?: string): Call {
  const call = prepare(definition, verb, given, sid);
  if ("problems" in call) throw new Error(JSON.stringify(call.problems));
  return call;
}

function problemPaths(definition: Definition, verb: Verb, given: JsonObject, sid?: string): string[] {
  const call = prepare(definition, verb, given, sid);
  return "problems" in call ? call.problems.map(({ path }) => path) : [];
}

/** With a value under the path that no field takes but a free one, such as attributes. */
function withWrong(given: JsonObject, [name = "", ...rest]: string[]): JsonObject {
  return { ...given, [name]: rest.length === 0 ? { no: [null] } : withWrong(objectIn(given, name), rest) };
}

describe("cli try: what a program cannot say", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const cases: [JsonObject, string][] = [
    [{ identity: unknown }, "identity"],
    [{ identity: "a\ud83d" }, "identity"],
    [{ messagingBinding: { projectedAddress: unknown } }, "messagingBinding.projectedAddress"],
  ];
  for (const [given, path] of cases)
    it(`is refused in ${path}`, () =>
      deepEqual(
        [...new Set(problemPaths(participant, "create", { conversationSid: CH, ...given }))],
        [path],
      ));
});

describe("cli try: the request of", () => {
  it("a create: every field as the provider sends it", () => {
    const { advice, ...request } = called(participant, "create", {
      conversationSid: CH,
      identity: "alice",
      attributes: { tier: "gold" },
      webhookEnabled: true,
      adopt: "always",
    }).request;
    deepEqual(request, {
      method: "POST",
      path: `/v1/Conversations/${CH}/Participants`,
      repeatable: false,
      attempting: "create participant",
      webhookEnabled: true,
      form: [
        ["Identity", "alice"],
        ["Attributes", '{"tier":"gold"}'],
      ],
    });
    match(advice?.[20404] ?? "", /no conversation that conversationSid names/);
  });

  it("a create: with what Twilio demands besides", () =>
    deepEqual(called(conversation, "create", { timers: { closed: "PT1H" } }).request.form, [
      ["State", "active"],
      ["Timers.Closed", "PT1H"],
    ]));

  it("an update: what is given alone, by its SID", () => {
    const { request } = called(participant, "update", { conversationSid: CH, roleSid: RL }, MB);
    equal(`${request.method} ${request.path}`, `POST /v1/Conversations/${CH}/Participants/${MB}`);
    deepEqual(request.form, [["RoleSid", RL]]);
  });

  it("a list: a page of the size that the provider asks for", () =>
    deepEqual(called(role, "list", {}).request.query, { PageSize: 50 }));

  it("a list: in the order that the provider asks for", () =>
    deepEqual(called(message, "list", { conversationSid: CH }).request.query, {
      Order: "desc",
      PageSize: 100,
    }));

  it("a fetch and a delete: no form", () => {
    equal(called(participant, "fetch", { conversationSid: CH }, MB).request.form, undefined);
    const { request } = called(participant, "delete", { conversationSid: CH, webhookEnabled: true }, MB);
    deepEqual([request.method, request.form, request.webhookEnabled], ["DELETE", undefined, true]);
  });

  it("a create that is given what only an update takes: says that it is not sent", () => {
    const given = { conversationSid: CH, identity: "alice", lastReadMessageIndex: 3 };
    const { request, notes } = called(participant, "create", given);
    deepEqual(request.form, [["Identity", "alice"]]);
    equal(notes[0]?.startsWith("--last-read-message-index is not sent"), true);
  });

  it("a credential: knows which of its parameters are secrets", () =>
    deepEqual(called(credential, "create", { type: "fcm", secret: "hush", friendlyName: "a" }).secrets, [
      "Secret",
    ]));
});

describe("cli try: refuses", () => {
  for (const definition of definitions)
    it(`of ${definition.type} what a preview refuses, field by field`, () => {
      const verb = isSingleton(definition) ? "update" : "create";
      const whole = everyField(definition.type);
      const given = [{}, ...flagsOf(definition).map(({ path }) => withWrong(whole, path.split(".")))];
      // A setting that is given nothing is an update of nothing; every other refusal is the preview's own.
      const refusals = given.slice(isSingleton(definition) ? 1 : 0).map((args) => {
        const { problems } = validate(definition, {}, args);
        deepEqual(
          problemPaths(definition, verb, args),
          problems.map(({ path }) => path),
        );
        return problems.length;
      });
      ok(refusals.some((count) => count > 0));
    });

  const cases: [what: string, paths: string[], expected: string[]][] = [
    [
      "what a preview refuses of an update",
      problemPaths(participant, "update", { conversationSid: CH, roleSid: "agent" }, MB),
      ["roleSid"],
    ],
    [
      "an update of what replaces",
      problemPaths(participant, "update", { conversationSid: CH, identity: "bob" }, MB),
      ["identity"],
    ],
    [
      "an update of a member that replaces",
      problemPaths(
        conversationWebhook,
        "update",
        { conversationSid: CH, configuration: { replayAfter: 1 } },
        sidOf("WH"),
      ),
      ["configuration.replayAfter"],
    ],
    [
      "an update of what counts at creation",
      problemPaths(conversation, "update", { dateCreated: "2026-01-02T03:04:05Z" }, CH),
      ["dateCreated"],
    ],
    ["an update of nothing", problemPaths(conversation, "update", {}, CH), [""]],
    ["an update without a SID", problemPaths(conversation, "update", { friendlyName: "a" }), ["sid"]],
    ["a SID of another kind", problemPaths(conversation, "fetch", {}, MB), ["sid"]],
    ["a SID for a list", problemPaths(conversation, "list", {}, CH), ["sid"]],
    ["an object without its conversation", problemPaths(participant, "list", {}), ["conversationSid"]],
    [
      "a field for a fetch",
      problemPaths(participant, "fetch", { conversationSid: CH, identity: "alice" }, MB),
      ["identity"],
    ],
    [
      "a wrong value of a setting",
      problemPaths(configuration, "update", { defaultClosedTimer: "PT1M" }),
      ["defaultClosedTimer"],
    ],
  ];
  for (const [what, paths, expected] of cases) it(what, () => deepEqual(paths, expected));

  it("nothing of an update for want of what is there already", () => {
    deepEqual(
      problemPaths(
        conversationWebhook,
        "update",
        { conversationSid: CH, configuration: { method: "get" } },
        sidOf("WH"),
      ),
      [],
    );
    deepEqual(problemPaths(credential, "update", { secret: "hush" }, sidOf("CR")), []);
  });

  it("an update where nothing can change", () =>
    deepEqual(verbsOf(service), ["create", "fetch", "list", "delete"]));
});

describe("cli try: the options of", () => {
  for (const definition of definitions)
    it(`${definition.type}: each under a name of its own that leads back to its field`, () => {
      const names = flagsOf(definition).map(({ name }) => name);
      equal(new Set(names).size, names.length);
      for (const { path, name } of flagsOf(definition))
        equal(
          name.slice(2).replaceAll(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
          path,
        );
    });
});
