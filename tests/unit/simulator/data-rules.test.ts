import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flagsOf, simulatorOptions } from "../../../simulator/run";
import { Table } from "../../../simulator/state/table";
import { Fixture } from "../../contract/client";

describe("simulator data rules", () => {
  let folder: string;
  let dataFile: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
    dataFile = join(folder, "data.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("answers to the token of this run over the file of another", async () => {
    const first = await Fixture.start({ dataFile, account: { authToken: "first", apiSecret: "kept" } });
    await first.conversation({ UniqueName: "eu" });
    await first.close();
    const second = await Fixture.start({ dataFile, account: { authToken: "second" } });
    assert.equal((await second.send("GET", "/v1/Conversations/eu")).status, 200);
    assert.deepEqual(
      [second.simulator.env["TWILIO_AUTH_TOKEN"], second.simulator.account.apiSecret],
      ["second", "kept"],
    );
    await second.close();
  });

  it("keeps the rows of an account that is added again", async () => {
    const accountSid = `AC${"b".repeat(32)}`;
    const use = async (method: string, form?: Record<string, string>): Promise<number> => {
      const fixture = await Fixture.start({ dataFile });
      const { authToken } = fixture.simulator.addAccount({ accountSid, authToken: "b" });
      const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
      const path = form ? "/v1/Conversations" : "/v1/Conversations/eu";
      const { status } = await fixture.send(method, path, form, { authorization });
      await fixture.close();
      return status;
    };
    assert.equal(await use("POST", { UniqueName: "eu" }), 201);
    assert.equal(await use("GET"), 200);
  });

  it("saves an account that is added", async () => {
    const fixture = await Fixture.start({ dataFile });
    const { accountSid } = fixture.simulator.addAccount();
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.ok(readFileSync(dataFile, "utf8").includes(accountSid));
    await fixture.close();
  });

  it("refuses a file whose rows have no parents, twins or wrong keys", async () => {
    const fixture = await Fixture.start({ dataFile });
    const path = await fixture.conversation();
    await fixture.send("POST", `${path}/Participants`, { Identity: "ann" });
    await fixture.send("POST", `${path}/Messages`, { Body: "x" });
    await fixture.send("POST", `${path}/Webhooks`, {
      Target: "webhook",
      "Configuration.Url": "http://127.0.0.1/",
      "Configuration.Filters": "onMessageAdded",
    });
    await fixture.close();
    const good = readFileSync(dataFile, "utf8");
    // biome-ignore lint/suspicious/noExplicitAny: the test breaks the file in places that no type allows
    const spoilings: ((account: any) => void)[] = [
      ({ tables }) => tables.conversations.pop(),
      ({ tables }) => tables.services.pop(),
      ({ tables }) => tables.participants.push(tables.participants[0]),
      ({ tables }) => Object.assign(tables.conversations[0], { uniqueName: "x" }),
      ({ tables }) => delete tables.messages[0].body,
      ({ tables }) => Object.assign(tables.users[0], { sid: "x" }),
      ({ tables }) => Object.assign(tables.users[0], { order: "x" }),
      ({ tables }) => delete tables.roles,
      (account) => account.notifications.pop(),
      (account) => delete account.webhooks.filters,
      ({ account }) => delete account.authToken,
    ];
    for (const spoil of spoilings) {
      const data = JSON.parse(good);
      spoil(data.accounts[0]);
      writeFileSync(dataFile, JSON.stringify(data));
      const message = `--data: ${dataFile} is not a store of this simulator`;
      await assert.rejects(Fixture.start({ dataFile }), { name: "UsageError", message }, String(spoil));
    }
    writeFileSync(dataFile, good);
    await (await Fixture.start({ dataFile })).close();
  });

  it("refuses an empty name of a file", () => {
    const message = "--data takes the name of a file";
    assert.throws(() => simulatorOptions(flagsOf(["--data="])), { name: "UsageError", message });
  });

  it("leaves no draft behind where it cannot write", async () => {
    const fixture = await Fixture.start({ dataFile });
    rmSync(dataFile);
    mkdirSync(join(dataFile, "inner"), { recursive: true });
    await fixture.conversation();
    await fixture.close();
    assert.deepEqual(readdirSync(folder), ["data.json"]);
  });

  it("never holds one SID twice in a table", () => {
    const table = new Table<{ sid: string; order: number }>(() => "all");
    table.insert({ sid: "1", order: 0 });
    assert.throws(() => table.insert({ sid: "1", order: 0 }), /1 is there already/);
    assert.equal(table.inGroup("all").length, 1);
  });
});
