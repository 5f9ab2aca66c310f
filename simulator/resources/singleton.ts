import type { Call, View } from "../rules/world";
import type { JsonObject } from "../state/rows";
import { refuseEmptyUpdate, refuseFilters, type Write } from "./collection";
import { type Route, type Scope, templates } from "./route";

/** A resource that always exists: it is fetched and updated, never created or deleted. */
export interface Singleton<R> {
  readonly name: string;
  readonly scope: Scope;
  readonly path: string;
  find(call: Call): R;
  readonly update: Write<R>;
  render(row: R, view: View): JsonObject;
}

export function singleton<R>(definition: Singleton<R>): Route[] {
  const { name } = definition;
  return templates(definition.scope, definition.path).flatMap((place): Route[] => [
    {
      resource: name,
      operation: "fetch",
      method: "GET",
      ...place,
      fields: [],
      prepare: (call) => {
        refuseFilters(call);
        const row = definition.find(call);
        return { status: 200, body: () => definition.render(row, call) };
      },
    },
    {
      resource: name,
      operation: "update",
      method: "POST",
      ...place,
      fields: definition.update.fields,
      prepare: (call) => {
        refuseFilters(call);
        const row = definition.find(call);
        refuseEmptyUpdate(call, definition.update.fields);
        const plan = definition.update.plan(call, row);
        return { status: 200, commit: plan.commit, body: () => definition.render(row, call) };
      },
    },
  ]);
}
