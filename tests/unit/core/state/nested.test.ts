import { deepEqual, equal } from "node:assert/strict";
import { z } from "zod";
import { field } from "../../../../provider/core/definition/field";
import type { JsonObject } from "../../../../provider/core/json";
import {
  differsInFixedPart,
  hasWriteOnlyPart,
  notClearableIn,
  patchFor,
  projectToDeclared,
} from "../../../../provider/core/state/nested";

/** A webhook's configuration in short: `replay` is for creation, and Twilio never tells it. */
const entry = {
  policy: { change: "update" } as const,
  schema: z.strictObject({
    url: z.string(),
    method: z.string().optional(),
    replay: field({ change: "replace", writeOnly: true }, z.number().optional()),
  }),
};
const told = { url: "a", method: "get" };
const whole: JsonObject = { ...told, replay: 1 };

describe("engine: a member that only a create takes, and Twilio never tells", () => {
  it("counts as declared where it is compared with what is live", () => {
    deepEqual(projectToDeclared(entry, whole, told), whole);
    deepEqual(projectToDeclared(entry, whole, { ...told, url: "b" }), { ...whole, url: "b" });
    deepEqual(projectToDeclared(entry, { url: "a" }, whole), { url: "a" });
  });

  it("is sent in no update", () => {
    equal(patchFor(entry, { from: told, to: whole }), undefined);
    deepEqual(patchFor(entry, { from: told, to: { ...whole, url: "b" } }), { url: "b" });
  });

  it("replaces", () => {
    equal(differsInFixedPart(entry, whole, told), true);
    equal(differsInFixedPart(entry, whole, { ...whole, url: "b" }), false);
  });

  it("does not stay where it is taken back, since it replaces", () => {
    deepEqual(notClearableIn(entry, { from: whole, to: { url: "a", method: "get" } }, "at"), []);
    deepEqual(notClearableIn(entry, { from: whole, to: { url: "a", replay: 1 } }, "at"), [
      { path: "at.method", isTold: true },
    ]);
  });

  it("makes what holds it something that Twilio cannot hold already", () => {
    equal(hasWriteOnlyPart(entry, whole), true);
    equal(hasWriteOnlyPart(entry, told), false);
    equal(hasWriteOnlyPart({ ...entry, policy: { change: "update", writeOnly: true } }, "text"), true);
    equal(hasWriteOnlyPart({ ...entry, policy: { change: "update", writeOnly: true } }, undefined), false);
  });
});
