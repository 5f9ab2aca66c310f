import { CodedError } from "../rules/errors";
import type { Form } from "../rules/world";

/** More than any operation takes; a million would cost a second and 200 MB. */
const maxValues = 1_000;

/** Parses a form or query, keeping every value of every name in order. */
export function parseForm(text: string): Form {
  if (text.split("&", maxValues + 1).length > maxValues)
    throw new CodedError(20001, `more than ${maxValues} values`);
  const form = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const values = form.get(name);
    if (values) values.push(value);
    else form.set(name, [value]);
  }
  return form;
}

/** As plain JSON; a repeated name is an array. */
export function formRecord(form: Form): Record<string, string | string[]> {
  const record: Record<string, string | string[]> = Object.create(null);
  for (const [name, values] of form) record[name] = values.length === 1 ? (values[0] ?? "") : [...values];
  return { ...record };
}
