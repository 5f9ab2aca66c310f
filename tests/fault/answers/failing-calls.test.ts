import { deepEqual, equal, ok } from "node:assert/strict";
import { Conversation, Participant } from "../../../provider";
import { participant } from "../../../provider/resources/conversation/participant";
import type { RequestRecord, Simulator } from "../../../simulator";
import { inTurns } from "../../support/in-turns";
import { isSoak, measured, seed, sized } from "../../support/soak";
import { useTestBed } from "../../support/stack/test-bed";
import { type Run, useLife } from "../life";
import { ILL, LOST, spread } from "./failing-api";

const MEMBERS = Array.from({ length: 1_000 }, (_, index) => `member-${index}`);
const PARTICIPANTS = /\/Participants$/;
/** As many as the engine asks for at once on four cores. */
const AT_ONCE = 16;
const SEEDS = Array.from({ length: sized({ short: 1, full: 5 }) }, (_, index) => seed + index);

/** Calls that came before the time that the answer to the same call before had asked for. */
function tooEarly(requests: readonly RequestRecord[]): RequestRecord[] {
  const earliest = new Map<string, number>();
  return requests.filter((request) => {
    const { method, path, query, form, atMs, fault } = request;
    const key = JSON.stringify([method, path, query, form]);
    const isEarly = atMs < (earliest.get(key) ?? 0);
    earliest.set(key, atMs + 1_000 * (fault?.retryAfterSeconds ?? 0));
    return isEarly;
  });
}

/** What is claimed of each of the two kinds of failure, whatever drives the lifecycle. */
const CASES = [
  {
    what: "10 % of the answers are lost after the commit",
    faults: (randomSeed: number) => spread(0.1, LOST, randomSeed),
    assertFew: (requests: readonly RequestRecord[]): string => {
      const posts = requests.filter(({ method, path }) => method === "POST" && PARTICIPANTS.test(path));
      const lost = posts.filter(({ fault }) => fault !== undefined).length;
      const figure = posts.length / MEMBERS.length;
      ok(lost > 70, `only ${lost} were lost`);
      ok(figure <= 1.02, `${figure} POSTs each`);
      return `${lost} lost, 0 duplicates, ${figure} POSTs per object`;
    },
  },
  {
    what: "30 % of all calls fail",
    faults: (randomSeed: number) => spread(0.3, ILL, randomSeed),
    assertFew: (requests: readonly RequestRecord[]): string => {
      const failed = requests.filter(({ fault }) => fault !== undefined).length;
      const asked = requests.filter(({ fault }) => fault?.retryAfterSeconds !== undefined).length;
      const figure = requests.length / MEMBERS.length;
      ok(failed / requests.length > 0.27, `only ${failed} of ${requests.length} failed`);
      ok(figure <= 1.9, `${figure} calls each`);
      deepEqual(tooEarly(requests), []);
      return `${failed} of ${requests.length} calls failed, 0 duplicates, ${figure} calls per object, 0 of ${asked} too early`;
    },
  },
];

/** Twilio has every member once, under the SID that the program holds. */
function assertOnceEach(simulator: Simulator, sids: readonly unknown[]): void {
  const rows = new Map(simulator.participants().map(({ sid, identity }) => [sid as unknown, identity]));
  equal(rows.size, MEMBERS.length, "duplicates");
  deepEqual(
    sids.map((sid) => rows.get(sid)),
    MEMBERS,
  );
}

type Creating = (run: Run, conversationSid: string) => Promise<unknown[]>;

/** The SIDs of all members, by who creates them. */
const CREATORS: Record<string, Creating> = {
  participants: async ({ lifecycle }, conversationSid) => {
    const jobs = MEMBERS.map((identity) => () => lifecycle.create({ conversationSid, identity }));
    return (await inTurns(jobs, AT_ONCE)).map((outcome) => {
      if (outcome.status === "rejected") throw outcome.reason;
      return outcome.value.sid;
    });
  },
  "members of a roster": async ({ roster }, conversationSid) => {
    const members = Object.fromEntries(MEMBERS.map((identity) => [identity, { identity }]));
    const { state } = await roster.create({ conversationSid, members });
    const sids = state["sids"] as Record<string, string>;
    return MEMBERS.map((identity) => sids[identity]);
  },
};

for (const [whose, create] of Object.entries(CREATORS))
  describe(`1,000 ${whose}`, () => {
    const life = useLife();

    for (const { what, faults, assertFew } of CASES)
      for (const randomSeed of SEEDS)
        it(`are created once each though ${what}, seed ${randomSeed}`, async () => {
          const { sid: conversationSid } = await life.account.conversation("desk");
          const run = life.run(participant);
          life.simulator.clearRequests();
          for (const fault of faults(randomSeed)) life.simulator.addFault(fault);
          assertOnceEach(life.simulator, await create(run, conversationSid));
          measured(`1,000 ${whose}, ${what}, seed ${randomSeed}`, assertFew(life.simulator.requests()));
        });
  });

/** Minutes, since here all waits are real ones. */
if (isSoak)
  for (const { what, faults, assertFew } of CASES)
    describe(`1,000 participants on the real engine`, () => {
      const bed = useTestBed(async () => {
        const { id: conversationSid } = new Conversation("desk", { uniqueName: "desk" });
        for (const identity of MEMBERS) new Participant(identity, { conversationSid, identity });
      });

      it(`are created once each though ${what}`, async () => {
        for (const fault of faults(seed)) bed.simulator.addFault(fault);
        const startedAtMs = performance.now();
        const { requests } = await bed.stack.up();
        const seconds = Math.round((performance.now() - startedAtMs) / 1000);
        const state = bed.stack.state();
        assertOnceEach(
          bed.simulator,
          MEMBERS.map((identity) => state[identity]?.id),
        );
        measured(
          `1,000 participants on the engine, ${what}, seed ${seed}`,
          `up succeeded in ${seconds} s, ${assertFew(requests)}`,
        );
      });
    });
