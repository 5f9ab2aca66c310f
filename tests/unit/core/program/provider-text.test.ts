import { deepEqual, equal } from "node:assert/strict";
import { providerText } from "../../../../provider/core/program/provider-text";
import { definitions, roster } from "../../../../provider/resources";

describe("Provider text", () => {
  const types = [...definitions, roster].map(({ type }) => type);

  /** As it stands in the state of every stack there is. A red test here means: do not change it. */
  for (const type of types)
    it(`is frozen for ${type}`, () =>
      equal(
        providerText(type),
        `exports.handler=()=>require("pulumi-twilio-conversations/provider").${type}`,
      ));

  for (const type of types) {
    it(`is short for ${type}, since every resource carries it twice`, () =>
      equal(Buffer.byteLength(providerText(type)) < 128, true));

    it(`names an export of the provider entry for ${type}`, () => {
      const load = providerText(type).replace("exports.handler=()=>require(", "").split(")");
      deepEqual(load, ['"pulumi-twilio-conversations/provider"', `.${type}`]);
      const entry: Record<string, object> = require("../../../../provider/plugin/dynamic/dynamic");
      deepEqual(Object.keys(entry[type] ?? {}).sort(), [
        "check",
        "configure",
        "create",
        "delete",
        "diff",
        "read",
        "update",
      ]);
    });
  }
});
