import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { useLife } from "../../fault/life";
import { seed, sized } from "../../support/soak";
import { type Case, cases } from "./moves-case";
import { MovesWorld } from "./moves-world";

const numRuns = sized({ short: 40, full: 1_000 });

describe("Members that move between rosters and Participants of many places", () => {
  const life = useLife();

  it("leave or are named where nobody declares them, and nobody who is declared is touched", async function () {
    this.timeout(600_000);
    let number = 0;
    const property = fc.asyncProperty(cases, async (one: Case) => {
      number += 1;
      const world = await MovesWorld.make(life, number, one);
      await world.up(one.before);
      const held = world.held();
      await world.changeOutside(one.outside);
      const notes = await world.up(one.after, { refresh: true, trouble: one.trouble });
      const declared = world.declared(one.after);
      for (const { sid, who } of held) {
        if (declared.has(who)) ok(world.isThere(sid), `${who} is declared, and ${sid} is gone`);
        else if (world.isThere(sid) && !world.isAlone(sid)) {
          ok(world.isInState(sid), `${who} stays, and nothing in state says so`);
          ok(
            notes.some((note) => note.includes(sid)),
            `${who} stays, and nothing is said`,
          );
        }
      }
      // Once everything can be told again, what is there is what is declared.
      await world.up(one.after);
      // With `--parallel 1` a roster lets go of whom a later resource takes over in the run after the one that can tell.
      const couldTell = !one.trouble.isMute && !one.trouble.isTwinGone;
      if (one.inTurn && !couldTell) await world.up(one.after);
      deepEqual(world.present(), world.expected(one));
      equal(world.leftOvers(), 0);
    });
    await fc.assert(property, { numRuns, seed });
  });
});
