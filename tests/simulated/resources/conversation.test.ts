import { deepEqual, equal, match, notDeepEqual } from "node:assert/strict";
import { fieldsOf } from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { useLife } from "../../fault/life";

const full: JsonObject = {
  friendlyName: "EU support",
  uniqueName: "eu-support",
  attributes: { region: "eu" },
  messagingServiceSid: `MG${"1".repeat(32)}`,
  state: "active",
  timers: { inactive: "PT12H", closed: "P30D" },
  bindings: { email: { address: "eu@example.com", name: "EU" } },
};

/** What the simulator's row holds once the program takes the field back. */
const CLEARED: Readonly<Record<string, JsonObject>> = {
  uniqueName: { unique_name: null },
  attributes: { attributes: "{}" },
  timers: { timers: {} },
};

/** What the preview says of those that Twilio has no way to clear. */
const STAYING: Readonly<Record<string, RegExp>> = {
  friendlyName: /^friendlyName stays as it is/,
  messagingServiceSid: /^messagingServiceSid stays as it is/,
  state: /^state stays as it is/,
  bindings: /^bindings\.email\.address and bindings\.email\.name stay as they are/,
};

describe("A field of a conversation that the program takes back", () => {
  const life = useLife();
  const row = () => life.simulator.conversations()[0];
  /** Creates one with everything, and takes the field back. */
  const without = async (name: string) => {
    const run = () => life.run(conversation).lifecycle;
    const { sid, state } = await run().create(full);
    const before = { ...row() };
    const { [name]: _dropped, ...rest } = full;
    const { warning } = run().diff(sid, state, rest);
    life.simulator.clearRequests();
    const later = await run().update(sid, state, rest);
    const { warning: afterwards } = run().diff(sid, later, rest);
    const sent = life.simulator.requests().filter(({ method }) => method === "POST");
    return { before, warning, afterwards, sent };
  };

  it("is one of those below", () => {
    const updated = fieldsOf(conversation).filter(({ policy }) => policy.change === "update");
    deepEqual(
      [...Object.keys(CLEARED), ...Object.keys(STAYING)].sort(),
      updated.map(({ name }) => name).sort(),
    );
  });

  for (const [name, cleared] of Object.entries(CLEARED))
    it(`is cleared, as ${name} is`, async () => {
      const { before, warning, sent } = await without(name);
      const now: JsonObject = { ...row() };
      equal(warning, undefined);
      deepEqual(Object.fromEntries(Object.keys(cleared).map((key) => [key, now[key]])), cleared);
      for (const key of Object.keys(cleared)) notDeepEqual(before[key], now[key]);
      equal(sent.length, 1);
    });

  for (const [name, sentence] of Object.entries(STAYING))
    it(`stays and is said to, as ${name} is, and nothing is sent`, async () => {
      const { before, warning, afterwards, sent } = await without(name);
      match(warning ?? "", sentence);
      equal(afterwards, undefined);
      deepEqual({ ...row() }, before);
      deepEqual(sent, []);
    });
});
