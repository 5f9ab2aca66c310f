import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import { useLife } from "../../fault/life";
import { crowd, type Deed, RosterLives, writesIn } from "./roster";

const LOOK_UPS = { method: "GET", kind: "status", status: 400, code: 20001, message: "not now" } as const;

/** A member that the roster no longer declares, while the program declares somebody of the same name. */
describe("Whom a roster drops while another resource declares the same identity", () => {
  const life = useLife();
  let lives: RosterLives;
  let before: Deed;
  beforeEach(async () => {
    lives = new RosterLives(life, (await life.account.conversation("desk")).sid);
    before = await lives.up(crowd(2));
    life.simulator.clock.advance(60_000);
  });
  const sidsIn = ({ state }: { state: JsonObject }) => Object.values(state["sids"] as object);

  /** An update of the roster to its first member, in a run that declares `others` too. */
  async function dropping(others: JsonObject[], last = before, environment: Record<string, string> = {}) {
    const run = life.run(undefined, {}, environment);
    for (const other of others) deepEqual(run.lifecycle.check({}, other).failures, []);
    const { inputs } = run.roster.check(last.inputs, {
      conversationSid: lives.conversationSid,
      members: crowd(1),
    });
    life.simulator.clearRequests();
    const { changes } = run.roster.diff(last.sid, last.state, inputs);
    const state = await run.roster.update(last.sid, last.state, inputs);
    const requests = life.simulator.requests();
    return { ...last, inputs, state, changes, requests, notes: run.notes };
  }
  const isThere = () => lives.identities().includes("user-1");
  const someone = { identity: "user-1" };

  it("leaves, where that is in another conversation, by its unique name or its SID", async () => {
    const { sid } = await life.account.conversation("support");
    for (const conversationSid of ["support", sid, "none of that name"]) {
      const after = await dropping([{ conversationSid, ...someone }]);
      equal(isThere(), false, conversationSid);
      equal(sidsIn(after).length, 1);
      deepEqual(after.notes, []);
      before = await lives.up(crowd(2), after);
    }
  });

  it("leaves, where that is in a conversation of the same name in another service or account", async () => {
    const { sid: serviceSid } = await life.account.service("other");
    await life.account.conversation("desk", `/Services/${serviceSid}`);
    const sub = life.simulator.addAccount();
    const env = { TWILIO_SUB_ACCOUNT_SID: sub.accountSid, TWILIO_SUB_AUTH_TOKEN: sub.authToken };
    for (const place of [{ serviceSid }, { account: "sub" }]) {
      const after = await dropping([{ conversationSid: "desk", ...place, ...someone }], before, env);
      equal(isThere(), false);
      before = await lives.up(crowd(2), after);
    }
  });

  it("stays with whom declares it in this one, by whatever spelling of account, service and conversation", async () => {
    const { accountSid, authToken, defaultServiceSid } = life.simulator.account;
    const env = { TWILIO_TWIN_ACCOUNT_SID: accountSid, TWILIO_TWIN_AUTH_TOKEN: authToken };
    const sid = lives.sidOf("user-1");
    for (const account of [undefined, "twin"])
      for (const serviceSid of [undefined, defaultServiceSid])
        for (const conversationSid of ["desk", lives.conversationSid]) {
          const place = { conversationSid, ...(account && { account }), ...(serviceSid && { serviceSid }) };
          const after = await dropping([{ ...place, ...someone }], before, env);
          equal(lives.sidOf("user-1"), sid);
          // Its create is not begun here, so that the roster holds it still.
          equal((after.state["sids"] as JsonObject)[`removed:${sid}`], sid);
          deepEqual(writesIn(after.requests), []);
        }
  });

  it("leaves, where a Participant has been elsewhere since the name meant another conversation", async () => {
    const { sid } = await life.account.conversation("support");
    const program = { conversationSid: "support", ...someone };
    const first = life.run();
    const other = await first.lifecycle.create(first.lifecycle.check({}, program).inputs);
    life.simulator.change(sid, { unique_name: "renamed" });
    life.simulator.change(lives.conversationSid, { unique_name: "support" });
    const run = life.run();
    run.lifecycle.diff(other.sid, other.state, run.lifecycle.check(program, program).inputs);
    const only = { conversationSid: lives.conversationSid, members: crowd(1) };
    await run.roster.update(before.sid, before.state, run.roster.check(before.inputs, only).inputs);
    deepEqual(
      life.simulator
        .participants()
        .filter(({ identity }) => identity === "user-1")
        .map(({ sid }) => sid),
      [other.sid],
    );
  });

  it("comes to be in the roster's own conversation, whatever that is called by now", async () => {
    const named = new RosterLives(life, "desk");
    const own = await named.up(crowd(1), undefined, { adopt: "always" });
    life.simulator.change(lives.conversationSid, { unique_name: "renamed" });
    await life.account.conversation("desk");
    await named.up({ ...crowd(1), more: { identity: "more" } }, own);
    const [more] = life.simulator.participants().filter(({ identity }) => identity === "more");
    equal(more?.["conversation_sid"], lives.conversationSid);
  });

  it("is kept and named where that cannot be told, and leaves as soon as it can", async () => {
    await life.account.conversation("support");
    const sid = lives.sidOf("user-1");
    life.simulator.addFault({ ...LOOK_UPS, route: "/v1/Services/*/Conversations/support" });
    const after = await dropping([{ conversationSid: "support", ...someone }]);
    equal(isThere(), true);
    equal((after.state["sids"] as JsonObject)[`removed:${sid}`], sid);
    equal(after.notes.length, 1);
    match(
      after.notes[0] ?? "",
      new RegExp(`^m1 \\(${sid}\\) stays in conversation ${lives.conversationSid}, .* tries again`),
    );
    life.simulator.clearFaults();
    const last = await dropping([{ conversationSid: "support", ...someone }], after);
    // Its inputs are the same, so that the engine could not see it.
    equal(last.changes, true);
    equal(isThere(), false);
    equal(sidsIn(last).length, 1);
  });

  it("is kept where the credentials of the other account are missing, unless the SIDs differ", async () => {
    const elsewhere = { account: "gone", ...someone };
    const after = await dropping([{ conversationSid: lives.conversationSid, ...elsewhere }]);
    equal(isThere(), true);
    equal(after.notes.filter((note) => /user-1|m1 /.test(note)).length, 1);
    await dropping([{ conversationSid: `CH${"1".repeat(32)}`, ...elsewhere }], after);
    equal(isThere(), false);
  });

  it("asks for a name once for all members, and not at all where nobody has the same", async () => {
    await life.account.conversation("support");
    const many = await lives.up(crowd(30), before);
    const names = (deed: { requests: { path: string }[] }) =>
      deed.requests.filter(({ path }) => path.endsWith("/Conversations/support")).length;
    const declared = (count: number, name: string) =>
      Array.from({ length: count }, (_, at) => ({ conversationSid: "support", identity: `${name}-${at}` }));
    equal(names(await dropping(declared(30, "user"), many)), 1);
    equal(names(await dropping(declared(30, "guest"), many)), 0);
  });

  it("is shown in a preview as who it is, and nothing that may be secret", async () => {
    const members = {
      m0: { identity: "user-0" },
      m1: { identity: "user-1", attributes: { pin: "canary" }, secretAttributes: true },
    };
    const { sid } = await life.account.conversation("other");
    const own = new RosterLives(life, sid);
    const secret = await own.up(members, undefined, { secretMembers: true });
    life.simulator.addFault({ ...LOOK_UPS, route: "/v1/Services/*/Conversations/support" });
    const run = life.run();
    run.lifecycle.check({}, { conversationSid: "support", identity: "user-1" });
    const program = { conversationSid: sid, members: { m0: members.m0 }, secretMembers: true };
    const { inputs } = run.roster.check(secret.inputs, program);
    const state = await run.roster.update(secret.sid, secret.state, inputs);
    life.simulator.clock.advance(60_000);
    const after = await own.refresh({ ...secret, inputs, state });
    ok(after);
    equal(JSON.stringify([after.state, after.inputs]).includes("canary"), false);
    const [label = ""] = Object.keys(after.inputs["members"] as JsonObject).filter((one) => one !== "m0");
    match(label, /^removed:MB/);
    deepEqual((after.inputs["members"] as JsonObject)[label], {
      identity: "user-1",
      roleSid: (after.inputs["members"] as Record<string, JsonObject>)[label]?.["roleSid"],
    });
    // Now the engine sees it in the inputs.
    const next = life.run();
    equal(
      next.roster.diff(after.sid, after.state, next.roster.check(after.inputs, program).inputs).changes,
      undefined,
    );
  });

  describe("and who is a stranger of an exclusive roster", () => {
    const exclusive = { exclusive: true };
    const reading = async (others: JsonObject[]) => {
      const run = life.run();
      for (const other of others) run.lifecycle.check({}, other);
      const found = await run.roster.read(before.sid, { ...before.state, ...exclusive });
      return Object.keys(found?.inputs?.["members"] as object).length;
    };
    beforeEach(async () => {
      await life.account.post(`/Conversations/${lives.conversationSid}/Participants`, {
        Identity: "mallory",
      });
      await life.account.conversation("support");
    });

    it("is shown, where it is declared in another conversation", async () => {
      equal(await reading([{ conversationSid: "support", identity: "mallory" }]), 3);
      equal(await reading([{ conversationSid: "desk", identity: "mallory" }]), 2);
      equal(await reading([{ conversationSid: lives.conversationSid, identity: "mallory" }]), 2);
    });

    it("stays in state where nobody can tell, and leaves as soon as they can", async () => {
      const shown = await lives.refresh({ ...before, state: { ...before.state, ...exclusive } });
      ok(shown);
      life.simulator.addFault({ ...LOOK_UPS, route: "/v1/Services/*/Conversations/support" });
      const update = async (last: Deed) => {
        const run = life.run();
        run.lifecycle.check({}, { conversationSid: "support", identity: "mallory" });
        const program = { conversationSid: lives.conversationSid, members: crowd(2), ...exclusive };
        const { inputs } = run.roster.check(last.inputs, program);
        const { changes } = run.roster.diff(last.sid, last.state, inputs);
        return { ...last, inputs, changes, state: await run.roster.update(last.sid, last.state, inputs) };
      };
      const kept = await update(shown);
      equal(kept.changes, undefined);
      equal(sidsIn(kept).length, 3);
      life.simulator.clearFaults();
      const gone = await update(kept);
      equal(gone.changes, true);
      equal(lives.identities().includes("mallory"), false);
    });
  });

  it("is told of two rosters of one name in two services", async () => {
    const { sid: serviceSid } = await life.account.service("other");
    await life.account.conversation("desk", `/Services/${serviceSid}`);
    const named = new RosterLives(life, "desk");
    await lives.down(before);
    const own = await named.up(crowd(2));
    const run = life.run();
    run.roster.check({}, { conversationSid: "desk", serviceSid, members: crowd(2) });
    const { inputs } = run.roster.check(own.inputs, { conversationSid: "desk", members: crowd(1) });
    await run.roster.update(own.sid, own.state, inputs);
    equal(isThere(), false);
  });
});
