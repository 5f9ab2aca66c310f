import assert from "node:assert/strict";
import { seededRandom } from "../../../simulator/random";
import { providersBelow } from "../../support/processes";
import { measured, seed, sized } from "../../support/soak";
import { estate, namesIn } from "./estate/estate";
import { EstateBed } from "./estate/estate-bed";
import { describeMoment, momentsIn, reach } from "./moment";

const ESTATE = estate({ districts: sized({ short: 1, full: 6 }) });
const OBJECTS = namesIn(ESTATE).length;
const MOMENTS = sized({ short: 3, full: 50 });

describe("kill -9 of the provider in mid-up", () => {
  const bed = EstateBed.inBlock(ESTATE);
  let mended = 0;

  for (const moment of momentsIn(OBJECTS, MOMENTS, seededRandom(seed)))
    it(`is mended by the next up: ${describeMoment(moment)}`, async () => {
      const { simulator, project } = bed();
      bed().startAnew();
      const killed = project.up();
      await reach(simulator, moment, killed);
      const providers = providersBelow(killed.pid);
      assert.equal(providers.length, 1);
      for (const { pid } of providers) process.kill(pid, "SIGKILL");
      assert.notEqual((await killed.ended).code, 0);
      await bed().up();
      bed().expectWhole();
      mended++;
    });

  it("leaves everything as declared", () => bed().expectNoChanges());

  after(() =>
    measured(
      `kill -9 of the provider in an up of ${OBJECTS} objects, then up: no duplicate, no orphan`,
      `${mended} of ${MOMENTS} points`,
    ),
  );
});
