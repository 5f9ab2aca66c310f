import assert from "node:assert/strict";
import { Fixture, type FormFields } from "../sdk/client";

type Sent = { status: number; code: number | undefined };

/** One test for every named switch that is not tested where it belongs. */
describe("simulator switches", () => {
  let fixture: Fixture;
  afterEach(() => fixture.close());

  const send = async (path: string, form: FormFields, method = "POST"): Promise<Sent> => {
    const { status, body } = await fixture.send(method, path, method === "POST" ? form : undefined);
    return { status, code: body?.code };
  };
  const refused = (code: number, status = 400): Sent => ({ status, code });
  const made: Sent = { status: 201, code: undefined };

  const sms = {
    "MessagingBinding.Address": "+15558675310",
    "MessagingBinding.ProxyAddress": "+15017122661",
  };

  it("unknownFields: ignore takes what nobody knows", async () => {
    fixture = await Fixture.start({ switches: { unknownFields: "ignore" } });
    assert.deepEqual(await send("/v1/Conversations", { Colour: "blue" }), made);
  });

  it("ownedAddresses refuses senders of others", async () => {
    fixture = await Fixture.start({ switches: { ownedAddresses: ["+15550001111"], groupMms: true } });
    const members = `${await fixture.conversation()}/Participants`;
    assert.deepEqual(await send(members, sms), refused(50413, 403));
    const whatsapp = Object.fromEntries(
      Object.entries(sms).map(([name, value]) => [name, `whatsapp:${value}`]),
    );
    assert.deepEqual(await send(members, whatsapp), refused(50415));
    assert.deepEqual(
      await send(members, { "MessagingBinding.ProjectedAddress": "+12025550101" }),
      refused(50439, 403),
    );
    assert.deepEqual(await send(members, { ...sms, "MessagingBinding.ProxyAddress": "+15550001111" }), made);
  });

  it("notFoundPath: versioned names the whole path", async () => {
    fixture = await Fixture.start({ switches: { notFoundPath: "versioned" } });
    const { body } = await fixture.send("GET", "/v1/Conversations/none");
    assert.equal(body.message, "The requested resource /v1/Conversations/none was not found");
  });

  it("emptyAttributes, emptyUpdate, friendlyNameClears and unknownPermissions take more", async () => {
    const switches = {
      emptyAttributes: "default",
      emptyUpdate: "accept",
      friendlyNameClears: true,
    } as const;
    fixture = await Fixture.start({ switches: { ...switches, unknownPermissions: "accept" } });
    const path = await fixture.conversation({ FriendlyName: "x", Attributes: "" });
    const cleared = await fixture.send("POST", path, { FriendlyName: "" });
    assert.deepEqual([cleared.body.attributes, cleared.body.friendly_name], ["{}", null]);
    assert.equal((await send(path, {})).status, 200);
    assert.deepEqual(
      await send("/v1/Roles", { FriendlyName: "r", Type: "service", Permission: "fly" }),
      made,
    );
  });

  it("friendlyNameClears is off: the real API kept the name", async () => {
    fixture = await Fixture.start();
    const path = await fixture.conversation({ FriendlyName: "x" });
    assert.equal((await fixture.send("POST", path, { FriendlyName: "" })).body.friendly_name, "x");
  });

  it("closedParticipants: hide and closedParticipantDelete: allow", async () => {
    for (const isOpen of [false, true]) {
      if (isOpen) await fixture.close();
      fixture = await Fixture.start(
        isOpen ? { switches: { closedParticipants: "hide", closedParticipantDelete: "allow" } } : {},
      );
      const path = await fixture.conversation();
      const { body } = await fixture.send("POST", `${path}/Participants`, { Identity: "ann" });
      await send(path, { State: "closed" });
      const listed = await fixture.send("GET", `${path}/Participants`);
      assert.equal(listed.body.participants.length, isOpen ? 0 : 1);
      const removed = await send(`${path}/Participants/${body.sid}`, {}, "DELETE");
      assert.deepEqual(removed, isOpen ? { status: 204, code: undefined } : refused(50377));
    }
  });

  it("uniqueNameInChildPath: false takes only the SID", async () => {
    fixture = await Fixture.start({ switches: { uniqueNameInChildPath: false } });
    await fixture.conversation({ UniqueName: "eu" });
    assert.deepEqual(await send("/v1/Conversations/eu/Participants", { Identity: "a" }), refused(20404, 404));
    assert.equal((await send("/v1/Conversations/eu", {}, "GET")).status, 200);
  });

  it("userDelete: keep-participants leaves the members", async () => {
    for (const userDelete of ["keep-participants", "cascade"] as const) {
      if (userDelete === "cascade") await fixture.close();
      fixture = await Fixture.start({ switches: { userDelete } });
      await send(`${await fixture.conversation()}/Participants`, { Identity: "ann" });
      await send("/v1/Users/ann", {}, "DELETE");
      assert.equal(fixture.simulator.participants().length, userDelete === "cascade" ? 0 : 1);
    }
  });

  it("defaultRoleDelete and defaultServiceDelete: allow", async () => {
    for (const allowance of ["refuse", "allow"] as const) {
      if (allowance === "allow") await fixture.close();
      const switches = { defaultRoleDelete: allowance, defaultServiceDelete: allowance };
      fixture = await Fixture.start({ switches });
      const role = fixture.simulator.roles().find((row) => row["friendly_name"] === "channel user");
      const gone = { status: 204, code: undefined };
      const deleted = await send(`/v1/Roles/${role?.sid}`, {}, "DELETE");
      assert.deepEqual(deleted, allowance === "allow" ? gone : refused(50107, 403));
      const service = await send(`/v1/Services/${fixture.simulator.account.defaultServiceSid}`, {}, "DELETE");
      assert.deepEqual(service, allowance === "allow" ? gone : refused(20403, 403));
    }
  });

  it("bulkCreateState: final shows the state that stays", async () => {
    const states: string[] = [];
    for (const bulkCreateState of ["initializing", "final"] as const) {
      if (bulkCreateState === "final") await fixture.close();
      fixture = await Fixture.start({ switches: { bulkCreateState } });
      const form = { Participant: '{"identity":"ann"}' };
      const { body } = await fixture.send("POST", "/v1/ConversationWithParticipants", form);
      states.push(body.state, (await fixture.send("GET", `/v1/Conversations/${body.sid}`)).body.state);
    }
    assert.deepEqual(states, ["initializing", "active", "active", "active"]);
  });
});
