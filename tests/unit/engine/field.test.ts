import { equal, throws } from "node:assert/strict";
import { z } from "zod";
import { define, fieldsOf, membersOf } from "../../../provider/engine/define";
import { field, hasDrifted, isSame, policyOf } from "../../../provider/engine/field";
import { sameSet } from "../../../provider/engine/json";
import { definitions } from "../../../provider/resources";
import { role } from "./samples";

describe("engine: policy of a field", () => {
  it("stays with its schema", () => {
    const policy = { change: "replace" } as const;
    equal(policyOf(field(policy, z.string().optional())), policy);
    equal(policyOf(z.string()), undefined);
  });

  it("is asked for by name where a definition forgets it", () =>
    throws(() => fieldsOf(define({ ...role, schema: z.strictObject({ colour: z.string() }) })), {
      message: "Role.colour has no field policy",
    }));

  it("says what is equal in meaning, besides what is equal", () => {
    const policy = { change: "update", same: sameSet } as const;
    equal(isSame(policy, ["a", "b"], ["b", "a"], {}), true);
    equal(isSame({ change: "update" }, ["a", "b"], ["b", "a"], {}), false);
    equal(isSame({ change: "update", same: () => false }, { a: 1 }, { a: 1 }, {}), true);
  });

  it("says what differs and is no drift all the same", () => {
    const policy = {
      change: "update",
      isDrift: (_stored: unknown, live: unknown) => live === "closed",
    } as const;
    equal(hasDrifted(policy, "active", "inactive", {}), false);
    equal(hasDrifted(policy, "active", "closed", {}), true);
    equal(hasDrifted(policy, "closed", "closed", {}), false);
    equal(hasDrifted({ change: "update" }, "active", "inactive", {}), true);
  });

  for (const definition of definitions) {
    it(`is given for every field of ${definition.type}`, () =>
      equal(fieldsOf(definition).length, Object.keys(definition.schema.shape).length));
  }
});

describe("engine: members of a field", () => {
  it("are found through optional, and only objects have some", () => {
    const members = z.strictObject({ a: z.string() });
    equal(membersOf(members), members.shape);
    equal(membersOf(members.optional()), members.shape);
    equal(membersOf(z.string().optional()), undefined);
    equal(membersOf(z.array(members)), undefined);
  });
});
