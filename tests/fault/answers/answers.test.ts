import assert from "node:assert/strict";
import { Conversation, Participant, Role } from "../../../provider";
import type { Fault } from "../../../simulator";
import { countOf, diagnosticsIn } from "../../support/diagnostics";
import { useTestBed } from "../../support/stack/test-bed";
import type { Outcome } from "../../support/stack/test-stack";

const MEMBERS = Array.from({ length: 20 }, (_, index) => `member-${index}`);
const PARTICIPANTS = "/v1/Conversations/*/Participants";
const PARTICIPANT = `${PARTICIPANTS}/*`;

describe("answers that go wrong", () => {
  let team = "support";
  let members = MEMBERS;
  const bed = useTestBed(async () => {
    const permissions = ["sendMessage"];
    const roles = ["agent", "lead"].map(
      (name) => new Role(name, { friendlyName: name, type: "conversation", permissions }),
    );
    const { id: conversationSid } = new Conversation("support", {
      uniqueName: "support",
      attributes: { team },
    });
    members.forEach((identity, index) => {
      const role = roles[index % 2];
      new Participant(identity, { conversationSid, identity, roleSid: role?.id, attributes: { team } });
    });
  });

  const play = (faults: readonly Fault[]) => {
    bed.simulator.clearFaults();
    for (const fault of faults) bed.simulator.addFault(fault);
  };
  const assertAllMet = () => {
    for (const { fault, hits } of bed.simulator.faults())
      assert.equal(hits, fault.times, JSON.stringify(fault));
  };
  /** Within the time of one request, and 1.2 attempts for each object. What the engine takes to start is its own. */
  const assertNotHammered = () => {
    const times = bed.simulator.requests().map(({ atMs }) => atMs);
    assert.ok(times.length <= 1.2 * (MEMBERS.length + 3), `${times.length} attempts`);
    assert.ok(Math.max(...times) - Math.min(...times) < 8_000);
  };
  const posts = ({ requests }: Outcome, end: RegExp) =>
    requests.filter(({ method, path }) => method === "POST" && end.test(path));
  /** What is on Twilio is what the program says, each once, and what the state says. */
  const assertWhole = () => {
    const { simulator, stack } = bed;
    const rows = simulator.participants("support");
    assert.deepEqual(rows.map(({ identity }) => identity).sort(), [...members].sort());
    for (const { attributes } of rows) assert.deepEqual(JSON.parse(String(attributes)), { team });
    const state = stack.state();
    for (const { sid, identity } of rows) assert.equal(state[String(identity)]?.id, sid);
    for (const name of ["agent", "lead"])
      assert.equal(simulator.roles().filter(({ friendly_name }) => friendly_name === name).length, 1);
    assert.equal(simulator.conversations().length, 1);
  };

  it("of a dead API end up in its time with one cause in full, and leave a state that works", async () => {
    const { stack } = bed;
    await stack.setConfig("twilio:timeoutSeconds", "3");
    play([{ kind: "status", status: 503 }]);
    const diagnostics = diagnosticsIn(await stack.failing(() => stack.up()));
    assertNotHammered();
    assert.equal(countOf(diagnostics, "https://status.twilio.com"), 1, diagnostics);
    assert.match(
      diagnostics,
      /verify the account: GET \/v1\/Configuration gave up after 3 s: the last attempt answered 503/,
    );
    assert.doesNotMatch(diagnostics, /\n\s+at /);
    await stack.setConfig("twilio:timeoutSeconds", "120");
  });

  it("do not keep up from creating each member once", async () => {
    play([
      { method: "GET", route: "/v1/Configuration", kind: "status", status: 500, times: 1 },
      { method: "POST", route: "/v1/Roles", kind: "reset", when: "after", times: 1 },
      { method: "POST", route: "/v1/Conversations", kind: "status", status: 503, when: "after", times: 1 },
      { method: "POST", route: PARTICIPANTS, kind: "status", status: 429, retryAfterSeconds: 1, times: 2 },
      { method: "POST", route: PARTICIPANTS, kind: "status", status: 429, times: 2 },
      { method: "POST", route: PARTICIPANTS, kind: "status", status: 500, times: 1 },
      { method: "POST", route: PARTICIPANTS, kind: "status", status: 503, times: 1 },
      { method: "POST", route: PARTICIPANTS, kind: "reset", times: 1 },
      { method: "POST", route: PARTICIPANTS, kind: "status", status: 500, when: "after", times: 1 },
      { method: "POST", route: PARTICIPANTS, kind: "status", status: 503, when: "after", times: 1 },
      { method: "POST", route: PARTICIPANTS, kind: "reset", when: "after", times: 2 },
      { method: "POST", route: PARTICIPANTS, kind: "truncate", times: 1 },
      { method: "POST", route: PARTICIPANTS, kind: "not-found-although-created", times: 1 },
      { method: "POST", route: PARTICIPANTS, kind: "delay", delayMs: 500, times: 2 },
    ]);
    const outcome = await bed.stack.up();
    assertAllMet();
    assertWhole();
    // One for each member, and one more for each of the 7 that surely or perhaps did not arrive and were not found.
    assert.equal(posts(outcome, /\/Participants$/).length, MEMBERS.length + 7);
    assert.equal(posts(outcome, /\/v1\/Roles$/).length, 2);
    assert.equal(posts(outcome, /\/v1\/Conversations$/).length, 1);
    assert.equal(outcome.text.includes("error"), false, outcome.text);
  });

  it("are no drift afterwards", async () => {
    play([]);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });

  it("do not keep an update from arriving", async () => {
    team = "sales";
    play([
      { method: "POST", route: PARTICIPANT, kind: "reset", when: "after", times: 2 },
      { method: "POST", route: PARTICIPANT, kind: "status", status: 503, times: 1 },
      { method: "POST", route: PARTICIPANT, kind: "truncate", times: 1 },
      { method: "POST", route: PARTICIPANT, kind: "status", status: 429, times: 1 },
      { method: "POST", route: "/v1/Conversations/*", kind: "status", status: 500, when: "after", times: 1 },
    ]);
    const outcome = await bed.stack.up();
    assertAllMet();
    assertWhole();
    assert.equal(posts(outcome, /\/Participants\/MB/).length, MEMBERS.length + 5);
    for (const { form } of posts(outcome, /\/Participants\/MB/))
      assert.deepEqual(form, { Attributes: '{"team":"sales"}' });
  });

  it("of an API that dies midway fail up with what was done in state, and the next up does the rest", async () => {
    const { stack, simulator } = bed;
    members = [...MEMBERS, ...MEMBERS.map((identity) => `late-${identity}`)];
    await stack.setConfig("twilio:timeoutSeconds", "3");
    play([{ kind: "status", status: 503, when: "after", skip: 8 }]);
    const diagnostics = diagnosticsIn(await stack.failing(() => stack.up()));
    assert.ok(countOf(diagnostics, "https://status.twilio.com") <= 1, diagnostics);
    assert.match(diagnostics, /is not known: looking for it failed too [^\n]+it takes over what was created/);
    play([]);
    const isMissing = (identity: string) => stack.state()[identity] === undefined;
    const missing = members.filter(isMissing);
    assert.ok(missing.length > 0 && missing.length < MEMBERS.length);
    assert.ok(simulator.participants("support").length > members.length - missing.length);
    const outcome = await stack.up();
    assert.equal(posts(outcome, /\/Participants$/).length, missing.length);
    assertWhole();
  });

  it("of a dead API at refresh take nothing for deleted", async () => {
    const { stack } = bed;
    const before = Object.keys(stack.state()).sort();
    await stack.setConfig("twilio:timeoutSeconds", "3");
    // A refresh is given the config of the last up.
    await stack.up();
    play([{ kind: "status", status: 503 }]);
    const diagnostics = diagnosticsIn(await stack.failing(() => stack.refresh()));
    assertNotHammered();
    assert.match(
      diagnostics,
      /GET \/v1\S+ failed for the reason that another resource of this run reports\./,
    );
    assert.equal(countOf(diagnostics, "https://status.twilio.com"), 1, diagnostics);
    assert.doesNotMatch(diagnostics, /\n\s+at |aborted/);
    assert.deepEqual(Object.keys(stack.state()).sort(), before);
  });

  it("do not keep destroy from ending", async () => {
    play([
      { method: "DELETE", route: PARTICIPANT, kind: "reset", when: "after", times: 3 },
      { method: "DELETE", route: PARTICIPANT, kind: "status", status: 500, times: 1 },
      { method: "DELETE", route: PARTICIPANT, kind: "status", status: 429, retryAfterSeconds: 1, times: 1 },
      {
        method: "DELETE",
        route: "/v1/Conversations/*",
        kind: "status",
        status: 503,
        when: "after",
        times: 1,
      },
    ]);
    const { requests } = await bed.stack.destroy();
    assertAllMet();
    assert.deepEqual(
      [bed.simulator.conversations(), bed.simulator.participants(), bed.stack.state()],
      [[], [], {}],
    );
    assert.equal(
      requests.filter(({ method, path }) => method === "DELETE" && /MB/.test(path)).length,
      members.length + 5,
    );
  });
});
