import assert from "node:assert/strict";
import { seededRandom } from "../../../simulator/random";
import { killTree } from "../../support/processes";
import { isSoak, measured, seed, sized } from "../../support/soak";
import { estate, namesIn } from "./estate/estate";
import { EstateBed, succeeds } from "./estate/estate-bed";
import { describeMoment, momentsIn, reach } from "./moment";

const ESTATE = estate({ districts: sized({ short: 1, full: 6 }) });
const OBJECTS = namesIn(ESTATE).length;
const MOMENTS = sized({ short: 3, full: 50 });

/** With the second the engine writes the state at the end of a run alone: after a kill it knows of nothing new. */
const SETTINGS: Record<string, Record<string, string>> = {
  "": {},
  ...(isSoak && { ", without checkpoints": { PULUMI_SKIP_CHECKPOINTS: "true" } }),
};

for (const [what, env] of Object.entries(SETTINGS))
  describe(`kill -9 of the whole CLI in mid-up${what}`, () => killSuite(what, env));

function killSuite(what: string, env: Record<string, string>): void {
  const bed = EstateBed.inBlock(ESTATE, env);
  let mended = 0;
  let damaged = 0;

  for (const moment of momentsIn(OBJECTS, MOMENTS, seededRandom(seed)))
    it(`is mended by recover and up: ${describeMoment(moment)}`, async () => {
      const { simulator, project } = bed();
      bed().startAnew();
      const killed = project.up();
      await reach(simulator, moment, killed);
      killTree(killed.pid);
      assert.equal((await killed.ended).code, null);
      if (project.damagedFiles().length > 0) damaged++;
      await succeeds(project.recover());
      await bed().up();
      bed().expectWhole();
      mended++;
    });

  // In short form that of the provider says enough: the two end alike.
  if (isSoak) it("leaves everything as declared", () => bed().expectNoChanges());

  after(() =>
    measured(
      `kill -9 of the CLI in an up of ${OBJECTS} objects${what}, then recover and up: no duplicate, no orphan, nothing pending`,
      `${mended} of ${MOMENTS} points; ${damaged} kills left a file empty or cut`,
    ),
  );
}
