import { deepEqual, equal } from "node:assert/strict";
import type { Program } from "typescript";
import { flagsOf } from "../../provider/cli/try/flag";
import { type Definition, fieldsOf, isInService, isSingleton } from "../../provider/core/definition/define";
import {
  addressConfiguration,
  configuration,
  conversation,
  conversationWebhook,
  definitions,
  participant,
  role,
  service,
  user,
} from "../../provider/resources";
import { script } from "../unit/scripts/modules";
import { hoverDocs, hovers, publicProgram } from "./hover-docs";

const LOOKED_UP: Record<string, Definition> = {
  AddressConfiguration: addressConfiguration,
  Configuration: configuration,
  Conversation: conversation,
  ConversationWebhook: conversationWebhook,
  Participant: participant,
  Role: role,
  Service: service,
  User: user,
};

let program: Promise<Program> | undefined;
/** Made once: it takes seconds. */
function declarations(): Promise<Program> {
  program ??= publicProgram();
  return program;
}

describe("engine: docs that an editor shows for what a program writes", () => {
  let docs: Map<string, string>;
  let types: Map<string, string>;
  before(async function () {
    this.timeout(60_000);
    const shown = hovers(await declarations());
    docs = new Map([...shown].map(([path, hover]) => [path, hover.docs]));
    types = new Map([...shown].map(([path, { type }]) => [path, type]));
  });

  for (const { type, schema, ...definition } of definitions) {
    it(`stand at every field of ${type}Args, nested ones too`, () => {
      const own = [...docs].filter(([path]) => path.startsWith(`${type}Args.`));
      const fields = fieldsOf({ type, schema, ...definition }).filter(
        ({ policy }) => policy.internal !== true,
      );
      deepEqual(
        own
          .map(([path]) => path.split(".")[1])
          .filter((name, at, all) => all.indexOf(name) === at)
          .sort(),
        fields.map(({ name }) => name).sort(),
      );
      deepEqual(
        own.filter(([, text]) => text === "").map(([path]) => path),
        [],
      );
    });

    it(`say at every field of ${type}Args that replaces, that it does`, () => {
      for (const { name, policy } of fieldsOf({ type, schema, ...definition })) {
        const text = docs.get(`${type}Args.${name}`)?.replaceAll(/\s+/g, " ") ?? "";
        equal(/Changing it replaces/.test(text), policy.change === "replace", `${type}Args.${name}: ${text}`);
      }
    });
  }

  it("stand at every field of a StandingConversation and of its members", () => {
    const fieldsIn = (type: string) =>
      [...docs]
        .filter(([path]) => path.startsWith(`${type}.`))
        .map(([path, text]) => [path.slice(type.length), text]);
    const given = /^\.(conversationSid|serviceSid|account)$/;
    const standing = Object.fromEntries(fieldsIn("StandingConversationArgs"));
    const member = Object.fromEntries(fieldsIn("StandingMemberArgs"));
    for (const [path, text] of fieldsIn("ConversationArgs")) equal(standing[path ?? ""], text);
    equal(standing[".members"]?.includes("under a label of your choice"), true);
    for (const [path, text] of fieldsIn("ParticipantArgs"))
      if (!given.test(path ?? "")) equal(member[path ?? ""], text);
    const webhook = Object.fromEntries(fieldsIn("StandingWebhookArgs"));
    for (const [path, text] of fieldsIn("ConversationWebhookArgs"))
      if (!given.test(path ?? "")) equal(webhook[path ?? ""], text);
  });

  it("stand at every field of a Roster and of its members", () => {
    for (const type of ["RosterArgs", "RosterMemberArgs"]) {
      const own = [...docs].filter(([path]) => path.startsWith(`${type}.`));
      equal(own.length > 6, true, type);
      deepEqual(
        own.filter(([, text]) => text === "").map(([path]) => path),
        [],
      );
    }
    equal(docs.get("RosterArgs.members")?.includes("under a label of your choice"), true);
    equal(docs.get("RosterMemberArgs.conversationSid"), undefined);
  });

  it("are what the command line says of each field", async () => {
    const told = (
      await script<{ fieldDocs(): Record<string, Record<string, string>> }>("field-docs.mjs")
    ).fieldDocs();
    const plain = (text = "") => text.replace(/\nDefault: .*$/s, "").trim();
    for (const definition of definitions)
      for (const { path } of flagsOf(definition)) {
        const text = plain(told[definition.type]?.[path]);
        equal(text, docs.get(`${definition.type}Args.${path}`)?.trim(), `${definition.type}.${path}`);
      }
  });

  it("stand beside types in the words of Pulumi", () => {
    equal(types.get("ParticipantArgs.attributes"), "pulumi.Input<Attributes | undefined>");
    equal(types.get("ConversationArgs.friendlyName"), "pulumi.Input<string | undefined>");
    equal(types.get("RoleArgs.friendlyName"), "pulumi.Input<string>");
    deepEqual(
      [...types].filter(([, type]) => /Zod|ArgsOf|Deep|ValueOf|Having/.test(type)),
      [],
    );
  });

  it("are found for nested members", () =>
    equal(docs.get("ParticipantArgs.messagingBinding.address")?.includes("The person's address"), true));
});

describe("functions: docs that an editor shows for a look-up", () => {
  let args: Map<string, string>;
  let results: Map<string, string>;
  before(async function () {
    this.timeout(60_000);
    args = hoverDocs(await declarations());
    results = hoverDocs(await declarations(), "Result");
  });
  const undocumented = (docs: Map<string, string>) =>
    [...docs].filter(([path, text]) => /^Get\w+\.\w+$/.test(path) && !/^[A-Z].*\.$/s.test(text));

  it("stand at every argument and every part of a result", () => {
    deepEqual([undocumented(args), undocumented(results)], [[], []]);
    equal([...args.keys()].filter((path) => path.startsWith("Get")).length > 100, true);
  });

  it("say of a result nothing that only a resource has", () => {
    const texts = [...results].filter(([path]) => path.startsWith("Get")).map(([, text]) => text);
    deepEqual(
      texts.filter((text) => /arguments|as the program|program names|declared\.|of interest here/.test(text)),
      [],
    );
  });

  for (const [type, definition] of Object.entries(LOOKED_UP))
    it(`stand at what there is of each ${definition.noun}`, () => {
      const names = [...results.keys()]
        .filter((path) => path.startsWith(`Get${type}Result.`) && path.split(".").length === 2)
        .map((path) => path.split(".")[1]);
      deepEqual(names.sort(), resultNames(definition));
    });
});

/** What `resultOf` can give: fields that Twilio tells, outputs, and where it is. */
function resultNames(definition: Definition): string[] {
  const told = fieldsOf(definition).filter(
    ({ name, policy }) =>
      policy.change !== "local" && (policy.pathParameter !== true || name === "conversationSid"),
  );
  const names = new Set([
    ...told.map(({ name }) => name),
    ...definition.outputs,
    ...definition.volatile,
    ...(isInService(definition) ? ["chatServiceSid"] : []),
    ...(isSingleton(definition) ? [] : ["sid"]),
    "origin",
    "url",
  ]);
  // What only a program says.
  for (const declared of ["resolvedConversationSid", "timers"]) names.delete(declared);
  return [...names].sort();
}
