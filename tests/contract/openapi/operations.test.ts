import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fixture } from "../sdk/client";
import { sdkWalk } from "../sdk/sdk-walk";
import { operations } from "./openapi";
import { driven, operationsTable } from "./operations-table";
import { walk } from "./walk";

const file = join(__dirname, "../../../simulator/OPERATIONS.md");

describe("simulator operations", () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await Fixture.start();
  });
  after(() => fixture.close());
  beforeEach(() => fixture.simulator.reset());

  it("are all driven by the twilio package", async () => {
    await sdkWalk(fixture);
    const names = driven(fixture.simulator.requests());
    const missing = operations.filter(({ method, template }) => !names.has(`${method} ${template}`));
    assert.deepEqual(
      missing.map(({ method, template }) => `${method} ${template}`),
      [],
    );
  });

  it("stand in OPERATIONS.md as the tests have found them", async () => {
    const visits = await walk(fixture);
    fixture.simulator.reset();
    await sdkWalk(fixture);
    const table = operationsTable(visits, driven(fixture.simulator.requests()));
    if (process.env["UPDATE"]) writeFileSync(file, table);
    assert.equal(readFileSync(file, "utf8"), table);
  });
});
