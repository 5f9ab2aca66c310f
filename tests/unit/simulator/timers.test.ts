import assert from "node:assert/strict";
import { dateText } from "../../../simulator/clock";
import { durationMs } from "../../../simulator/rules/timers";
import { Fixture } from "../../contract/sdk/client";

const startMs = Date.UTC(2026, 0, 1);

describe("simulator timers", () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await Fixture.start();
  });
  after(() => fixture.close());
  beforeEach(() => {
    fixture.simulator.reset();
    fixture.simulator.clock.set(startMs);
  });

  it("moves a conversation from active over inactive to closed", async () => {
    const form = { State: "active", "Timers.Inactive": "PT1M", "Timers.Closed": "PT10M" };
    const path = await fixture.conversation(form);
    const made = await fixture.send("GET", path);
    assert.match(made.body.timers.date_inactive, /^2026-01-01T00:01:0\dZ$/);
    assert.match(made.body.timers.date_closed, /^2026-01-01T00:10:0\dZ$/);
    fixture.simulator.clock.advance(61_000);
    assert.equal((await fixture.send("GET", path)).body.state, "inactive");
    fixture.simulator.clock.advance(540_000);
    const closed = await fixture.send("GET", path);
    assert.deepEqual([closed.body.state, closed.body.timers], ["closed", {}]);
  });

  it("switches timers off with PT0S and starts them anew when the state is set", async () => {
    const path = await fixture.conversation({
      State: "active",
      "Timers.Inactive": "PT1M",
      "Timers.Closed": "PT10M",
    });
    const off = await fixture.send("POST", path, { "Timers.Closed": "PT0S" });
    assert.deepEqual(Object.keys(off.body.timers), ["date_inactive"]);
    fixture.simulator.clock.advance(61_000);
    assert.equal((await fixture.send("GET", path)).body.state, "inactive");
    const again = await fixture.send("POST", path, { State: "active" });
    assert.match(again.body.timers.date_inactive, /^2026-01-01T00:02:0\dZ$/);
  });

  it("starts both timers anew with every message, also of one that it wakes", async () => {
    const form = { State: "active", "Timers.Inactive": "PT1M", "Timers.Closed": "PT10M" };
    const path = await fixture.conversation(form);
    const speak = async (): Promise<{ state: string; timers: Record<string, string> }> => {
      assert.equal((await fixture.send("POST", `${path}/Messages`, { Body: "hi" })).status, 201);
      return (await fixture.send("GET", path)).body;
    };
    fixture.simulator.clock.advance(50_000);
    const awake = await speak();
    assert.match(awake.timers["date_inactive"] ?? "", /^2026-01-01T00:01:5\dZ$/);
    assert.match(awake.timers["date_closed"] ?? "", /^2026-01-01T00:10:5\dZ$/);
    fixture.simulator.clock.advance(50_000);
    assert.equal((await fixture.send("GET", path)).body.state, "active");
    fixture.simulator.clock.advance(20_000);
    assert.equal((await fixture.send("GET", path)).body.state, "inactive");
    const woken = await speak();
    assert.equal(woken.state, "active");
    assert.match(woken.timers["date_inactive"] ?? "", /^2026-01-01T00:03:0\dZ$/);
    assert.match(woken.timers["date_closed"] ?? "", /^2026-01-01T00:12:0\dZ$/);
  });

  it("gives new conversations the timers of the account", async () => {
    await fixture.send("POST", "/v1/Configuration", { DefaultInactiveTimer: "PT5M" });
    const { body } = await fixture.send("GET", await fixture.conversation());
    assert.match(body.timers.date_inactive, /^2026-01-01T00:05:0\dZ$/);
  });

  it("frees pairs and places of a closed conversation but not its unique name", async () => {
    const sms = {
      "MessagingBinding.Address": "+15558675310",
      "MessagingBinding.ProxyAddress": "+15017122661",
    };
    const first = await fixture.conversation({ UniqueName: "eu" });
    await fixture.send("POST", `${first}/Participants`, sms);
    await fixture.send("POST", first, { State: "closed" });
    const second = await fixture.conversation();
    assert.equal((await fixture.send("POST", `${second}/Participants`, sms)).status, 201);
    assert.equal((await fixture.send("POST", "/v1/Conversations", { UniqueName: "eu" })).body.code, 50353);
    assert.equal((await fixture.send("GET", `${first}/Participants`)).body.participants.length, 1);
    assert.equal((await fixture.send("DELETE", first)).status, 204);
  });

  const durations: [string, number | undefined][] = [
    ["PT1M", 60_000],
    ["P1D", 86_400_000],
    ["P1W", 604_800_000],
    ["P1DT2H3M4S", 93_784_000],
    ["PT0S", 0],
    ["PT0.5S", 500],
    ["P", undefined],
    ["PT", undefined],
    ["1M", undefined],
    ["", undefined],
    ["PT999999999999999H", 100 * 366 * 86_400_000],
  ];
  for (const [text, ms] of durations) {
    it(`reads the duration "${text}" as ${ms}`, () => assert.equal(durationMs(text), ms));
  }

  const dates: [string, string | undefined][] = [
    ["2015-12-16T22:18:37Z", "2015-12-16T22:18:37Z"],
    ["2015-12-16T22:18:37.5+01:00", "2015-12-16T21:18:37Z"],
    ["2015-12-16T22:18:37", "2015-12-16T22:18:37Z"],
    ["2015-12-16", "2015-12-16T00:00:00Z"],
    ["2015-13-16", undefined],
    ["16.12.2015", undefined],
  ];
  for (const [text, date] of dates) {
    it(`reads the date "${text}" as ${date}`, () => assert.equal(dateText(text), date));
  }
});
