import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Table } from "../../../simulator/state/table";
import { Fixture } from "../../contract/sdk/client";

describe("simulator store", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("keeps everything across restarts in one file", async () => {
    const dataFile = join(folder, "data.json");
    const seed = { conversations: [{ uniqueName: "seeded" }] };
    const first = await Fixture.start({ dataFile, seed });
    const path = await first.conversation({ UniqueName: "eu", State: "active", "Timers.Closed": "PT10M" });
    await first.send("POST", `${path}/Participants`, { Identity: "ann", Attributes: '{ "a" :1}' });
    await first.close();
    assert.deepEqual(readdirSync(folder), ["data.json"]);
    const second = await Fixture.start({ dataFile, seed });
    const member = await second.send("GET", "/v1/Conversations/eu/Participants/ann");
    assert.equal(member.body.attributes, '{ "a" :1}');
    assert.equal(second.simulator.conversations().length, 2);
    second.simulator.clock.advance(601_000);
    assert.equal((await second.send("GET", "/v1/Conversations/eu")).body.state, "closed");
    await second.close();
  });

  it("writes soon after a change", async () => {
    const dataFile = join(folder, "data.json");
    const fixture = await Fixture.start({ dataFile });
    await fixture.conversation({ UniqueName: "eu" });
    await sleep(400);
    assert.match(readFileSync(dataFile, "utf8"), /"unique_name":"eu"/);
    await fixture.close();
  });

  it("shows a test what no answer tells, and writes no secret to the file", async () => {
    const dataFile = join(folder, "data.json");
    const fixture = await Fixture.start({ dataFile });
    const { simulator } = fixture;
    const path = await fixture.conversation({ State: "active", "Timers.Closed": "PT10M" });
    const { body: message } = await fixture.send("POST", `${path}/Messages`, { Body: "hi", Subject: "news" });
    const { body: made } = await fixture.send("POST", "/v1/Credentials", { Type: "fcm", Secret: "canary-1" });
    await fixture.send("POST", `/v1/Credentials/${made.sid}`, { Type: "gcm", ApiKey: "canary-2" });
    const timers = { inactive_after_ms: 0, closed_after_ms: 600_000 };
    assert.deepEqual(simulator.untold(path.split("/").at(-1) ?? ""), timers);
    assert.deepEqual(simulator.untold(message.sid), { subject: "news" });
    assert.deepEqual(simulator.untold(made.sid), { secret: "canary-1", api_key: "canary-2" });
    await fixture.send("DELETE", `/v1/Credentials/${made.sid}`);
    assert.deepEqual(simulator.untold(made.sid), {});
    await fixture.close();
    assert.doesNotMatch(readFileSync(dataFile, "utf8"), /canary/);
  });

  it("refuses a file that is no store, in one line", async () => {
    const dataFile = join(folder, "data.json");
    writeFileSync(dataFile, '{"version":1}');
    await assert.rejects(Fixture.start({ dataFile }), {
      name: "UsageError",
      message: /^--data: .*data\.json is not/,
    });
    assert.equal(readFileSync(dataFile, "utf8"), '{"version":1}');
  });

  it("refuses a place that it cannot write to, before it listens", async () => {
    const dataFile = join(folder, "missing", "data.json");
    const message = `--data: cannot write ${dataFile} (ENOENT)`;
    await assert.rejects(Fixture.start({ dataFile }), { name: "UsageError", message });
  });

  it("lets reads lag behind writes for so long, and no longer", async () => {
    const fixture = await Fixture.start();
    const path = await fixture.conversation({ FriendlyName: "old" });
    fixture.simulator.addFault({ kind: "lag", method: "GET", delayMs: 5_000 });
    await fixture.send("POST", path, { FriendlyName: "new" });
    await fixture.send("POST", `${path}/Participants`, { Identity: "ann" });
    assert.equal((await fixture.send("GET", path)).body.friendly_name, "old");
    assert.equal((await fixture.send("GET", `${path}/Participants/ann`)).status, 404);
    assert.equal((await fixture.send("POST", `${path}/Participants`, { Identity: "ann" })).status, 409);
    fixture.simulator.clock.advance(5_001);
    assert.equal((await fixture.send("GET", path)).body.friendly_name, "new");
    assert.equal((await fixture.send("GET", `${path}/Participants/ann`)).status, 200);
    await fixture.close();
  });

  it("keeps keys right while rows come, change and go", () => {
    type Named = { sid: string; order: number; name: string | null };
    const table = new Table<Named, "name">(() => "all", { name: (row) => row.name });
    const [one, two] = ["1", "2"].map((sid) => table.insert({ sid, order: 0, name: "same" }));
    assert.ok(one && two);
    assert.deepEqual(table.having("name", "same"), [one, two]);
    table.patch(one, { name: "other" });
    table.patch(two, { name: null });
    assert.deepEqual([table.having("name", "same"), table.having("name", "other")], [[], [one]]);
    table.remove(one);
    table.remove(one);
    assert.deepEqual([table.size, table.inGroup("all"), table.having("name", "other")], [1, [two], []]);
    table.removeGroup("all");
    assert.equal(table.size, 0);
  });
});
