import { deepEqual, equal, match, ok } from "node:assert/strict";
import { participant } from "../../../provider/resources/conversation/participant";
import type { Fault } from "../../../simulator";
import { inTurns } from "../../support/in-turns";
import { measured, sized } from "../../support/soak";
import { useLife } from "../life";

const MEMBERS = Array.from({ length: 100 }, (_, index) => `member-${index}`);
/** As many as the engine asks for at once on four cores. */
const AT_ONCE = 16;
/** How many have been begun when the API dies midway. */
const DIES_AT = 40;
const DEADLINE_MS = 120_000;

describe("a dead API", () => {
  const life = useLife();

  const cases: [string, Fault | undefined, string][] = [
    ["refuses connections from the start", undefined, "or else set TWILIO_CONVERSATIONS_URL"],
    ["answers 503 from the start", { kind: "status", status: 503 }, "https://status.twilio.com"],
    ["answers 503 midway", { kind: "status", status: 503 }, "https://status.twilio.com"],
    ["cuts every connection from the start", { kind: "reset" }, "https://status.twilio.com"],
    ["cuts every connection midway", { kind: "reset" }, "https://status.twilio.com"],
    ["is silent from the start", { kind: "hang" }, "https://status.twilio.com"],
    ["is silent midway", { kind: "hang" }, "https://status.twilio.com"],
  ];
  for (const [what, fault, hint] of cases.slice(0, sized({ short: 3, full: cases.length })))
    it(`that ${what} ends all in the time of one, tells its cause once, and is not hammered`, async () => {
      const { sid: conversationSid } = await life.account.conversation("desk");
      const env: Record<string, string> =
        fault === undefined ? { TWILIO_CONVERSATIONS_URL: "http://127.0.0.1:9" } : {};
      const run = life.run(participant, {}, env);
      const isMidway = what.endsWith("midway");
      const dies = () => {
        // Midway, what is under way is done, and its answer lost.
        if (fault !== undefined && isMidway)
          life.simulator.addFault({ ...fault, method: "POST", when: "after", times: AT_ONCE });
        if (fault !== undefined) life.simulator.addFault(fault);
        life.simulator.clearRequests();
      };
      if (!isMidway) dies();
      const startedAtMs = life.clock.nowMs();
      const created = new Set<string>();
      const told: string[] = [];
      const jobs = MEMBERS.map((identity, index) => async () => {
        // All others of this round are under way then, each somewhere between its request and its answer.
        if (isMidway && index === DIES_AT) dies();
        try {
          await run.lifecycle.create({ conversationSid, identity });
          created.add(identity);
        } catch (error) {
          told.push(run.explain(error));
        }
      });
      await inTurns(jobs, AT_ONCE);
      const tookMs = life.clock.nowMs() - startedAtMs;
      const attempts = life.simulator.requests().length / MEMBERS.length;
      ok(tookMs <= DEADLINE_MS + 5_000, `${tookMs}`);
      ok(attempts <= 1.2, `${attempts}`);
      const live = life.simulator.participants().map(({ identity }) => String(identity));
      // Nobody is there twice, and nobody is missing whom the run says that it has created.
      deepEqual([...new Set(live)], live);
      deepEqual(
        [...created].filter((identity) => !live.includes(identity)),
        [],
      );
      ok(
        isMidway ? created.size >= DIES_AT - AT_ONCE : live.length === 0,
        `${created.size} of ${live.length}`,
      );
      // Of those under way some may be there without an answer; each is told as one of which that is not known.
      const unanswered = live.filter((identity) => !created.has(identity)).length;
      if (isMidway) ok(unanswered > 0);
      ok(unanswered <= told.filter((text) => /is not known/.test(text)).length, told.join("\n"));
      equal(told.filter((text) => text.includes(hint)).length, 1, told.join("\n"));
      const rest = told.filter((text) => !text.includes(hint) && !/is not known/.test(text));
      ok(rest.length >= MEMBERS.length - created.size - AT_ONCE - 1, told.join("\n"));
      for (const text of rest)
        match(
          text,
          /^[\w ]+: [A-Z]+ \/v1\S* failed for the reason that another resource of this run reports\.$/,
        );
      measured(
        `dead API that ${what}, ${MEMBERS.length} objects`,
        `failed after ${tookMs / 1000} s${fault === undefined ? "" : `, ${attempts} attempts per object`}`,
      );
    });

  it("is asked again after half a minute where it is silent to one request alone", async () => {
    const { sid: conversationSid } = await life.account.conversation("desk");
    const { sid, state } = await life
      .run(participant)
      .lifecycle.create({ conversationSid, identity: "alice" });
    life.simulator.addFault({ method: "DELETE", kind: "hang", times: 1 });
    const { lifecycle } = life.run(participant);
    const startedAtMs = life.clock.nowMs();
    await lifecycle.delete(sid, state);
    const tookMs = life.clock.nowMs() - startedAtMs;
    ok(tookMs >= 30_000 && tookMs < 35_000, `${tookMs}`);
    equal(life.simulator.participants().length, 0);
  });
});
