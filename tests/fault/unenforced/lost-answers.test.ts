import { deepEqual, ok } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import { inTurns } from "../../support/in-turns";
import { measured, seed, sized } from "../../support/soak";
import { ILL, LOST, spread } from "../answers/failing-api";
import { useLife } from "../life";
import { UNENFORCED, WEBHOOKS_EACH } from "./kinds";

const COUNT = sized({ short: 40, full: 100 });
const SEEDS = Array.from({ length: sized({ short: 1, full: 5 }) }, (_, index) => seed + index);
/** As many as the engine asks for at once on four cores. */
const AT_ONCE = 16;
const CASES = [
  { what: "10 % of the answers are lost after the commit", share: 0.1, faults: LOST },
  { what: "30 % of all calls fail", share: 0.3, faults: ILL },
  { what: "30 % of the answers are lost and reads lag 9.9 s", share: 0.3, faults: LOST, lagMs: 9_900 },
];

for (const { prefix, definition, declared, nameOf } of UNENFORCED)
  describe(`${COUNT} of a ${definition.noun}, of which Twilio takes duplicates,`, () => {
    const life = useLife();

    for (const { what, share, faults, lagMs } of CASES)
      for (const randomSeed of SEEDS)
        it(`are created once each though ${what}, seed ${randomSeed}`, async () => {
          const desks = Array.from({ length: Math.ceil(COUNT / WEBHOOKS_EACH) }, (_, index) =>
            life.account.conversation(`desk ${index}`),
          );
          const conversationSids = (await Promise.all(desks)).map(({ sid }) => sid);
          const before = new Set(life.simulator.rows(prefix).map(({ sid }) => sid));
          const { lifecycle } = life.run(definition);
          life.simulator.clearRequests();
          for (const fault of spread(share, faults, randomSeed)) life.simulator.addFault(fault);
          if (lagMs !== undefined) life.simulator.addFault({ method: "GET", kind: "lag", delayMs: lagMs });
          const jobs = Array.from(
            { length: COUNT },
            (_, index) => () => lifecycle.create(declared(index, conversationSids)),
          );
          const outcomes = await inTurns(jobs, AT_ONCE);
          const failed = outcomes.filter(({ status }) => status === "rejected");
          deepEqual(failed, []);
          const rows = life.simulator.rows(prefix).filter(({ sid }) => !before.has(sid));
          const names = rows.map((row) => nameOf(row as unknown as JsonObject));
          deepEqual(names.toSorted(), Array.from({ length: COUNT }, (_, index) => `n${index}`).toSorted());
          const requests = life.simulator.requests();
          const lost = requests.filter(({ fault }) => fault !== undefined).length;
          ok(lost > 0);
          measured(
            `${COUNT} × ${definition.noun}, ${what}, seed ${randomSeed}`,
            `${lost} of ${requests.length} calls failed, 0 duplicates`,
          );
        });
  });
