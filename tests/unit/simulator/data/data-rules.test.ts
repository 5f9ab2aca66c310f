import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Seed } from "../../../../simulator/control/seed-file";
import { flagsOf, simulatorOptions } from "../../../../simulator/run";
import { Table } from "../../../../simulator/state/table";
import { Fixture } from "../../../contract/sdk/client";

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

  it("gives the account of a file from 0.1.0 credentials of Twilio's form, and accepts the old ones", async () => {
    const old = { authToken: "simulator-auth-token", apiSecret: "simulator-api-secret" };
    const first = await Fixture.start({ dataFile });
    await first.conversation({ UniqueName: "eu" });
    await first.close();
    const data = JSON.parse(readFileSync(dataFile, "utf8"));
    Object.assign(data.accounts[0].account, old);
    writeFileSync(dataFile, JSON.stringify(data));
    const second = await Fixture.start({ dataFile });
    const { accountSid, apiKey, authToken, apiSecret } = second.simulator.account;
    assert.match(authToken, /^[0-9a-f]{32}$/);
    assert.match(apiSecret, /^[0-9A-Za-z]{32}$/);
    const logins: [string, string, number][] = [
      [accountSid, authToken, 200],
      [accountSid, old.authToken, 200],
      [apiKey, apiSecret, 200],
      [apiKey, old.apiSecret, 200],
      [accountSid, apiSecret, 401],
      [accountSid, old.apiSecret, 401],
      [apiKey, old.authToken, 401],
    ];
    for (const [user, password, status] of logins) {
      const authorization = `Basic ${btoa(`${user}:${password}`)}`;
      const answer = await second.send("GET", "/v1/Conversations/eu", undefined, { authorization });
      assert.equal(answer.status, status, `${user}:${password}`);
    }
    await second.close();
  });

  it("does not accept the old credentials where a program asks for its own", async () => {
    const fixture = await Fixture.start({ account: { authToken: "mine" } });
    const { accountSid } = fixture.simulator.account;
    const authorization = `Basic ${btoa(`${accountSid}:simulator-auth-token`)}`;
    assert.equal((await fixture.send("GET", "/v1/Conversations", undefined, { authorization })).status, 401);
    await fixture.close();
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

describe("simulator seed and default service", () => {
  let fixture: Fixture;
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
  });
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => fixture.close());

  it("keeps account-wide paths without a default service", async () => {
    fixture = await Fixture.start({ switches: { defaultServiceDelete: "allow" } });
    const { defaultServiceSid } = fixture.simulator.account;
    assert.equal((await fixture.send("DELETE", `/v1/Services/${defaultServiceSid}`)).status, 204);
    assert.equal((await fixture.send("GET", "/v1/Conversations")).status, 404);
    for (const path of ["Configuration", "Configuration/Webhooks", "Configuration/Addresses", "Credentials"])
      assert.equal((await fixture.send("GET", `/v1/${path}`)).status, 200, path);
    const { status, body } = await fixture.send("POST", "/v1/Services", { FriendlyName: "next" });
    assert.equal(status, 201);
    await fixture.send("POST", "/v1/Configuration", { DefaultChatServiceSid: body.sid });
    assert.equal((await fixture.send("GET", "/v1/Conversations")).status, 200);
  });

  it("does not remove the default service out of band", async () => {
    fixture = await Fixture.start();
    const { defaultServiceSid } = fixture.simulator.account;
    const message = `${defaultServiceSid} is the default service of its account: make another one the default first`;
    assert.throws(() => fixture.simulator.remove(defaultServiceSid), { name: "UsageError", message });
    assert.equal((await fixture.send("GET", "/v1/Conversations")).status, 200);
  });

  it("plants nothing of a seed that fails", async () => {
    fixture = await Fixture.start();
    await fixture.conversation({ UniqueName: "before" });
    const conversations = [{ uniqueName: "eu", participants: [{ identity: "ann" }] }, { uniqueName: "eu" }];
    assert.throws(() => fixture.simulator.seed({ services: [{ friendlyName: "x" }], conversations }), {
      message: /^seed\.conversations\[1\]: 50353/,
    });
    const { simulator } = fixture;
    assert.deepEqual(
      [simulator.conversations().length, simulator.users().length, simulator.services().length],
      [1, 0, 1],
    );
    simulator.seed({ conversations: conversations.slice(0, 1) });
    assert.equal((await fixture.send("GET", "/v1/Conversations/before")).status, 200);
    assert.equal((await fixture.send("GET", "/v1/Conversations/eu/Participants/ann")).status, 200);
  });

  it("refuses a seed that fixes a SID that exists", async () => {
    fixture = await Fixture.start();
    const { simulator } = fixture;
    const twice = (prefix: string): string => prefix + "a".repeat(32);
    const members = [{ sid: twice("MB"), identity: "ann" }];
    const binding = { sid: twice("BS"), identity: "ann", bindingType: "fcm" as const };
    simulator.seed({ conversations: [{ sid: twice("CH"), participants: members }], bindings: [binding] });
    const seeds: [Seed, string][] = [
      [{ conversations: [{ sid: twice("CH") }] }, "conversations[0]"],
      [{ conversations: [{ participants: members }] }, "conversations[0].participants[0]"],
      [{ bindings: [binding] }, "bindings[0]"],
      [{ services: [{ friendlyName: "x", sid: simulator.account.defaultServiceSid }] }, "services[0]"],
    ];
    for (const [seed, place] of seeds) {
      assert.throws(
        () => simulator.seed(seed),
        ({ name, message }: Error) =>
          name === "UsageError" &&
          message.startsWith(`seed.${place}.sid: `) &&
          message.endsWith(" exists already"),
      );
    }
    assert.deepEqual([simulator.conversations().length, simulator.rows("BS").length], [1, 1]);
  });

  it("makes no SID a second time when the same random seed meets a kept store", async () => {
    const options = { dataFile: join(folder, "data.json"), randomSeed: 1 };
    const first = await Fixture.start(options);
    await first.conversation();
    await first.close();
    fixture = await Fixture.start(options);
    assert.equal((await fixture.send("POST", "/v1/Conversations", {})).status, 201);
    assert.equal(fixture.simulator.conversations().length, 2);
  });
});
