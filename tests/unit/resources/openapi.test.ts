import { deepEqual, equal } from "node:assert/strict";
import { type Definition, fieldsOf } from "../../../provider/engine/define";
import type { JsonObject } from "../../../provider/engine/json";
import { requestFor } from "../../../provider/engine/request";
import { toForm } from "../../../provider/engine/wire";
import { definitions } from "../../../provider/resources";
import { VERSION } from "../../../provider/version";
import { operations } from "../../contract/openapi";
import { everyField, IS } from "../engine/samples";

/** Parameters that update in Twilio's description and replace here, or the other way round, with the reason. */
const UNLIKE_TWILIO: Record<string, Record<string, string>> = {
  Participant: {
    Identity: "an update can only add it to a participant with a projected address, else 50444",
    "MessagingBinding.ProxyAddress": "resending or changing it answers 50441",
    "MessagingBinding.ProjectedAddress": "adding it to a participant with a binding answers 50443",
  },
};
/** Parameters of an update that never change here, with the reason. */
const NEVER_UPDATED: Record<string, Record<string, string>> = {
  Participant: {
    DateCreated: "for the import of a history, at creation only",
    DateUpdated: "for the import of a history, at creation only",
  },
  Conversation: {
    DateCreated: "for the import of a history, at creation only",
    DateUpdated: "for the import of a history, at creation only",
  },
};

function parametersOf(
  definition: Definition,
  changes: readonly string[],
  without: "updateOnly" | "" = "",
): string[] {
  const values = everyField[definition.type as keyof typeof everyField] as JsonObject;
  const names = fieldsOf(definition)
    .filter(({ policy }) => policy.located !== true && changes.includes(policy.change))
    .filter(({ policy }) => without === "" || policy[without] !== true)
    .map(({ name }) => name);
  const form = toForm(definition, Object.fromEntries(names.map((name) => [name, values[name]])));
  return [...new Set(form.map(([parameter]) => parameter))].sort();
}

/** Twilio's description of an operation, with our values in place of the path's parameters. */
function described(path: string, method: string) {
  const found = operations.filter(
    ({ template, method: its }) =>
      its === method && new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path),
  );
  equal(found.length, 1, `${method} ${path}`);
  return found[0] as (typeof operations)[number];
}

describe("definitions against Twilio's OpenAPI", () => {
  for (const definition of definitions as readonly Definition[]) {
    const { serviceSid: _service, ...inputs } = everyField[
      definition.type as keyof typeof everyField
    ] as JsonObject;
    const sent = ["update", "replace", "creation"];

    for (const [where, place] of [
      ["the default service", inputs],
      ["a service", { ...inputs, serviceSid: IS }],
    ] as const) {
      const create = described(requestFor(definition, "create", place).path, "POST");
      const update = described(requestFor(definition, "update", place, "XX1").path, "POST");
      const unlike = Object.keys(UNLIKE_TWILIO[definition.type] ?? {});

      it(`creates a ${definition.noun} in ${where} with every parameter that there is`, () =>
        deepEqual(parametersOf(definition, sent, "updateOnly"), [...create.requestFields].sort()));

      it(`updates a ${definition.noun} in ${where} with every parameter that can change`, () =>
        deepEqual(
          parametersOf(definition, ["update"]),
          update.requestFields
            .filter((name) => !unlike.includes(name) && !(name in (NEVER_UPDATED[definition.type] ?? {})))
            .sort(),
        ));

      it(`replaces a ${definition.noun} in ${where} for what only a create takes`, () =>
        deepEqual(
          parametersOf(definition, ["replace"]).filter((name) => !unlike.includes(name)),
          create.requestFields.filter((name) => !update.requestFields.includes(name)).sort(),
        ));

      it(`announces a ${definition.noun} in ${where} to webhooks where Twilio can`, () => {
        const takesHeader = [create, update].map(({ parameters }) =>
          parameters.some(({ name }) => name === "X-Twilio-Webhook-Enabled"),
        );
        const hasField = fieldsOf(definition).some(({ name }) => name === "webhookEnabled");
        deepEqual(takesHeader, [hasField, hasField]);
      });

      it(`lists a ${definition.noun} in ${where} in pages of Twilio's greatest size`, () => {
        const { parameters } = described(requestFor(definition, "list", place).path, "GET");
        const pageSize = parameters.find(({ name }) => name === "PageSize")?.schema;
        equal(definition.pageSize, pageSize?.["maximum"]);
      });
    }

    it(`demands of a ${definition.noun} what Twilio demands`, () => {
      const required = described(requestFor(definition, "create", inputs).path, "POST").requestSchema?.[
        "required"
      ];
      const ours = fieldsOf(definition)
        .filter(
          ({ name, policy }) =>
            policy.located !== true && !definition.schema.shape[name]?.safeParse(undefined).success,
        )
        .flatMap(({ name }) => toForm(definition, { [name]: inputs[name] }).map(([parameter]) => parameter));
      deepEqual([...new Set(ours)].sort(), ((required as string[]) ?? []).sort());
    });
  }

  it("has no exception that Twilio's description does not need", () => {
    for (const [type, parameters] of Object.entries({ ...UNLIKE_TWILIO }))
      for (const parameter of Object.keys(parameters)) {
        const definition = definitions.find((candidate) => candidate.type === type) as Definition;
        const path = requestFor(definition, "update", everyField.Participant, "XX1").path;
        equal(described(path, "POST").requestFields.includes(parameter), true, parameter);
      }
  });
});

describe("version", () => {
  it("is the one of package.json", () => {
    const manifest: { version: string } = require("../../../package.json");
    equal(VERSION, manifest.version);
  });
});
