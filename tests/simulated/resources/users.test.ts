import assert from "node:assert/strict";
import { participant } from "../../../provider/resources/conversation/participant";
import { user } from "../../../provider/resources/service/user";
import { useLife } from "../../fault/life";

const LOST = {
  method: "POST",
  route: "/v1/Users",
  kind: "status",
  status: 503,
  when: "after",
  times: 1,
} as const;
const OLD = "2020-01-01T00:00:00Z";

describe("a user that was there already", () => {
  const life = useLife();
  const users = () => life.simulator.users();
  const alice = () => users().find(({ identity }) => identity === "alice");
  const standing = async (form: Record<string, string> = {}) => {
    const { sid } = await life.account.post("/Users", { Identity: "alice", ...form });
    life.simulator.change(sid, { date_created: OLD });
    return sid;
  };
  const named = { identity: "alice", friendlyName: "Alice" };

  it("keeps the memory of having had nothing", async () => {
    await standing();
    const { sid, state } = await life.run(user).lifecycle.create(named);
    assert.deepEqual(state["before"], { friendlyName: null });
    const renamed = { ...named, friendlyName: "Alice Doe" };
    const later = await life.run(user).lifecycle.update(sid, state, renamed);
    assert.deepEqual(later["before"], { friendlyName: null });
    await life.run(user).lifecycle.delete(sid, later);
    assert.equal(alice()?.["friendly_name"], null);
  });

  it("stays as others left it where the program declared nothing", async () => {
    await standing();
    const { sid, state } = await life.run(user).lifecycle.create(named);
    const form = { FriendlyName: "lead", Type: "service", Permission: "joinConversation" };
    const lead = await life.account.post("/Roles", form);
    life.simulator.change(sid, { role_sid: lead.sid });
    const found = await life.run(user).lifecycle.read(sid, state);
    await life.run(user).lifecycle.delete(sid, found?.state ?? {});
    assert.equal(alice()?.["role_sid"], lead.sid);
  });

  it("comes back from a replacement with its memory", async () => {
    const sid = await standing({ FriendlyName: "Alice of old" });
    const before = { friendlyName: "Alice of old" };
    const first = await life.run(user).lifecycle.create(named);
    const { lifecycle } = life.run(user);
    await lifecycle.delete(sid, first.state);
    const second = await lifecycle.create(named);
    assert.deepEqual([second.sid, second.state["before"]], [sid, before]);
  });

  it("is not given away by the delete of a resource renamed without an alias", async () => {
    const sid = await standing({ FriendlyName: "Alice of old" });
    const old = await life.run(user).lifecycle.create(named);
    const { lifecycle, notes } = life.run(user);
    const renamed = await lifecycle.create(named);
    await lifecycle.delete(sid, old.state);
    assert.equal(alice()?.["friendly_name"], "Alice");
    // The engine hands the old state to nobody but the delete, which can only say so.
    assert.deepEqual(renamed.state["before"], { friendlyName: "Alice" });
    assert.match(
      notes.join("\n"),
      /was kept: another resource .* original values are lost: an alias would have kept them/,
    );
  });

  describe("whose former role Twilio takes no more,", () => {
    const service = (name: string) =>
      life.account.post("/Roles", { FriendlyName: name, Type: "service", Permission: "joinConversation" });
    /** The program takes its role back, and Twilio refuses the one from before with this code. */
    const released = async (code: number) => {
      const [former, lead] = [await service("former"), await service("lead")];
      await standing({ RoleSid: former.sid });
      const { sid, state } = await life.run(user).lifecycle.create({ ...named, roleSid: lead.sid });
      const refusal = { method: "POST", kind: "status", status: 400, code, times: 1 } as const;
      life.simulator.addFault({ ...refusal, route: "/v1/Users/*" });
      await life.run(user).lifecycle.update(sid, state, named);
      return users().find((row) => row.sid === sid)?.["role_sid"];
    };

    for (const code of [50100, 50101, 50102, 50103, 50109])
      it(`gets the default of its service (${code})`, async () => {
        const settings = `/Services/${life.simulator.account.defaultServiceSid}/Configuration`;
        const { default_chat_service_role_sid: byDefault } = await life.account.get(settings);
        assert.equal(await released(code), byDefault);
      });

    it("keeps its own where Twilio refuses for another reason", () =>
      assert.rejects(released(50107), /Twilio error 50107/));
  });

  it("is left alone where program or config say so", async () => {
    const sid = await standing();
    const never = life.run(user).lifecycle.create({ ...named, adopt: "never" });
    await assert.rejects(
      never,
      new RegExp(`user ${sid} exists already.*differs in friendlyName, and adopt is "never"`),
    );
    for (const adopt of ["never", "matching"]) {
      const { lifecycle } = life.run(user, { adopt });
      await assert.rejects(lifecycle.create(named), { name: "AdoptionError" });
    }
    const { lifecycle } = life.run(user, { adopt: "never" });
    assert.equal((await lifecycle.create({ ...named, adopt: "always" })).sid, sid);
  });

  it("is refused to a second resource of the program", async () => {
    await standing();
    const { lifecycle } = life.run(user);
    await lifecycle.create(named);
    for (const adopt of [undefined, "never"]) {
      const twin = { ...named, friendlyName: "Twin", ...(adopt && { adopt }) };
      await assert.rejects(lifecycle.create(twin), /declared twice: user US/);
    }
    assert.equal(alice()?.["friendly_name"], "Alice");
  });

  it("is one user, whether the program's own create or that of its participant comes first", async () => {
    const { sid: conversationSid } = await life.account.conversation("desk");
    const { lifecycle } = life.run(user);
    const members = life.run(participant).lifecycle;
    const [{ sid, state }, member] = await Promise.all([
      lifecycle.create(named),
      members.create({ conversationSid, identity: "alice" }),
    ]);
    assert.equal(alice()?.["friendly_name"], "Alice");
    assert.equal(users().length, 1);
    await members.delete(member.sid, member.state);
    await life.run(user).lifecycle.delete(sid, state);
    const isLoan = state["before"] !== undefined;
    assert.deepEqual(
      users().map((row) => row["friendly_name"]),
      isLoan ? [null] : [],
    );
  });

  it("is given back, not deleted, also where a participant of the program brought it about", async () => {
    const { sid: conversationSid } = await life.account.conversation("desk");
    await life.run(participant).lifecycle.create({ conversationSid, identity: "alice" });
    const { lifecycle, notes } = life.run(user);
    const { sid, state } = await lifecycle.create({ ...named, attributes: { team: "support" } });
    assert.deepEqual(state["before"], { friendlyName: null, attributes: {} });
    assert.match(notes.join(), /Destroy restores its present values instead of deleting it/);
    await life.run(user).lifecycle.delete(sid, state);
    assert.deepEqual([alice()?.["friendly_name"], alice()?.["attributes"]], [null, "{}"]);
    assert.equal(life.simulator.participants().length, 1);
  });
});

describe("a user that Twilio made of a participant", () => {
  const life = useLife();

  it("is on loan, whatever it has by itself that the program declares too", async () => {
    const { sid: conversationSid } = await life.account.conversation("desk");
    await life.run(participant).lifecycle.create({ conversationSid, identity: "alice" });
    const roleSid = String(life.simulator.users()[0]?.["role_sid"]);
    const inputs = { identity: "alice", attributes: {}, roleSid };
    const { sid, state } = await life.run(user).lifecycle.create(inputs);
    assert.deepEqual(state["before"], { attributes: {}, roleSid });
    await life.run(user).lifecycle.delete(sid, state);
    assert.equal(life.simulator.participants().length, 1);
  });
});

describe("a user that is replaced", () => {
  const life = useLife();

  it("takes its memberships with it where it is the program's own, and says so", async () => {
    const { sid, state } = await life.run(user).lifecycle.create({ identity: "alice" });
    const { lifecycle, notes } = life.run(user);
    lifecycle.diff(sid, state, { identity: "bob" });
    assert.deepEqual(notes, [`user ${sid}: It will be replaced, which ends all its memberships.`]);
  });

  it("is given back where it is on loan, so that nothing ends", async () => {
    await life.account.post("/Users", { Identity: "alice" });
    const { sid, state } = await life.run(user).lifecycle.create({ identity: "alice" });
    const { lifecycle, notes } = life.run(user);
    assert.deepEqual(lifecycle.diff(sid, state, { identity: "bob" }).replaces, ["identity"]);
    assert.deepEqual(notes, []);
  });
});

describe("a user whose create gets no answer", () => {
  const life = useLife();

  it("is the program's own, when it declares more than the identity", async () => {
    life.simulator.addFault(LOST);
    const { sid, state } = await life.run(user).lifecycle.create({ identity: "alice", attributes: { a: 1 } });
    assert.equal("before" in state, false);
    assert.equal(life.simulator.users().length, 1);
    await life.run(user).lifecycle.delete(sid, state);
    assert.deepEqual(life.simulator.users(), []);
  });

  it("is on loan otherwise, since Twilio could have made it of a participant", async () => {
    life.simulator.addFault(LOST);
    const { sid, state } = await life.run(user).lifecycle.create({ identity: "alice" });
    assert.deepEqual(state["before"], {});
    await life.run(user).lifecycle.delete(sid, state);
    assert.equal(life.simulator.users().length, 1);
  });
});
