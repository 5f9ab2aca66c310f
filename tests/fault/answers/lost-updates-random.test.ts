import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { durationSeconds } from "../../../provider/core/definition/iso-time";
import { type JsonObject, objectIn } from "../../../provider/core/json";
import { conversation } from "../../../provider/resources/conversation/conversation";
import type { Fault } from "../../../simulator";
import { measured, seed, sized } from "../../support/soak";
import { HeldResource } from "../held-resource";
import { useLife } from "../life";

const SEQUENCES = sized({ short: 25, full: 1_000 });

const optional = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const programs = fc
  .record({
    friendlyName: optional("a", "b"),
    uniqueName: optional("c", "d"),
    attributes: optional<JsonObject>({ a: 1 }, { b: 2 }, {}),
    state: optional("active", "inactive"),
    timers: fc.record({ inactive: optional("PT12H", "PT30M"), closed: optional("P30D", "PT10M") }),
  })
  .map((program) => JSON.parse(JSON.stringify(program)) as JsonObject);

/** What becomes of the requests of an `up`: answered, lost once done, or lost on the way. */
const FATES: Readonly<Record<string, readonly Fault[]>> = {
  answered: [],
  done: [{ method: "POST", kind: "status", status: 503, when: "after" }],
  "on the way": [{ method: "POST", kind: "status", status: 503 }],
  "done, then refused": [
    { method: "POST", kind: "status", status: 503, when: "after", times: 1 },
    { method: "POST", kind: "status", status: 400, code: 20001 },
  ],
};
const steps = fc.record({
  program: programs,
  fate: fc.constantFrom(...Object.keys(FATES)),
  isRefreshed: fc.boolean(),
});

describe("A conversation whose updates are lost at random", () => {
  const life = useLife();
  const row = (sid: string) => life.simulator.conversations().find((each) => each["sid"] === sid);
  /** How long a timer runs, to the ten minutes; 0 where it is off. */
  const runsMs = (date: unknown) =>
    date === undefined ? 0 : roundedMs(Date.parse(String(date)) - life.simulator.clock.nowMs());

  /** Twilio has what the program says, and nothing of what it has said. */
  function assertAsDeclared(sid: string, program: JsonObject): void {
    const live = row(sid);
    ok(live);
    const { friendlyName, uniqueName = null, attributes = {}, state } = program;
    const timers = objectIn(program, "timers");
    const declaredMs = (timer: unknown) => roundedMs(1_000 * (durationSeconds(String(timer)) ?? 0));
    // Twilio can clear neither a friendly name nor a state.
    if (friendlyName !== undefined) equal(live["friendly_name"], friendlyName);
    if (state !== undefined) equal(live["state"], state);
    equal(live["unique_name"], uniqueName);
    deepEqual(JSON.parse(String(live["attributes"])), attributes);
    const { date_inactive: inactive, date_closed: closed } = live["timers"] as JsonObject;
    equal(runsMs(closed), declaredMs(timers["closed"]));
    // In a conversation that is inactive already that timer does not run.
    if (live["state"] === "active") equal(runsMs(inactive), declaredMs(timers["inactive"]));
  }

  it(`is as the program says after the next up with a refresh: ${SEQUENCES} sequences`, async () => {
    let lost = 0;
    await fc.assert(
      fc.asyncProperty(programs, fc.array(steps, { minLength: 1, maxLength: 5 }), async (first, sequence) => {
        const resource = await HeldResource.create(life, conversation, first);
        let last = first;
        for (const { program, fate, isRefreshed } of sequence) {
          for (const fault of FATES[fate] ?? []) life.simulator.addFault(fault);
          const { error } = await resource.up(program);
          lost += error === undefined ? 0 : 1;
          life.simulator.clearFaults();
          if (isRefreshed) await resource.refresh();
          last = program;
        }
        await resource.refresh();
        equal((await resource.up(last)).error, undefined);
        assertAsDeclared(resource.sid, last);
        await resource.refresh();
        deepEqual((await resource.up(last)).writes, []);
        equal(resource.state["unconfirmed"], undefined);
        await resource.destroy();
      }),
      { seed, numRuns: SEQUENCES, interruptAfterTimeLimit: 600_000 },
    );
    measured("lost updates, then reverted or not", `${SEQUENCES} sequences, ${lost} lost, all as declared`);
  }).timeout(900_000);
});

function roundedMs(ms: number): number {
  return Math.round(ms / 600_000) * 600_000;
}
