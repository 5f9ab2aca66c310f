import { type ApiError, isForbidden } from "../../http/errors";
import { type Definition, type FieldDefault, fieldsOf } from "../definition/define";
import { restrict } from "../definition/field";
import type { JsonObject } from "../json";
import type { Odd } from "../state/adoption-rules";
import type { Search } from "./find-existing";
import { locationOf, serviceOf } from "./location";

/** Undeclared fields of an object that are not known to hold Twilio's choice. */
export interface Choices {
  /** Set by somebody else. */
  readonly odd: readonly Odd[];
  /** Perhaps Twilio's choice before the program changed the default. */
  readonly earlier: readonly Odd[];
  /** The credentials may not read Twilio's choice. */
  readonly unread: readonly Unread[];
}

export interface Unread extends Odd {
  /** What that means for all adopted objects. */
  readonly note: string;
}

/** Reads Twilio's choices once a run, if there is a field to compare. */
export async function choicesOf(search: Search, live: JsonObject): Promise<Choices> {
  const { definition, inputs, connection, session, signal } = search;
  const found: (Odd & FieldDefault)[] = [];
  const unread: Unread[] = [];
  let location: JsonObject | undefined;
  for (const entry of fieldsOf(definition)) {
    const { name, policy } = entry;
    const choice = definition.defaults?.[name];
    const value = restrict(entry, live[name]);
    if (policy.watched !== true || choice === undefined || inputs[name] !== undefined || value === undefined)
      continue;
    location ??= {
      ...locationOf(definition, connection, live, serviceOf(definition, inputs, await connection.verified())),
    };
    const chosen = await choice.value(connection, location).catch(refusalOf);
    if (typeof chosen !== "string")
      unread.push({ name, found: value, choice: undefined, note: noteOf(name, choice, chosen) });
    else if (chosen !== value) found.push({ ...choice, name, found: value, choice: chosen });
  }
  const stock = new Set<unknown>();
  for (const each of found)
    if (await each.isStock?.(connection, location ?? {}, each.found).catch(notIfForbidden)) stock.add(each);
  // The resource that sets the choice may not have registered yet.
  if (stock.size < found.length) await session.quietPeriod.wait(signal);
  const declarationsOf = (other: Definition) =>
    [...session.ownership.declarationsOf(other)].map((declaration) => declaration.inputs);
  const isEarlier = (each: FieldDefault) =>
    stock.has(each) || each.isSetBy?.(declarationsOf, location ?? {}) === true;
  return {
    odd: found.filter((each) => !isEarlier(each)),
    earlier: found.filter(isEarlier),
    unread,
  };
}

function refusalOf(error: unknown): ApiError {
  if (isForbidden(error)) return error;
  throw error;
}

/** False if the credentials may not read it. */
function notIfForbidden(error: unknown): boolean {
  if (isForbidden(error)) return false;
  throw error;
}

function noteOf(name: string, { permission }: FieldDefault, { brief }: ApiError): string {
  return (
    `${brief} So the ${name} of what is taken over is not watched. Declare ${name}, or give the API key the ` +
    `permission ${permission} (docs/credentials.md).`
  );
}
