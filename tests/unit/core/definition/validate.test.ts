import { deepEqual, equal, match } from "node:assert/strict";
import fc from "fast-check";
import { type Definition, fieldsOf } from "../../../../provider/core/definition/define";
import { validate } from "../../../../provider/core/definition/validate";
import { UNKNOWN } from "../../../../provider/core/engine-transport";
import type { Json, JsonObject } from "../../../../provider/core/json";
import { describeProblem } from "../../../../provider/core/problem";
import { addressConfiguration, definitions } from "../../../../provider/resources";
import { acceptedDeclarations } from "../../../types";
import { CH, RL, sidOf } from "../../../types/sids";
import { conversation, participant, role } from "../state/samples";

const alice: JsonObject = { conversationSid: CH, identity: "alice" };
const agent: JsonObject = { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] };

function texts(definition: Definition, news: JsonObject, olds: JsonObject = {}): string[] {
  return validate(definition, olds, news).problems.map(describeProblem);
}

describe("engine: check of inputs", () => {
  it("accepts what is right, and keeps it as it is", () => {
    for (const [definition, news] of [
      [participant, alice],
      [role, agent],
      [conversation, {}],
    ] as const)
      deepEqual(validate(definition, {}, news), { inputs: news, problems: [] });
  });

  it("names all problems at once", () =>
    deepEqual(
      validate(participant, {}, { identity: "", roleSid: "x", attributes: "{", adress: "+14155550123" })
        .problems.map(({ path }) => path)
        .sort(),
      ["adress", "attributes", "conversationSid", "identity", "roleSid"],
    ));

  it("never names fields that no program gives", () =>
    equal(texts(conversation, { colour: "red" }).join().includes("autoName"), false));

  for (const definition of definitions) {
    it(`never prints a value of a ${definition.noun}, whatever is wrong with it`, () => {
      const canary = "CANARY-51b7";
      const wrongs: Json[] = [canary, canary.repeat(2000), { deep: canary }, [canary], `{"${canary}`];
      for (const { name } of fieldsOf(definition))
        for (const wrong of wrongs) {
          const found = texts(definition, { ...alice, ...agent, [name]: wrong }).join("\n");
          equal(found.includes(canary), false, `${name}: ${found}`);
        }
    });
  }
});

describe("engine: check of what is not known yet", () => {
  /** The inputs with the unknown in place of the value at each path in turn. */
  function withUnknowns(value: Json | undefined): Json[] {
    if (Array.isArray(value))
      return [
        UNKNOWN,
        ...value.flatMap((item, at) => withUnknowns(item).map((changed) => value.with(at, changed))),
      ];
    if (typeof value !== "object" || value === null) return [UNKNOWN];
    const inner = Object.entries(value).flatMap(([key, member]) =>
      withUnknowns(member).map((changed) => ({ ...value, [key]: changed })),
    );
    return [UNKNOWN, ...inner];
  }

  for (const definition of definitions) {
    const sets = acceptedDeclarations(definition.type);
    for (const inputs of sets.flatMap((set) => withUnknowns(set).slice(1) as JsonObject[])) {
      const [name] =
        Object.entries(inputs).find(([, value]) => JSON.stringify(value)?.includes(UNKNOWN)) ?? [];
      it(`accepts a ${definition.noun} with an unknown ${name} (${JSON.stringify(inputs[name ?? ""])})`, () =>
        deepEqual(texts(definition, inputs), []));
    }
  }

  it("accepts attributes that may fit once their unknown part is known", () => {
    const attributes = { text: "x".repeat(4060), later: UNKNOWN };
    deepEqual(texts(participant, { ...alice, attributes }), []);
  });

  it("accepts a member of whom nothing is known", () => {
    deepEqual(texts(participant, { conversationSid: UNKNOWN, identity: UNKNOWN }), []);
    deepEqual(texts(participant, { conversationSid: UNKNOWN, messagingBinding: UNKNOWN }), []);
    deepEqual(texts(participant, { conversationSid: UNKNOWN, messagingBinding: { address: UNKNOWN } }), []);
    deepEqual(
      texts(participant, {
        conversationSid: CH,
        messagingBinding: { address: "+14155550123", proxyAddress: UNKNOWN },
      }),
      [],
    );
  });

  it("still refuses what is wrong beside it", () =>
    equal(texts(participant, { conversationSid: UNKNOWN, identity: "a", roleSid: "x" }).length, 1));
});

describe("engine: check of absent values", () => {
  it("takes null for absent, nested too", () =>
    deepEqual(
      validate(
        participant,
        {},
        {
          ...alice,
          roleSid: null,
          attributes: null,
          messagingBinding: { address: null, projectedAddress: "+14155550123" },
        },
      ),
      { inputs: { ...alice, messagingBinding: { projectedAddress: "+14155550123" } }, problems: [] },
    ));

  it("takes a group without members for absent, nested too, but one that needs members", () => {
    for (const nothing of [
      { timers: {} },
      { timers: { closed: null } },
      { bindings: { email: { name: null } } },
    ])
      deepEqual(validate(conversation, {}, nothing), { inputs: {}, problems: [] });
    match(
      texts(addressConfiguration, { type: "sms", address: "+14155550100", autoCreation: {} }).join(),
      /autoCreation\.type: is required/,
    );
  });

  it("asks for what is required where it is null", () =>
    match(
      texts(participant, { conversationSid: null, identity: "a" }).join(),
      /^conversationSid: is required/,
    ));

  it("keeps null within attributes, at every depth", () =>
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const attributes = { kept: null, value } as Json;
        const { inputs } = validate(participant, {}, { ...alice, attributes });
        deepEqual(inputs["attributes"], JSON.parse(JSON.stringify(attributes)));
      }),
    ));
});

describe("engine: check of what was checked before", () => {
  it("keeps what counts at creation only as it was then", () => {
    const olds = { ...alice, dateCreated: "2020-01-01T00:00:00Z" };
    const news = { ...alice, dateCreated: "2021-01-01T00:00:00Z", dateUpdated: "2021-01-01T00:00:00Z" };
    deepEqual(validate(participant, olds, news).inputs, olds);
    deepEqual(validate(participant, olds, alice).inputs, olds);
  });

  it("takes what counts at creation only when it is created", () => {
    const news = { ...alice, dateCreated: "2021-01-01T00:00:00Z" };
    deepEqual(validate(participant, {}, news).inputs, news);
  });

  it("keeps the old spelling of a set that means the same, and takes one that does not", () => {
    const olds = { ...agent, permissions: ["a", "b"] };
    deepEqual(validate(role, olds, { ...agent, permissions: ["b", "a"] }).inputs, olds);
    const news = { ...agent, permissions: ["b", "a", "c"] };
    deepEqual(validate(role, olds, news).inputs, news);
  });

  it("takes what changed, and drops what is gone", () => {
    const olds = { ...alice, roleSid: RL, attributes: { a: 1 } };
    const news = { ...alice, identity: "bob", roleSid: sidOf("RL", 2) };
    deepEqual(validate(participant, olds, news), { inputs: news, problems: [] });
  });
});
