import assert from "node:assert/strict";
import RestException from "twilio/lib/base/RestException";
import { Fixture, type FormFields } from "../sdk/client";
import { errorCases } from "./error-cases";
import { missing, sms } from "./member-error-cases";

describe("simulator errors", () => {
  let fixture: Fixture;
  const sids: Record<string, string> = {};

  before(async () => {
    fixture = await Fixture.start();
    const create = async (path: string, form: FormFields): Promise<string> => {
      const { status, body } = await fixture.send("POST", `/v1/${path}`, form);
      assert.equal(status, 201, JSON.stringify(body));
      return body.sid;
    };
    sids["CH"] = await create("Conversations", { UniqueName: "taken" });
    sids["CLOSED"] = await create("Conversations", {});
    await fixture.send("POST", `/v1/Conversations/${sids["CLOSED"]}`, { State: "closed" });
    sids["MB"] = await create(`Conversations/${sids["CH"]}/Participants`, { Identity: "bob" });
    sids["SMS"] = await create(`Conversations/${sids["CH"]}/Participants`, sms);
    sids["IS"] = fixture.simulator.account.defaultServiceSid;
    const role = { FriendlyName: "lead", Permission: "sendMessage" };
    sids["RL"] = await create("Roles", { ...role, Type: "conversation" });
    sids["SV"] = await create("Roles", { ...role, Type: "service" });
  });
  after(() => fixture.close());

  const known = (text: string): string => sids[text] ?? text;

  for (const [what, target, form, code, status] of errorCases) {
    it(`refuses ${what} with ${status}/${code}`, async () => {
      const path = target.split("/").map(known).join("/");
      const sent = Object.fromEntries(
        Object.entries(form).map(([name, value]) => [name, typeof value === "string" ? known(value) : value]),
      );
      const { body, headers, ...answer } = await fixture.send("POST", `/v1/${path}`, sent);
      assert.deepEqual([answer.status, body.status, body.code], [status, status, code], body.message);
      assert.equal(body.more_info, `https://www.twilio.com/docs/errors/${code}`);
      assert.equal(typeof body.message, "string");
      assert.match(headers.get("twilio-request-id") ?? "", /^RQ[0-9a-f]{32}$/);
      const bySdk = fixture.v1.create({ uri: `/${path}`, method: "post", data: sent });
      await assert.rejects(bySdk, (error) => {
        assert.ok(error instanceof RestException);
        assert.deepEqual([error.status, error.code, error.message], [status, code, body.message]);
        return true;
      });
    });
  }

  const reads: [path: string, code: number][] = [
    ["Conversations?StartDate=2020-02-01&EndDate=2020-01-01", 50396],
    ["Services/IS/Bindings?BindingType=pigeon", 50209],
    ["Conversations?PageToken=x", 20001],
    ["Conversations?PageSize=-1", 20001],
  ];
  for (const [path, code] of reads) {
    it(`refuses to read ${path} with 400/${code}`, async () => {
      const { status, body } = await fixture.send("GET", `/v1/${path.split("/").map(known).join("/")}`);
      assert.deepEqual([status, body.code], [400, code]);
    });
  }

  it("refuses a pair without a messaging service and any edit while initializing", async () => {
    const path = await fixture.conversation();
    const sid = path.split("/").at(-1) ?? "";
    fixture.simulator.change(sid, { messaging_service_sid: null });
    const other = { ...sms, "MessagingBinding.Address": "+15558675311" };
    assert.equal((await fixture.send("POST", `${path}/Participants`, other)).body.code, 50373);
    fixture.simulator.change(sid, { state: "initializing" });
    assert.equal((await fixture.send("POST", path, { FriendlyName: "x" })).body.code, 50386);
  });

  it("names the other conversation of a pair in use in Twilio's own words", async () => {
    const path = await fixture.conversation();
    const { body } = await fixture.send("POST", `${path}/Participants`, sms);
    const sentence = "A binding for this participant and proxy address already exists in Conversation";
    assert.equal(body.message, `${sentence} ${sids["CH"]}`);
  });

  it("names a missing resource by its path without the version", async () => {
    const { body } = await fixture.send("GET", `/v1/Conversations/CH${missing}`);
    assert.equal(body.message, `The requested resource /Conversations/CH${missing} was not found`);
  });

  it("answers 405 with 20405 where a path has no such method", async () => {
    const { status, body } = await fixture.send("PUT", "/v1/Conversations", {});
    assert.deepEqual([status, body.code], [405, 20405]);
  });

  it("answers 401 with 20003 without, with wrong and with half credentials", async () => {
    for (const authorization of [
      "",
      "Basic !!!",
      "Bearer x",
      `Basic ${btoa(`${fixture.simulator.account.accountSid}:x`)}`,
    ]) {
      const { status, body } = await fixture.send("GET", "/v1/Conversations", undefined, { authorization });
      assert.deepEqual([status, body.code, body.message], [401, 20003, "Authenticate"]);
    }
  });
});
