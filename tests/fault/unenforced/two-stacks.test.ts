import { deepEqual, equal, ok } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import { inTurns } from "../../support/in-turns";
import { seed, sized } from "../../support/soak";
import { LOST, spread } from "../answers/failing-api";
import { useLife } from "../life";
import { UNENFORCED, WEBHOOKS_EACH } from "./kinds";

const COUNT = sized({ short: 10, full: 60 });
const SEEDS = Array.from({ length: sized({ short: 1, full: 5 }) }, (_, index) => seed + index);
const AT_ONCE = 8;
/** Every third, so that a conversation has two webhooks of each stack: Twilio takes five. */
const INDEXES = Array.from({ length: COUNT }, (_, index) => 3 * index);
/** Nothing but its time tells then whose an object is (docs/reliability.md, not guaranteed), and the output says so. */
const MAY_BE_ANOTHERS = /: (.*) equals? it, created at the time of this run's lost request/;

for (const { prefix, definition, declared, nameOf } of UNENFORCED)
  describe(`Two stacks that declare the same ${COUNT} of a ${definition.noun} at once`, () => {
    const life = useLife();

    for (const randomSeed of SEEDS)
      for (const share of [0, 0.3])
        it(`have one of each in their states, and leave none that neither has or tells of, ${share} of the answers lost, seed ${randomSeed}`, async () => {
          const desks = Array.from({ length: Math.ceil((3 * COUNT) / WEBHOOKS_EACH) }, (_, index) =>
            life.account.conversation(`desk ${index}`),
          );
          const conversationSids = (await Promise.all(desks)).map(({ sid }) => sid);
          const before = new Set(life.simulator.rows(prefix).map(({ sid }) => sid));
          for (const fault of spread(share, LOST, randomSeed)) life.simulator.addFault(fault);
          const up = async () => {
            const { lifecycle, notes } = life.run(definition);
            const jobs = INDEXES.map((index) => async () => {
              const { sid } = await lifecycle.create(declared(index, conversationSids));
              return [`n${index}`, sid] as const;
            });
            const outcomes = await inTurns(jobs, AT_ONCE);
            deepEqual(
              outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [String(outcome.reason)] : [])),
              [],
            );
            const held = outcomes.flatMap((outcome) =>
              outcome.status === "fulfilled" ? [outcome.value] : [],
            );
            return {
              held,
              told: notes.flatMap((note) => MAY_BE_ANOTHERS.exec(note)?.[1]?.split(" and ") ?? []),
            };
          };
          const [one, other] = await Promise.all([up(), up()]);
          const rows = life.simulator.rows(prefix).filter(({ sid }) => !before.has(sid));
          const named = new Map(rows.map((row) => [row.sid, nameOf(row as unknown as JsonObject)]));
          for (const { held } of [one, other]) {
            for (const [name, sid] of held) equal(named.get(sid), name);
            equal(new Set(held.map(([, sid]) => sid)).size, COUNT);
          }
          const known = new Set([...one.held, ...other.held].map(([, sid]) => sid));
          const orphans = [...named.keys()].filter((sid) => !known.has(sid));
          if (share === 0) deepEqual(orphans, []);
          const told = new Set([...one.told, ...other.told]);
          deepEqual(
            orphans.filter((sid) => !told.has(sid)),
            [],
          );
          ok(rows.length <= 2 * COUNT);
        });
  });
