import { CodedError, NotFoundError } from "../rules/errors";
import { type Fields, readFields, type Values } from "../rules/fields";
import { type Order, type PageSize, page, withoutPaging } from "../rules/pages";
import type { Call, Plan, View } from "../rules/world";
import type { JsonObject } from "../state/rows";
import type { Subject, Verb } from "../webhooks/subject";
import { type Operation, type Prepared, type Route, type Scope, templates } from "./route";

/** A write: its form fields and the rules that turn them into a plan. */
export interface Write<T> {
  readonly fields: readonly string[];
  plan(call: Call, target: T): Plan;
}

/** Declares a write, so that its values have the types of its fields. */
export function write<F extends Fields, T>(
  fields: F,
  plan: (call: Call, values: Values<F>, target: T) => Plan,
): Write<T> {
  return {
    fields: Object.keys(fields),
    plan: (call, target) => plan(call, readFields(fields, call.form, call), target),
  };
}

/** The rows of a list; `direction` tells the pager their order. */
export interface Selection<R> {
  rows: readonly R[];
  direction?: Order;
}

/** A list: its filters and the rows that pass them. */
export interface Listing<P, R> {
  select(call: Call, parent: P): Selection<R>;
}

/** Declares a list; refuses query parameters other than filters and paging. */
export function listing<F extends Fields, P, R>(
  filters: F,
  select: (call: Call, values: Values<F>, parent: P) => Selection<R>,
): Listing<P, R> {
  return {
    select: (call, parent) => select(call, readFields(filters, withoutPaging(call.query), call), parent),
  };
}

/** A resource with a list. `P` is its parent, `R` its row. An operation left out has no route. */
export interface Collection<P, R extends { order: number }> {
  readonly name: string;
  readonly scope: Scope;
  readonly path: string;
  /** The key of the array in a list's answer. */
  readonly key: string;
  readonly pageSize: PageSize;
  /** The name of the last path parameter. */
  readonly idParameter?: string;
  parent(call: Call): P;
  find?(call: Call, parent: P, id: string): R | undefined;
  readonly list?: Listing<P, R>;
  readonly create?: Write<P>;
  readonly update?: Write<R>;
  remove?(call: Call, row: R): Plan;
  render(row: R, view: View): JsonObject;
  /** What webhooks see of a row; without it, writes fire none. */
  subject?(row: R): Subject;
}

/** The up to five routes of a collection, doubled where it also has service-scoped paths. */
export function collection<P, R extends { order: number }>(definition: Collection<P, R>): Route[] {
  const { name, path, scope, find, list, create, update } = definition;
  const row = (call: Call): R => {
    const id = call.parameters[definition.idParameter ?? "Sid"] ?? "";
    const found = find?.(call, definition.parent(call), id);
    if (!found) throw new NotFoundError(call.shownPath);
    return found;
  };
  const rendered = (plan: Plan, call: Call): JsonObject => definition.render(plan.row as R, call);
  const eventOf = (verb: Verb, changed: R): Prepared["event"] => {
    const { subject } = definition;
    return subject && { verb, subject: () => subject(changed) };
  };
  const routes: Route[] = [];
  const add = (
    operation: Operation,
    method: Route["method"],
    prepare: (call: Call) => Prepared,
    fields: readonly string[] = [],
  ): void => {
    const isInstance = operation !== "create" && operation !== "list";
    const suffix = isInstance ? `${path}/{${definition.idParameter ?? "Sid"}}` : path;
    for (const place of templates(scope, suffix)) {
      routes.push({ resource: name, operation, method, ...place, fields, prepare });
    }
  };

  if (create) {
    add(
      "create",
      "POST",
      (call) => {
        refuseFilters(call);
        const plan = create.plan(call, definition.parent(call));
        return {
          status: plan.status ?? 201,
          commit: plan.commit,
          body: () => rendered(plan, call),
          event: eventOf("Add", plan.row as R),
        };
      },
      create.fields,
    );
  }
  if (list) {
    add("list", "GET", (call) => {
      const { rows, direction = "asc" } = list.select(call, definition.parent(call));
      const body = page({
        rows,
        query: call.query,
        size: definition.pageSize,
        key: definition.key,
        url: call.origin + call.path,
        direction,
        render: (item) => definition.render(item, call),
      });
      return { status: 200, body: () => body };
    });
  }
  if (find) {
    add("fetch", "GET", (call) => {
      refuseFilters(call);
      const found = row(call);
      return { status: 200, body: () => definition.render(found, call) };
    });
  }
  if (update) {
    add(
      "update",
      "POST",
      (call) => {
        refuseFilters(call);
        const target = row(call);
        refuseEmptyUpdate(call, update.fields);
        const plan = update.plan(call, target);
        return {
          status: 200,
          commit: plan.commit,
          body: () => rendered(plan, call),
          event: eventOf("Update", target),
        };
      },
      update.fields,
    );
  }
  if (definition.remove) {
    add("delete", "DELETE", (call) => {
      refuseFilters(call);
      const target = row(call);
      const plan = definition.remove?.(call, target);
      return { status: 204, commit: plan?.commit, body: () => undefined, event: eventOf("Remove", target) };
    });
  }
  return routes;
}

/** Refuses an update without fields; ignored unknown fields do not count. */
export function refuseEmptyUpdate(call: Call, fields: readonly string[]): void {
  const { emptyUpdate, unknownFields } = call.switches;
  const names = [...call.form.keys()];
  const said = unknownFields === "ignore" ? names.filter((name) => fields.includes(name)) : names;
  if (said.length === 0 && emptyUpdate === "refuse") throw new CodedError(20161);
}

/** Refuses a query on everything but a list. */
export function refuseFilters(call: Call): void {
  readFields({}, call.query, call);
}
