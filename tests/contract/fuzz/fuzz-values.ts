import assert from "node:assert/strict";
import fc from "fast-check";
import { operations, resolved, type SpecOperation } from "../openapi/openapi";
import { flag, good, hostile, needed, some } from "./fuzz-fields";

/** One request as drawn: the rows and the hostile words are put in when it is sent. */
export interface Step {
  /** Which operation of the document, by its index. */
  place: number;
  /** Which rows of the store the path and the form mean, whatever their SIDs are by then. */
  picks: number[];
  /** What stands in place of a path parameter, by its place from the left. */
  strangers: (string | undefined)[];
  /** A value of `@RL` is the SID of a role, and so on for the other prefixes. */
  form: Record<string, string[]>;
  query: [string, string][];
  advanceMs: number;
  /** Whether it fires webhooks; none of those here leaves this machine. */
  isTold: boolean;
}

function goodValue(operation: SpecOperation, name: string): fc.Arbitrary<string> {
  const schema = resolved(resolved(operation.requestSchema?.["properties"])?.[name]);
  if (schema?.enum) return fc.constantFrom(...(schema.enum as string[]));
  if (schema?.type === "boolean") return flag;
  return (Object.hasOwn(good, name) && good[name]) || some("some text");
}

const many = (value: fc.Arbitrary<string>, isList: boolean): fc.Arbitrary<string[]> =>
  fc.array(value, { minLength: 1, maxLength: isList ? 3 : 1 });

/** The least that the operation takes, by times with further fields, by times with hostile values. */
function formOf(operation: SpecOperation): fc.Arbitrary<Record<string, string[]>> {
  const { requestFields: names, template } = operation;
  if (names.length === 0) return fc.constant({});
  const isList = (name: string): boolean =>
    resolved(operation.requestSchema?.["properties"])?.[name]?.type === "array";
  const choices = needed.find(([pattern]) => pattern.test(template))?.[1] ?? names.map((name) => [name]);
  const least = fc.constantFrom(...choices).chain((chosen) => {
    const known = chosen.filter((name) => names.includes(name));
    return fc.record(
      Object.fromEntries(known.map((name) => [name, many(goodValue(operation, name), isList(name))])),
    );
  });
  const extra = (max: number, value: (name: string) => fc.Arbitrary<string>) =>
    fc
      .subarray(names, { maxLength: Math.min(max, names.length) })
      .chain((chosen) =>
        fc.record(Object.fromEntries(chosen.map((name) => [name, many(value(name), isList(name))]))),
      );
  const none = fc.constant({});
  const further = fc.oneof(
    { weight: 2, arbitrary: none },
    { weight: 2, arbitrary: extra(3, (name) => goodValue(operation, name)) },
  );
  const bad = fc.oneof(
    { weight: 3, arbitrary: none },
    extra(2, () => hostile(20_000)),
  );
  const whole = fc.tuple(least, further, bad).map((parts) => Object.assign({}, ...parts));
  return fc.oneof(
    { weight: 9, arbitrary: whole },
    extra(4, () => hostile(20_000)),
  );
}

const filters: Record<string, fc.Arbitrary<string>> = {
  Type: some("sms", "whatsapp"),
  State: some("active", "inactive", "closed"),
  Order: some("asc", "desc"),
  StartDate: some("2020-01-01", "2020-01-01T00:00:00Z"),
  EndDate: some("2030-01-01"),
  Identity: some("ann", "eve"),
  Address: some("+15550001111"),
  BindingType: some("apn"),
  PageSize: some("1", "2", "50"),
  Page: some("0", "1"),
};

function queryOf({ template, parameters }: SpecOperation): fc.Arbitrary<[string, string][]> {
  const names = parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
  const pair = (name: string, value: fc.Arbitrary<string>): fc.Arbitrary<[string, string]> =>
    fc.tuple(fc.constant(name), value);
  const stranger = pair("PageToken", hostile(1_000));
  if (names.length === 0)
    return fc.oneof(
      { weight: 9, arbitrary: fc.constant<Step["query"]>([]) },
      stranger.map((one) => [one]),
    );
  const must = template.endsWith("ParticipantConversations") ? some("Identity", "Address") : fc.constant("");
  return fc
    .tuple(must, fc.subarray(names, { maxLength: 2 }), fc.noBias(fc.nat(9)))
    .chain(([first, others, dice]) => {
      const rest = others.filter((name) => name !== "PageToken" && !(first && /^(Id|Ad)/.test(name)));
      const chosen = first ? [first, ...rest] : rest;
      const value = (name: string) => (dice > 7 ? hostile(1_000) : (filters[name] ?? hostile(1_000)));
      return fc.tuple(...chosen.map((name) => pair(name, value(name))), ...(dice === 7 ? [stranger] : []));
    });
}

export function operationOf({ place }: Pick<Step, "place">): SpecOperation {
  const operation = operations[place];
  assert.ok(operation);
  return operation;
}

/** A request for an operation, each of which is as likely as any other. */
export const step: fc.Arbitrary<Step> = fc.constantFrom(...operations.keys()).chain((place) => {
  const operation = operationOf({ place });
  return fc.record({
    place: fc.constant(place),
    picks: fc.array(fc.noBias(fc.nat(9_999)), { minLength: 3, maxLength: 3 }),
    strangers: fc.oneof(
      { weight: 5, arbitrary: fc.constant<Step["strangers"]>([]) },
      fc.array(fc.option(hostile(1_500), { nil: undefined }), { minLength: 1, maxLength: 4 }),
    ),
    form: operation.method === "POST" ? formOf(operation) : fc.constant({}),
    query: queryOf(operation),
    advanceMs: fc.oneof({ weight: 19, arbitrary: fc.constant(0) }, fc.constant(40_000)),
    isTold: fc.noBias(fc.nat(4)).map((dice) => dice === 4),
  });
});
