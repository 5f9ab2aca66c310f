import { deepEqual, equal } from "node:assert/strict";
import { toForm } from "../../../provider/core/api/codec";
import { requestFor } from "../../../provider/core/api/request";
import { type Definition, fieldsOf, isSingleton } from "../../../provider/core/definition/define";
import { type Described, nestedFields } from "../../../provider/core/definition/field";
import { isObject, type Json, type JsonObject } from "../../../provider/core/json";
import { definitions } from "../../../provider/resources";
import { VERSION } from "../../../provider/version";
import { operations } from "../../contract/openapi/openapi";
import { everyField } from "../../types";
import { IS } from "../../types/sids";

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
  Message: {
    DateCreated: "for the import of a history, at creation only",
    DateUpdated: "for the import of a history, at creation only",
  },
  Conversation: {
    DateCreated: "for the import of a history, at creation only",
    DateUpdated: "for the import of a history, at creation only",
  },
};

/** Form parameters of the fields that change so, each member of a nested field by its own policy. */
function parametersOf(definition: Definition, changes: readonly string[], creating = false): string[] {
  const values = everyField(definition.type);
  const isMeant = ({ policy }: Described) =>
    policy.pathParameter !== true &&
    changes.includes(policy.change) &&
    !(creating && policy.updateOnly === true);
  const form = fieldsOf(definition).flatMap((entry) =>
    toForm(definition, { [entry.name]: partMeant(entry, values[entry.name], isMeant) }),
  );
  return [...new Set(form.map(([parameter]) => parameter))].sort();
}

function partMeant(
  entry: Described,
  value: Json | undefined,
  isMeant: (entry: Described) => boolean,
): Json | undefined {
  const members = nestedFields(entry);
  if (members === undefined || !isObject(value)) return isMeant(entry) ? value : undefined;
  if (entry.policy.pathParameter === true) return undefined;
  const parts = members.map(
    (member) => [member.name, partMeant(member, value[member.name], isMeant)] as const,
  );
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

interface Operation {
  readonly requestFields: readonly string[];
  readonly requestSchema?: Record<string, unknown> | undefined;
  readonly parameters: readonly { name: string; schema?: Record<string, unknown> | undefined }[];
}
const NO_OPERATION: Operation = { requestFields: [], parameters: [] };

/** Twilio's description of an operation, with our values in place of the path's parameters. */
function described(path: string, method: string): Operation {
  const found = operations.filter(
    ({ template, method: its }) =>
      its === method && new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path),
  );
  const exact = found.filter(({ template }) => !template.includes("{") || found.length === 1);
  equal(exact.length <= 1, true, `${method} ${path}`);
  return (exact[0] ?? NO_OPERATION) as Operation;
}

/** Where a resource can live: the account, the default service, a service. */
function placesOf(definition: Definition): [string, JsonObject][] {
  const inputs = everyField(definition.type);
  const { serviceSid: _service, ...elsewhere } = inputs;
  const schema = definition.schema.shape["serviceSid"];
  if (schema === undefined) return [["the account", elsewhere]];
  const inService: [string, JsonObject] = ["a service", { ...inputs, serviceSid: IS }];
  return schema.safeParse(undefined).success ? [["the default service", elsewhere], inService] : [inService];
}

describe("definitions against Twilio's OpenAPI", () => {
  for (const definition of definitions as readonly Definition[]) {
    const { noun, type } = definition;
    const unlike = Object.keys(UNLIKE_TWILIO[type] ?? {});
    const never = Object.keys(NEVER_UPDATED[type] ?? {});

    for (const [where, place] of placesOf(definition)) {
      const update = described(requestFor(definition, "update", place, "XX1").path, "POST");

      it(`updates a ${noun} in ${where} with every parameter that can change`, () =>
        deepEqual(
          parametersOf(definition, ["update"]),
          update.requestFields.filter((name) => !unlike.includes(name) && !never.includes(name)).sort(),
        ));

      if (isSingleton(definition)) continue;
      const create = described(requestFor(definition, "create", place).path, "POST");

      it(`creates a ${noun} in ${where} with every parameter that there is`, () =>
        deepEqual(
          parametersOf(definition, ["update", "replace", "creation"], true),
          [...create.requestFields].sort(),
        ));

      it(`replaces a ${noun} in ${where} for what only a create takes`, () =>
        deepEqual(
          parametersOf(definition, ["replace"]).filter((name) => !unlike.includes(name)),
          create.requestFields.filter((name) => !update.requestFields.includes(name)).sort(),
        ));

      it(`announces a ${noun} in ${where} to webhooks where Twilio can`, () => {
        const takesHeader = [create, update].some(({ parameters }) =>
          parameters.some(({ name }) => name === "X-Twilio-Webhook-Enabled"),
        );
        equal(
          fieldsOf(definition).some(({ name }) => name === "webhookEnabled"),
          takesHeader,
        );
      });

      it(`lists a ${noun} in ${where} in pages of Twilio's greatest size`, () => {
        const { parameters } = described(requestFor(definition, "list", place).path, "GET");
        const pageSize = parameters.find(({ name }) => name === "PageSize")?.schema;
        equal(definition.pageSize, pageSize?.["maximum"]);
      });
    }

    for (const [where, place] of placesOf(definition))
      it(`demands of a ${noun} in ${where} what Twilio demands`, () => {
        const operation = isSingleton(definition) ? "update" : "create";
        const { requestSchema } = described(requestFor(definition, operation, place).path, "POST");
        const ours = fieldsOf(definition)
          .filter(
            ({ name, policy }) =>
              policy.pathParameter !== true && !definition.schema.shape[name]?.safeParse(undefined).success,
          )
          .flatMap(({ name }) => toForm(definition, { [name]: place[name] }).map(([parameter]) => parameter));
        deepEqual([...new Set(ours)].sort(), ((requestSchema?.["required"] as string[]) ?? []).sort());
      });
  }

  for (const [type, parameters] of [...Object.entries(UNLIKE_TWILIO), ...Object.entries(NEVER_UPDATED)])
    for (const parameter of Object.keys(parameters))
      it(`needs its exception of ${type}: Twilio updates ${parameter}, and no program does`, () => {
        const definition = definitions.find((candidate) => candidate.type === type) as Definition;
        equal(parametersOf(definition, ["update"]).includes(parameter), false);
        for (const [where, place] of placesOf(definition)) {
          const { path } = requestFor(definition, "update", place, "XX1");
          equal(described(path, "POST").requestFields.includes(parameter), true, where);
        }
      });
});

describe("version", () => {
  it("is the one of package.json", () => {
    const manifest: { version: string } = require("../../../package.json");
    equal(VERSION, manifest.version);
  });
});
