import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { sortOptions } from "../../../provider/components/component-options";
import { headOf, type Part } from "../../../provider/components/option-paths";
import { ConfigurationError } from "../../../provider/core/errors";
import { conversation, conversationWebhook, participant, roster } from "../../../provider/resources";

type Options = pulumi.ComponentResourceOptions;

const parts: Part[] = [
  { place: [], definition: conversation, args: {} },
  { place: ["members", "alice"], definition: participant, args: { adopt: "always" } },
  { place: ["members", "b.o.b"], definition: participant, args: {} },
  { place: ["roster"], definition: roster, args: {} },
  { place: ["webhooks", "crm"], definition: conversationWebhook, args: {} },
];

/** As Pulumi declares it, so that an option of a later version is asked for too. */
function namesIn(type: string): string[] {
  const file = join(dirname(require.resolve("@pulumi/pulumi/package.json")), "resource.d.ts");
  const [, body = ""] =
    new RegExp(`interface ${type}[^{]*{\n(.*?)\n}`, "s").exec(readFileSync(file, "utf8")) ?? [];
  return [...body.matchAll(/^ {4}(\w+)\?:/gm)].map(([, name]) => name ?? "");
}

/** What a program may write for each, where it is not simply true. */
const VALUES: Readonly<Record<string, unknown>> = {
  ignoreChanges: ["friendlyName"],
  replaceOnChanges: ["friendlyName"],
  hideDiffs: ["friendlyName"],
  hooks: { afterCreate: [] },
};

describe("StandingConversation: its resource options", () => {
  const options = ["ResourceOptions", "CustomResourceOptions", "ComponentResourceOptions"].flatMap(namesIn);
  const hooks = namesIn("ResourceHookBinding").map((name) => `hooks.${name}`);
  const given = (name: string): Options => {
    const [option = "", hook] = name.split(".");
    return { [option]: hook === undefined ? (VALUES[option] ?? true) : { [hook]: [] } };
  };

  /** What becomes of each option that Pulumi has. */
  function fateOf(name: string): string {
    try {
      const sorted = sortOptions(given(name), parts);
      const [option = ""] = name.split(".");
      if (option in sorted.component) return "Pulumi's";
      if (option in sorted.of()) return "handed on";
      return "ignored silently";
    } catch (error) {
      ok(error instanceof ConfigurationError);
      match(error.message, /^[\w.]+: (does nothing|is never called)\b.*\. [A-Z][^.]+\b.*\.$/);
      ok(error.message.startsWith(`${name}: `));
      return "refused";
    }
  }

  const fates: Readonly<Record<string, string[]>> = {
    "Pulumi's": [
      ...["parent", "dependsOn", "protect", "aliases", "transformations", "transforms"],
      ...["retainOnDelete", "deletedWith", "hooks"],
      ...["hooks.beforeCreate", "hooks.afterCreate", "hooks.beforeDelete", "hooks.afterDelete"],
    ],
    "handed on": ["ignoreChanges", "replaceOnChanges", "hideDiffs", "replacementTrigger", "replaceWith"],
    refused: [
      ...["id", "urn", "import", "provider", "providers", "version", "pluginDownloadURL", "envVarMappings"],
      ...["customTimeouts", "deleteBeforeReplace", "additionalSecretOutputs"],
      ...["hooks.beforeUpdate", "hooks.afterUpdate", "hooks.onError"],
    ],
  };

  it("are all that Pulumi has", () =>
    deepEqual([...options, ...hooks].sort(), Object.values(fates).flat().sort()));

  for (const [fate, names] of Object.entries(fates))
    for (const name of names) it(`${name}: ${fate}`, () => equal(fateOf(name), fate));

  it("are none where a value is undefined, also among hooks", () => {
    const opts = { ignoreChanges: undefined, version: undefined, hooks: { onError: undefined } } as object;
    equal(sortOptions(opts as Options, parts).component.version, undefined);
  });

  it("are told all at once where they are refused", () =>
    throws(() => sortOptions({ version: "1", ignoreChanges: ["frendlyName"] }, parts), {
      name: "ConfigurationError",
      message:
        "version: does nothing, since its resources run the installed package. " +
        "Install the version of pulumi-twilio-conversations that you want. " +
        'ignoreChanges: "frendlyName" names no field of a conversation. Did you mean friendlyName?',
    }));

  const unknown: [string, string][] = [
    ["ignoreChange", "Did you mean ignoreChanges?"],
    ["toString", "Remove it."],
  ];
  for (const [name, hint] of unknown) {
    it(`cannot be ${name}, which Pulumi does not have`, () =>
      throws(() => sortOptions({ [name]: true } as Options, parts), {
        message: `${name}: is no resource option that this package knows. ${hint}`,
      }));
  }
});

describe("StandingConversation: the paths in its options", () => {
  const places = parts.map(({ place }) => place);
  const handed = (option: "ignoreChanges" | "replaceOnChanges" | "hideDiffs", path: string) => {
    const sorted = sortOptions({ [option]: [path] }, parts);
    const found = places.map(
      (place) => [place.join(".") || "conversation", sorted.of(...place)[option]] as const,
    );
    return Object.fromEntries(found.filter(([, paths]) => paths !== undefined));
  };
  const everyMember = ["identity", "messagingBinding", "roleSid", "attributes", "lastReadMessageIndex"];

  const routed: [string, Record<string, string[]>][] = [
    ["attributes", { conversation: ["attributes"] }],
    ["attributes.team", { conversation: ["attributes.team"] }],
    ['["attributes"]["a b"]', { conversation: ['["attributes"]["a b"]'] }],
    ["members.alice.roleSid", { "members.alice": ["roleSid"] }],
    ['members["alice"].attributes.a["b.c"][0]', { "members.alice": ['attributes.a["b.c"][0]'] }],
    ['members["b.o.b"]["roleSid"]', { "members.b.o.b": ['["roleSid"]'] }],
    ["members.*.attributes.*", { "members.alice": ["attributes.*"], "members.b.o.b": ["attributes.*"] }],
    ["members[*].roleSid", { "members.alice": ["roleSid"], "members.b.o.b": ["roleSid"] }],
    ["webhooks.crm.configuration.url", { "webhooks.crm": ["configuration.url"] }],
    ["roster.members.*.roleSid", { roster: ["members.*.roleSid"] }],
    ["serviceSid", Object.fromEntries(places.map((at) => [at.join(".") || "conversation", ["serviceSid"]]))],
    [
      "adopt",
      { conversation: ["adopt"], "members.b.o.b": ["adopt"], roster: ["adopt"], "webhooks.crm": ["adopt"] },
    ],
  ];
  for (const [path, expected] of routed)
    it(`${path} is for ${Object.keys(expected).join(", ")}`, () =>
      deepEqual(handed("ignoreChanges", path), expected));

  for (const path of ["members.alice", "members.alice.*"]) {
    it(`${path} is all that a program declares of her, and not where she is`, () => {
      const { "members.alice": fields = [], ...rest } = handed("ignoreChanges", path);
      deepEqual(rest, {});
      for (const field of everyMember) ok(fields.includes(field), field);
      for (const field of ["conversationSid", "serviceSid", "account"]) ok(!fields.includes(field), field);
      deepEqual(handed("replaceOnChanges", path), { "members.alice": ["*"] });
    });
  }

  it("* is all of all", () => {
    const all = handed("ignoreChanges", "*");
    equal(Object.keys(all).length, places.length);
    for (const [place, fields] of Object.entries(all)) {
      equal(fields?.includes("conversationSid"), false, place);
      ok(fields?.includes("serviceSid"), place);
    }
    const every = Object.fromEntries(places.map((place) => [place.join(".") || "conversation", ["*"]]));
    deepEqual(handed("hideDiffs", "*"), every);
  });

  it("can hide what only Twilio says, and ignore it not", () => {
    deepEqual(handed("hideDiffs", "members.alice.accountSid"), { "members.alice": ["accountSid"] });
    throws(() => handed("ignoreChanges", "members.alice.accountSid"), ConfigurationError);
  });

  const refused: [string, string][] = [
    ["frendlyName", "names no field of a conversation. Did you mean friendlyName?"],
    ["members", "names no member. Write members.* for each of them."],
    ["webhooks", "names no webhook. Write webhooks.* for each of them."],
    ["members.alce.roleSid", "names no member. Did you mean alice?"],
    ["members.carol.roleSid", "names no member. Declared are alice, b.o.b."],
    ["members.alice.rolSid", "names no field of a participant. Did you mean roleSid?"],
    ["roster.memberz", "names no field of a roster. Did you mean members?"],
    ["attributes..team", "is no property path. Write it like members.alice.attributes."],
    ["attributes[team]", "is no property path. Write it like members.alice.attributes."],
    ["members.alice.attributes[", "is no property path. Write it like members.alice.attributes."],
    ["", "is no property path. Write it like members.alice.attributes."],
  ];
  for (const [path, message] of refused) {
    it(`refuse ${path === "" ? "nothing" : path}`, () =>
      throws(() => handed("ignoreChanges", path), { message: `ignoreChanges: "${path}" ${message}` }));
  }
  for (const path of ["*.team", "members.alice.conversationSid", "members.*.serviceSid", "conversationSid"])
    it(`refuse ${path}`, () =>
      throws(() => handed("ignoreChanges", path), /names no field of a \w+\. It has /));

  it("refuse a roster, a member or a webhook where there is none", () => {
    const alone = (path: string) => () => sortOptions({ ignoreChanges: [path] }, parts.slice(0, 1));
    throws(alone("roster.members"), {
      message: 'ignoreChanges: "roster.members" names no roster. None is declared.',
    });
    throws(alone("members.alice"), {
      message: 'ignoreChanges: "members.alice" names no member. None is declared.',
    });
    deepEqual(alone("members.*")().of(), {});
  });
});

describe("A property path", () => {
  const heads: [string, ReturnType<typeof headOf>][] = [
    ["a", { name: "a", rest: "" }],
    ["a.b", { name: "a", rest: "b" }],
    ['a["b.c"].d', { name: "a", rest: '["b.c"].d' }],
    ['["a \\"b\\""][0]', { name: 'a "b"', rest: "[0]" }],
    ["[*].x", { name: "*", rest: "x" }],
    [".a", undefined],
    ["a..b", undefined],
    ["a.[0]", undefined],
    ["a.", undefined],
    ["", undefined],
  ];
  for (const [path, head] of heads)
    it(`${path} begins with ${head?.name ?? "nothing"}`, () => deepEqual(headOf(path), head));
});
