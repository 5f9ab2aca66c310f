import { readFileSync } from "node:fs";
import Ajv, { type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

type Schema = { [key: string]: unknown };
export interface SpecOperation {
  method: "GET" | "POST" | "DELETE";
  template: string;
  statuses: number[];
  requestFields: string[];
  parameters: { name: string; in: string; schema: Schema }[];
  requestSchema: Schema | undefined;
  examples: { name: string; form: Schema; status: number; response: Schema | undefined }[];
}

const file = require.resolve("@twilio/cli-core/src/services/twilio-api/twilio_conversations_v1.json");
// biome-ignore lint/suspicious/noExplicitAny: the document is read by name
const spec: any = JSON.parse(readFileSync(file, "utf8"));

/** All operations of Twilio's published description of Conversations v1. */
export const operations: readonly SpecOperation[] = Object.entries(spec.paths).flatMap(([template, item]) =>
  (["get", "post", "delete"] as const)
    // biome-ignore lint/suspicious/noExplicitAny: as above
    .filter((method) => method in (item as any))
    // biome-ignore lint/suspicious/noExplicitAny: as above
    .map((method) => operation(method, template, (item as any)[method])),
);

// biome-ignore lint/suspicious/noExplicitAny: as above
function operation(method: string, template: string, source: any): SpecOperation {
  const content = source.requestBody?.content?.["application/x-www-form-urlencoded"];
  return {
    method: method.toUpperCase() as SpecOperation["method"],
    template,
    statuses: Object.keys(source.responses).map(Number),
    requestFields: Object.keys(resolved(content?.schema)?.properties ?? {}),
    requestSchema: resolved(content?.schema),
    parameters: source.parameters ?? [],
    examples: Object.entries(content?.examples ?? {}).map(([name, example]) => {
      const status = Number(Object.keys(source.responses)[0]);
      return {
        name,
        status,
        form: (example as { value: Schema }).value,
        response: source.responses[status]?.content?.["application/json"]?.examples?.[name]?.value,
      };
    }),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: as above
export function resolved(schema: any): any {
  return schema?.$ref ? spec.components.schemas[schema.$ref.split("/").at(-1)] : schema;
}

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addFormat("uri-map", true);
const validators = new Map<string, ValidateFunction>();

/** What is wrong with an answer according to the description: nothing, or one line each. */
export function violations(method: string, template: string, status: number, body: unknown): string[] {
  const responses = spec.paths[template]?.[method.toLowerCase()]?.responses;
  if (!responses?.[status]) return [`${method} ${template}: status ${status} is not documented`];
  const schema = responses[status].content?.["application/json"]?.schema;
  if (!schema) return body === undefined ? [] : [`${method} ${template}: ${status} has no body`];
  const key = `${method} ${template} ${status}`;
  const validate = validators.get(key) ?? ajv.compile(closed(schema) as object);
  validators.set(key, validate);
  if (validate(body)) return [];
  return (validate.errors ?? []).map((error) => {
    const extra = error.params["additionalProperty"] ?? "";
    return `${key}: ${error.instancePath} ${error.message} ${extra}`;
  });
}

/** The schema with its references put in, `nullable` only beside a type, and undeclared keys refused. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const source = resolved(schema) as Schema;
  const copy: Schema = {};
  for (const [key, value] of Object.entries(source)) copy[key] = closed(value);
  // The document's own example of a fresh service shows its webhook method as null.
  if (copy["type"] === "string" && String(copy["description"]).startsWith("The HTTP method to be used")) {
    copy["nullable"] = true;
  }
  if (!("type" in copy)) delete copy["nullable"];
  if (copy["nullable"] === true && Array.isArray(copy["enum"])) copy["enum"] = [...copy["enum"], null];
  if (typeof copy["properties"] === "object") copy["additionalProperties"] ??= false;
  return copy;
}
