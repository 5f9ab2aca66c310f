import { pathOf } from "../../http/path";
import type { ApiRequest } from "../../http/request";
import { type Definition, isSingleton } from "../definition/define";
import { DamagedStateError } from "../errors";
import type { Json, JsonObject } from "../json";
import { missingHints } from "./missing-hint";

export type Operation = "list" | "read" | "create" | "update" | "delete";

/** A path segment that the inputs or the state must hold. Without it the path would name another object. */
export function requireText(field: string, value: Json | undefined): string {
  if (typeof value === "string" && value !== "") return value;
  throw new DamagedStateError(`holds no ${field}`);
}

/** Whether it names its service always. Without one its path is the account's own setting, and another resource. */
function isOfOneService({ schema }: Definition): boolean {
  return schema.shape["serviceSid"]?.safeParse(undefined).success === false;
}

const METHODS = { list: "GET", read: "GET", create: "POST", update: "POST", delete: "DELETE" } as const;

/** The request of an operation, without its form, on the object that `location` (inputs or state) names. */
export function requestFor(
  definition: Definition,
  operation: Operation,
  location: JsonObject,
  sid?: string,
): ApiRequest {
  const { serviceSid = null } = location;
  const isInAccount = serviceSid === null && !isOfOneService(definition);
  const service = isInAccount ? [] : ["Services", requireText("serviceSid", serviceSid)];
  const instance = sid === undefined || isSingleton(definition) ? [] : [sid];
  const isWrite = METHODS[operation] !== "GET";
  const path = [...service, ...definition.path(location), ...instance];
  const isOfOne = operation !== "list" && operation !== "create";
  const own = operation === "list" || operation === "read" ? {} : definition.hints?.[operation];
  return {
    method: METHODS[operation],
    path: pathOf(path),
    repeatable: operation !== "create",
    attempting: `${operation} ${definition.noun}`,
    advice: { ...missingHints(definition, location, { path, isOfOne }), ...own },
    ...(isWrite && typeof location["webhookEnabled"] === "boolean"
      ? { webhookEnabled: location["webhookEnabled"] }
      : {}),
  };
}
