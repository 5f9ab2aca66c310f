import { type Form, toForm } from "../../core/api/codec";
import { requestFor } from "../../core/api/request";
import { type Definition, fieldsOf, isSingleton, pathParametersOf } from "../../core/definition/define";
import { isSid } from "../../core/definition/sid";
import { trustFixed, validate } from "../../core/definition/validate";
import { uncarriedIn } from "../../core/engine-transport";
import { type JsonObject, pick } from "../../core/json";
import { createForm } from "../../core/lifecycle/create";
import type { Problem } from "../../core/problem";
import type { ApiRequest } from "../../http/client";
import { type Flag, flagName, flagsOf, valueAt } from "./flag";

export type Verb = "create" | "update" | "fetch" | "list" | "delete";

/** One request of a resource, as the provider would send it. */
export interface Call {
  readonly definition: Definition;
  readonly verb: Verb;
  /** The checked fields. */
  readonly inputs: JsonObject;
  readonly sid: string | undefined;
  readonly request: ApiRequest;
  /** Form parameters whose values are secrets. */
  readonly secrets: readonly string[];
  /** Where curl can read each secret, by parameter: a file, or `-` for standard input. */
  readonly secretFiles: Readonly<Record<string, string>>;
  /** Notes on fields that were given and are not sent. */
  readonly notes: readonly string[];
}

const OPERATIONS = {
  create: "create",
  update: "update",
  fetch: "read",
  list: "list",
  delete: "delete",
} as const;

/** The operations of a resource; the first is the default. */
export function verbsOf(definition: Definition): readonly Verb[] {
  if (isSingleton(definition)) return ["update", "fetch"];
  const canChange = flagsOf(definition).some(({ policy }) => policy.change === "update");
  return canChange ? ["create", "update", "fetch", "list", "delete"] : ["create", "fetch", "list", "delete"];
}

/** The request for these fields, or all their problems. `files` names the files that secrets came from, by field. */
export function prepare(
  definition: Definition,
  verb: Verb,
  given: JsonObject,
  sid?: string,
  files: Readonly<Record<string, string>> = {},
): Call | { readonly problems: Problem[] } {
  const flags = flagsOf(definition).filter(({ path }) => valueAt(given, path) !== undefined);
  // Checks for a create do not apply to an existing object.
  const checked = validate(definition, verb === "create" ? {} : given, given, trustFixed);
  const misplaced = flags.flatMap((flag) => misplacement(definition, verb, flag));
  const uncarried = [uncarriedIn(given) ?? []].flat();
  const wrong = [
    ...uncarried,
    ...sidProblems(definition, verb, sid),
    ...misplaced,
    ...checked.problems.filter(
      ({ path }) =>
        concerns(definition, verb, flags, path) &&
        ![...uncarried, ...misplaced].some((other) => other.path === path),
    ),
  ];
  if (wrong.length > 0) return { problems: wrong };
  const form = formOf(definition, verb, checked.inputs);
  if (verb === "update" && form?.length === 0) return { problems: [nothingToSend(definition)] };
  return {
    definition,
    verb,
    inputs: checked.inputs,
    sid,
    request: {
      ...requestFor(definition, OPERATIONS[verb], checked.inputs, sid),
      ...(form !== undefined && { form }),
      ...(verb === "list" && { query: listQuery(definition) }),
    },
    secrets: secretParameters(definition, checked.inputs),
    secretFiles: Object.fromEntries(
      Object.entries(files).flatMap(([name, file]) =>
        toForm(definition, pick(checked.inputs, [name])).map(([parameter]) => [parameter, file]),
      ),
    ),
    notes: verb === "create" ? flags.flatMap(unsent) : [],
  };
}

/**
 * Whether a problem counts. A create is checked as a whole. Other operations give only some fields, and the missing
 * ones exist already.
 */
function concerns(definition: Definition, verb: Verb, flags: readonly Flag[], path: string): boolean {
  if (verb === "create") return true;
  const counting = [...flags.map((flag) => flag.path), ...pathParametersOf(definition)];
  return counting.some((known) => path === known || path.startsWith(`${known}.`));
}

function misplacement({ noun }: Definition, verb: Verb, { path, policy }: Flag): Problem[] {
  const { change, pathParameter } = policy;
  if (pathParameter === true || verb === "create") return [];
  if (verb !== "update")
    return verb === "delete" && path === "webhookEnabled"
      ? []
      : [{ path, message: `is not allowed with ${verb}`, hint: "Leave it out." }];
  if (change === "replace")
    return [
      {
        path,
        message: "cannot change in place",
        hint: `A change of it replaces the ${noun}: delete it and create it.`,
      },
    ];
  return change === "creation"
    ? [{ path, message: "counts at creation only", hint: "Leave it out of an update." }]
    : [];
}

function sidProblems(definition: Definition, verb: Verb, sid: string | undefined): Problem[] {
  const path = "sid";
  const isNeeded = !isSingleton(definition) && verb !== "create" && verb !== "list";
  if (!isNeeded)
    return sid === undefined ? [] : [{ path, message: `is not allowed with ${verb}`, hint: "Leave it out." }];
  const { sidPrefix, noun } = definition;
  if (sid !== undefined && isSid(sidPrefix, sid)) return [];
  return [
    {
      path,
      message: sid === undefined ? "is required" : `is no ${sidPrefix} SID`,
      hint: `Give the SID of the ${noun}: ${sidPrefix} followed by 32 hexadecimal digits.`,
    },
  ];
}

function nothingToSend(definition: Definition): Problem {
  const names = flagsOf(definition)
    .filter(({ policy }) => policy.change === "update")
    .map(({ path }) => flagName(path));
  return {
    path: "",
    message: "there is nothing to update",
    hint: `Give at least one of ${names.join(", ")}.`,
  };
}

function formOf(definition: Definition, verb: Verb, inputs: JsonObject): Form | undefined {
  if (verb === "create" && !isSingleton(definition)) return createForm(definition, inputs);
  if (verb !== "update") return undefined;
  const names = fieldsOf(definition)
    .filter(({ policy }) => policy.change === "update")
    .map(({ name }) => name);
  return toForm(definition, pick(inputs, names));
}

function listQuery(definition: Definition): Record<string, string | number> {
  return isSingleton(definition) ? {} : { ...definition.listQuery, PageSize: definition.pageSize };
}

function secretParameters(definition: Definition, inputs: JsonObject): string[] {
  const names = fieldsOf(definition)
    .filter(({ policy }) => policy.secret === true)
    .map(({ name }) => name);
  return toForm(definition, pick(inputs, names)).map(([parameter]) => parameter);
}

function unsent({ path, policy }: Flag): string[] {
  return policy.updateOnly === true
    ? [`${flagName(path)} is not sent: Twilio takes it in an update only, and so does the provider.`]
    : [];
}
