import assert from "node:assert/strict";
import { routes } from "../../../simulator/resources/index";
import { Fixture } from "../sdk/client";
import { operations, violations } from "./openapi";
import { unvisited, type Visit, walk } from "./walk";

describe("simulator and Twilio's OpenAPI document", () => {
  let fixture: Fixture;
  let visits: Visit[];
  before(async () => {
    fixture = await Fixture.start();
    visits = await walk(fixture);
  });
  after(() => fixture.close());

  it("has exactly the document's 103 operations", () => {
    const names = (list: readonly { method: string; template: string }[]): string[] =>
      list.map(({ method, template }) => `${method} ${template}`).sort();
    assert.equal(operations.length, 103);
    assert.deepEqual(names(routes), names(operations));
  });

  it("answers every operation of the walk as the document says, with no undeclared key", () => {
    assert.deepEqual(unvisited(visits), []);
    assert.deepEqual(
      visits.flatMap((visit) => visit.problems),
      [],
    );
  });

  it("reads every declared form field and only four that are not declared", () => {
    const declared = new Map(
      operations.map((entry) => [`${entry.method} ${entry.template}`, entry.requestFields]),
    );
    const extra = new Set<string>();
    for (const { method, template, fields } of routes) {
      const expected = declared.get(`${method} ${template}`) ?? [];
      assert.deepEqual(
        expected.filter((field) => !fields.includes(field)),
        [],
        template,
      );
      for (const field of fields) if (!expected.includes(field)) extra.add(field);
    }
    const undocumented = ["Level", "Name", "ProxyAddressFallback", "Type"].map(
      (name) => `MessagingBinding.${name}`,
    );
    assert.deepEqual([...extra].sort(), undocumented);
  });

  it("would notice an undeclared key, a missing type and an undocumented status", () => {
    const template = "/v1/Roles/{Sid}";
    assert.equal(violations("GET", template, 200, { colour: "blue" }).length, 1);
    assert.equal(violations("GET", template, 200, { permissions: "x" }).length, 1);
    assert.equal(violations("GET", template, 201, {}).length, 1);
  });
});
