import { deepEqual, equal } from "node:assert/strict";
import { validate } from "../../../provider/core/definition/validate";
import { configuration, conversation } from "../../../provider/resources";
import { useLife } from "../life";

/** Twilio's documents say "ISO8601 duration" and a least length. PT0S switches a timer off. */
const TIMERS: readonly (readonly [string, "right" | "short" | "wrong"])[] = [
  ["PT1M", "right"],
  ["PT10M", "right"],
  ["PT1H30M5S", "right"],
  ["PT600.5S", "right"],
  ["P1D", "right"],
  ["P1DT12H", "right"],
  ["P2W", "right"],
  ["P1M", "right"],
  ["P1Y", "right"],
  ["P1Y2M3DT4H5M6S", "right"],
  ["P150Y", "right"],
  ["PT0S", "right"],
  ["P0D", "right"],
  ["PT1S", "short"],
  ["PT59S", "short"],
  ["PT0.5S", "short"],
  ["P", "wrong"],
  ["PT", "wrong"],
  ["P1DT", "wrong"],
  ["1H", "wrong"],
  ["PT1", "wrong"],
  ["-PT1M", "wrong"],
  ["PT-1M", "wrong"],
  ["P1H", "wrong"],
  ["PT1D", "wrong"],
  ["pt1m", "wrong"],
  ["PT1M1H", "wrong"],
  [" PT1M", "wrong"],
  ["PT1M\n", "wrong"],
  ["30", "wrong"],
];
const CODES = { short: 50375, wrong: 50379 };

describe("timers: one rule for the check and the simulator", () => {
  const life = useLife();

  const answer = async (path: string, form: Record<string, string>) => {
    try {
      await life.account.post(path, form);
      return undefined;
    } catch (error) {
      return Number(/"code":(\d+)/.exec(String(error))?.[1]);
    }
  };

  for (const [text, what] of TIMERS)
    it(`says of ${JSON.stringify(text)}: ${what}`, async () => {
      const code = what === "right" ? undefined : CODES[what];
      const { problems } = validate(conversation, {}, { state: "active", timers: { inactive: text } });
      deepEqual(
        problems.map(({ path, twilioCode }) => [path, twilioCode]),
        code === undefined ? [] : [["timers.inactive", code]],
      );
      equal(await answer("/Conversations", { State: "active", "Timers.Inactive": text }), code);
      const setting = validate(configuration, {}, { defaultInactiveTimer: text });
      equal(setting.problems[0]?.twilioCode, code);
      equal(await answer("/Configuration", { DefaultInactiveTimer: text }), code);
    });

  const closing: readonly (readonly [string, code: number | undefined])[] = [
    ["PT10M", undefined],
    ["PT600S", undefined],
    ["PT0S", undefined],
    ["PT9M59S", 50376],
    ["PT599.9S", 50376],
    ["PT1M", 50376],
    ["P", 50380],
  ];
  for (const [text, code] of closing)
    it(`says of ${text}, until a conversation closes: ${code ?? "right"}`, async () => {
      const { problems } = validate(conversation, {}, { state: "active", timers: { closed: text } });
      deepEqual(
        problems.map(({ path, twilioCode }) => [path, twilioCode]),
        code === undefined ? [] : [["timers.closed", code]],
      );
      equal(await answer("/Conversations", { State: "active", "Timers.Closed": text }), code);
      const setting = validate(configuration, {}, { defaultClosedTimer: text });
      equal(setting.problems[0]?.twilioCode, code);
      equal(await answer("/Configuration", { DefaultClosedTimer: text }), code);
    });

  it("closes a conversation of a timer that is beyond all dates at no time of ours", async () => {
    const { sid } = await life.account.post("/Conversations", {
      State: "active",
      "Timers.Closed": `P${"9".repeat(400)}Y`,
    });
    life.simulator.clock.advance(86_400_000);
    equal((await life.account.get(`/Conversations/${sid}`))["state"], "active");
  });
});
