import { deepEqual, equal, throws } from "node:assert/strict";
import { z } from "zod";
import { define, fieldsOf } from "../../../../provider/core/definition/define";
import {
  type FieldPolicy,
  field,
  hasDrifted,
  isSame,
  nestedFields,
  policyOf,
} from "../../../../provider/core/definition/field";
import { sameSet } from "../../../../provider/core/json";
import { definitions } from "../../../../provider/resources";
import { role } from "../state/samples";

const text = z.string();
const described = (policy: FieldPolicy, schema: z.ZodType = text) => ({ policy, schema });

describe("engine: policy of a field", () => {
  it("stays with its schema", () => {
    const policy = { change: "replace" } as const;
    equal(policyOf(field(policy, z.string().optional())), policy);
    equal(policyOf(z.string()), undefined);
    equal(policyOf(field(policy, z.string()).optional()), policy);
    equal(policyOf(z.string().optional()), undefined);
  });

  it("is asked for by name where a definition forgets it", () =>
    throws(() => fieldsOf(define({ ...role, schema: z.strictObject({ colour: z.string() }) })), {
      message: "Role.colour has no field policy",
    }));

  it("says what is equal in meaning, besides what is equal", () => {
    const set = described({ change: "update", same: sameSet });
    equal(isSame(set, ["a", "b"], ["b", "a"], {}), true);
    equal(isSame(described({ change: "update" }), ["a", "b"], ["b", "a"], {}), false);
    equal(isSame(described({ change: "update", same: () => false }), { a: 1 }, { a: 1 }, {}), true);
  });

  it("says so of each member by its own", () => {
    const members = z.strictObject({
      events: field({ change: "update", same: sameSet }, z.array(text)),
      steps: z.array(text).optional(),
    });
    const nested = described({ change: "update" }, members.optional());
    equal(isSame(nested, { events: ["a", "b"] }, { events: ["b", "a"] }, {}), true);
    equal(isSame(nested, { steps: ["a", "b"] }, { steps: ["b", "a"] }, {}), false);
    equal(isSame(nested, { events: ["a"], other: 1 }, { events: ["a"] }, {}), false);
    equal(isSame(nested, { events: ["a"] }, undefined, {}), false);
  });

  it("says what differs and is no drift all the same", () => {
    const watched = described({
      change: "update",
      isDrift: (_stored: unknown, live: unknown) => live === "closed",
    });
    equal(hasDrifted(watched, "active", "inactive", {}), false);
    equal(hasDrifted(watched, "active", "closed", {}), true);
    equal(hasDrifted(watched, "closed", "closed", {}), false);
    equal(hasDrifted(described({ change: "update" }), "active", "inactive", {}), true);
  });

  for (const definition of definitions) {
    it(`is given for every field of ${definition.type}`, () =>
      equal(fieldsOf(definition).length, Object.keys(definition.schema.shape).length));
  }
});

describe("engine: members of a field", () => {
  const policy: FieldPolicy = { change: "update", writeOnly: true, cleared: "", same: sameSet };
  const own = { change: "replace" } as const;
  const members = z.strictObject({ a: text, b: field(own, z.string().optional()) });

  it("are found through optional, and only objects have some", () => {
    const names = (schema: z.ZodType) => nestedFields(described(policy, schema))?.map(({ name }) => name);
    deepEqual(names(members), ["a", "b"]);
    deepEqual(names(members.optional()), ["a", "b"]);
    equal(names(text.optional()), undefined);
    equal(names(z.array(members)), undefined);
  });

  it("have their own policy, or what of the field's counts for its parts", () =>
    deepEqual(
      nestedFields(described(policy, members))?.map(({ policy }) => policy),
      [{ change: "update", writeOnly: true, cleared: "" }, own],
    ));
});
