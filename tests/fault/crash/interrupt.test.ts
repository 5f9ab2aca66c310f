import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { seededRandom } from "../../../simulator/random";
import { isSoak, measured, seed, sized } from "../../support/soak";
import { estate, namesIn } from "./estate/estate";
import { EstateBed, succeeds } from "./estate/estate-bed";
import { describeMoment, momentsIn, reach } from "./moment";

const ESTATE = estate({ districts: sized({ short: 1, full: 6 }) });
const OBJECTS = namesIn(ESTATE).length;
const MOMENTS = sized({ short: 1, full: 20 });
const LIMIT_MS = 10_000;
/** The answer that is awaited then comes in time, as Twilio's answers do. */
const LATE = { kind: "delay", delayMs: 500 } as const;

describe("SIGINT in mid-up", () => {
  const bed = EstateBed.inBlock(ESTATE);
  const tookMs: number[] = [];

  for (const moment of momentsIn(OBJECTS, MOMENTS, seededRandom(seed)))
    it(`ends it soon, with everything recorded: ${describeMoment(moment)}`, async () => {
      const { simulator, project } = bed();
      bed().startAnew();
      const interrupted = project.up();
      await reach(simulator, moment, interrupted, LATE);
      const sinceMs = Date.now();
      process.kill(interrupted.pid, "SIGINT");
      assert.notEqual((await interrupted.ended).code, 0);
      tookMs.push(Date.now() - sinceMs);
      assert.ok(Math.max(...tookMs) < LIMIT_MS, `it took ${tookMs.at(-1)} ms`);
      bed().expectRecorded();
      await bed().up();
      bed().expectWhole();
    });

  // In short form the kills say enough: it ends alike.
  if (isSoak) it("twice, while a call hangs, is mended by recover and up", secondInterrupt);

  async function secondInterrupt(): Promise<void> {
    const { simulator, project } = bed();
    bed().startAnew();
    const interrupted = project.up();
    await reach(simulator, { post: Math.floor(OBJECTS / 2), isCommitted: true, delayMs: 0 }, interrupted);
    process.kill(interrupted.pid, "SIGINT");
    await Promise.race([setTimeout(1_000), interrupted.ended]);
    const sinceMs = Date.now();
    process.kill(interrupted.pid, "SIGINT");
    assert.notEqual((await interrupted.ended).code, 0);
    assert.ok(Date.now() - sinceMs < LIMIT_MS);
    await succeeds(project.recover());
    await bed().up();
    bed().expectWhole();
  }

  after(() =>
    measured(
      `SIGINT in an up of ${OBJECTS} objects: all that was created is recorded, then up: no duplicate`,
      `${tookMs.length} of ${MOMENTS} points, exit after ${Math.max(...tookMs)} ms at most`,
    ),
  );
});
