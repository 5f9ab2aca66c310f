import type { ApiRequest } from "../http/client";
import type { Definition } from "./define";
import type { JsonObject } from "./json";
import { pathOf } from "./wire";

export type Operation = "list" | "read" | "create" | "update" | "delete";

const METHODS = { list: "GET", read: "GET", create: "POST", update: "POST", delete: "DELETE" } as const;

/** The request of an operation on the object that `place` (inputs or state) locates, without its form. */
export function requestFor(
  definition: Definition,
  operation: Operation,
  place: JsonObject,
  sid?: string,
): ApiRequest {
  const service = typeof place["serviceSid"] === "string" ? ["Services", place["serviceSid"]] : [];
  const instance = sid === undefined ? [] : [sid];
  const isWrite = METHODS[operation] !== "GET";
  return {
    method: METHODS[operation],
    path: pathOf([...service, ...definition.collection(place), ...instance]),
    repeatable: operation !== "create",
    attempting: `${operation} ${definition.noun}`,
    ...(isWrite && typeof place["webhookEnabled"] === "boolean"
      ? { webhookEnabled: place["webhookEnabled"] }
      : {}),
  };
}
