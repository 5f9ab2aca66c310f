import { maskPhoneNumbers } from "../../http/redaction/redaction";
import { isUnknown } from "../engine-transport";
import { isObject, type Json, type JsonObject } from "../json";
import { fieldsOf, type ObjectDefinition } from "./define";
import { type FieldEntry, nestedFields } from "./field";

/** The fields that identify an object to the user of a message. */
export function recognisingFields({ recognisedBy, naturalKey }: ObjectDefinition): readonly string[] {
  return recognisedBy ?? naturalKey.fields;
}

/** An object for a message: its SID, and its identifying fields unless the program keeps them secret. */
export function described(definition: ObjectDefinition, sid: string, inputs: JsonObject): string {
  const names = recognisingFields(definition);
  const parts = fieldsOf(definition)
    .filter(({ name }) => names.includes(name))
    .flatMap((entry) => partsOf(entry, inputs[entry.name], entry.name));
  const who =
    parts.length === 0 || inputs["secretKey"] === true ? "" : ` (${maskPhoneNumbers(parts.join(", "))})`;
  return `${definition.noun} ${sid}${who}`;
}

function partsOf(entry: Omit<FieldEntry, "name">, value: Json | undefined, path: string): string[] {
  if (isObject(value))
    return (nestedFields(entry) ?? []).flatMap(({ name, ...member }) =>
      partsOf(member, value[name], `${path}.${name}`),
    );
  return typeof value === "string" && !isUnknown(value) ? [`${path} ${JSON.stringify(value)}`] : [];
}
