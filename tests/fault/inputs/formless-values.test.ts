import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { fieldsOf } from "../../../provider/core/definition/define";
import { validate } from "../../../provider/core/definition/validate";
import { uncarriedIn } from "../../../provider/core/engine-transport";
import type { Json, JsonObject } from "../../../provider/core/json";
import { carriedArgs, refusalOf } from "../../../provider/core/program/program-value";
import { prepared } from "../../../provider/core/program/twilio-resource";
import { definitions } from "../../../provider/resources";
import { measured, seed, sized } from "../../support/soak";
import { acceptedDeclarations } from "../../types";
import { assertSent } from "../hostile/carriage/transport";
import { HOLDERS, type Outcome, outcomesOfProgram } from "./declared-values";
import { CANARY, FORMLESS, FORMLESS_WITHIN, WITH_FORM } from "./formless-values";

const VALUES = sized({ short: 500, full: 10_000 });

describe("values that JSON has no form for, in a program", () => {
  let outcomes: Readonly<Record<string, Outcome>>;
  before(function () {
    this.timeout(120_000);
    outcomes = outcomesOfProgram();
  });
  const named = (name: string) => {
    const found = Object.entries(outcomes).filter(([key]) => key.endsWith(`: ${name}`));
    ok(found.length >= 6, name);
    return found;
  };
  function assertRefused(key: string, { place, errors, ...rest }: Outcome, seen: RegExp): void {
    deepEqual([errors.length, "sent" in rest], [1, false], `${key}: ${errors.join("\n")}`);
    const [message = ""] = errors;
    ok(message.startsWith(`${place}: `), `${key}: ${message}, not ${place}`);
    match(message, seen, key);
    ok(!message.includes(CANARY) && !message.includes("8461"), `${key}: ${message}`);
  }

  for (const [name, , seen] of FORMLESS)
    it(`are refused in every way of declaring: ${name}`, () => {
      for (const [key, outcome] of named(name)) assertRefused(key, outcome, seen);
    });

  for (const [name, , , seen] of FORMLESS_WITHIN)
    it(`are refused by their path: ${name}`, () => {
      for (const [key, outcome] of named(name)) assertRefused(key, outcome, seen);
    });

  it("are refused in every field of every resource", () => {
    const ofFields = Object.entries(outcomes).filter(([key]) => /^\w+\.\w+$/.test(key));
    const count = definitions.flatMap((definition) =>
      fieldsOf(definition).filter(({ name, policy }) => policy.internal !== true && name !== "autoName"),
    ).length;
    equal(ofFields.length, count);
    for (const [key, outcome] of ofFields) assertRefused(key, outcome, /is a Date/);
  });

  for (const [name, , sent] of WITH_FORM)
    it(`are none of these: ${name}`, () => {
      for (const [key, outcome] of named(name)) {
        const holder = HOLDERS[/, (.*): /.exec(key)?.[1] ?? ""];
        deepEqual([outcome.errors, outcome.sent], [[], holder?.plain(sent)], key);
      }
    });

  it("leave no error without a place", () => deepEqual(outcomes["unexpected"]?.errors, []));

  it(`are none of ${VALUES} JSON values that Twilio can store and Pulumi carries`, async () => {
    const types = definitions.filter((definition) => fieldsOf(definition).some(({ policy }) => policy.json));
    const names = fc.oneof(
      fc.string(),
      fc.constantFrom("constructor", "toJSON", "__x", "then", "length", "id"),
    );
    const { json } = fc.letrec<{ json: Json }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.constantFrom(null, true, false, "", 0, -1.5e300, 5e-324),
        fc.oneof(
          fc.string({ unit: "grapheme" }),
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
        ),
        fc.array(tie("json"), { maxLength: 4 }),
        fc.dictionary(names, tie("json"), { maxKeys: 4 }),
      ),
    }));
    const carried = json
      .map((value) => JSON.parse(JSON.stringify(value)) as Json)
      .filter((value) => typeof value !== "string" && uncarriedIn(value) === undefined);
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...types),
        carried,
        fc.boolean(),
        async (definition, attributes, asText) => {
          count += 1;
          const [accepted = {}] = acceptedDeclarations(definition.type);
          const refuse = refusalOf(definition.type, "one");
          const args = { ...accepted, attributes: asText ? JSON.stringify(attributes) : attributes };
          equal(carriedArgs("one", args, refuse), args);
          const { attributes: sent } = prepared(definition, args, refuse);
          deepEqual(sent, attributes);
          await assertSent({ sent } as JsonObject, definition.type);
          deepEqual(validate(definition, {}, { ...accepted, attributes }).problems, []);
        },
      ),
      { numRuns: VALUES, seed },
    );
    measured("JSON values that a program can declare", `${count} values, 0 refused or changed`);
  });
});
