import assert from "node:assert/strict";
import { Conversation, Participant, Role, type RoleArgs } from "../../../provider";
import { type Simulator, startSimulator } from "../../../simulator";
import { countOf, diagnosticsIn } from "../../support/diagnostics";
import { useTestBed } from "../../support/stack/test-bed";

interface Place {
  readonly kind: string;
  /** What the state says, and what is reached instead: the user must read both. */
  readonly sides: [there: string, here: string];
  readonly environment?: Record<string, string>;
}

describe("credentials and settings of another place than the state's", () => {
  let isAdded = false;
  let elsewhere: Simulator;
  const bed = useTestBed(async () => {
    const role = new Role("agent", {
      friendlyName: "agent",
      type: "conversation",
      permissions: ["sendMessage"],
    });
    const support = new Conversation("support", { uniqueName: "support" });
    const conversationSid = support.id;
    for (const identity of ["alice", "bob"])
      new Participant(identity, { conversationSid, identity, roleSid: role.id });
    // Registered after the others: the engine takes independent resources in any order, and one that comes first
    // cannot know of the mismatch yet.
    const added: RoleArgs = { friendlyName: "added", type: "service", permissions: ["joinConversation"] };
    if (isAdded) new Role("added", added, { dependsOn: support });
  });

  before(async () => {
    elsewhere = await startSimulator();
    await bed.stack.up();
  });
  after(() => elsewhere?.close());

  /** What is ours in the state file; the engine's own notes beside it may change. */
  const stored = () =>
    Object.values(bed.stack.state())
      .map(({ urn, id, inputs, outputs }) => ({ urn, id, inputs, outputs }))
      .sort((left, right) => left.urn.localeCompare(right.urn));

  /** Runs the operation, which has to stop with both sides named, nothing written and the state as it was. */
  async function assertStops(operation: "preview" | "up" | "refresh" | "destroy", { sides }: Place) {
    const { stack, simulator } = bed;
    const state = stored();
    elsewhere.clearRequests();
    isAdded = operation === "up" || operation === "preview";
    const diagnostics = diagnosticsIn(
      await stack.failing(() => stack[operation]({ refresh: operation === "preview" })),
    );
    for (const side of sides) assert.ok(diagnostics.includes(side), `${operation}: ${diagnostics}`);
    assert.equal(countOf(diagnostics, "The stack's state is of "), 1, diagnostics);
    assert.doesNotMatch(diagnostics, /\n\s+at /);
    const requests = [...simulator.requests(), ...elsewhere.requests()];
    assert.deepEqual(
      requests.filter(({ method }) => method !== "GET"),
      [],
    );
    assert.deepEqual(stored(), state);
    return requests;
  }

  async function assertAllStop(
    place: Place,
    operations: readonly ("preview" | "up" | "refresh" | "destroy")[],
  ) {
    const { environment } = bed.stack;
    const before = { TWILIO_REGION: "", ...environment };
    Object.assign(environment, place.environment);
    const requests = [];
    for (const operation of operations) requests.push(...(await assertStops(operation, place)));
    Object.assign(environment, before);
    return requests;
  }

  it("of another account stop every operation before anything is sent", async () => {
    const { accountSid, authToken } = bed.simulator.addAccount();
    const requests = await assertAllStop(
      {
        kind: "account",
        sides: [bed.simulator.account.accountSid, accountSid],
        environment: { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken },
      },
      ["preview", "up", "refresh", "destroy"],
    );
    assert.deepEqual(requests, []);
  });

  it("of another region stop up and refresh before anything is sent", async () => {
    const requests = await assertAllStop(
      { kind: "region", sides: ["region us1", "region ie1"], environment: { TWILIO_REGION: "ie1" } },
      ["up", "refresh"],
    );
    assert.deepEqual(requests, []);
  });

  it("of another API stop up and refresh before anything is sent", async () => {
    const requests = await assertAllStop(
      {
        kind: "API",
        sides: [bed.simulator.url, elsewhere.url],
        environment: { TWILIO_CONVERSATIONS_URL: elsewhere.url },
      },
      ["up", "refresh"],
    );
    assert.deepEqual(requests, []);
  });

  it("of another default service stop every operation that asks Twilio, and take nothing for deleted", async () => {
    const there = bed.simulator.account.defaultServiceSid;
    const { sid: here } = await bed.account.service("another");
    await bed.account.post("/Configuration", { DefaultChatServiceSid: here });
    await assertAllStop({ kind: "default service", sides: [there, here] }, [
      "preview",
      "up",
      "refresh",
      "destroy",
    ]);
    await bed.account.post("/Configuration", { DefaultChatServiceSid: there });
  });

  it("leave a stack that works as before once they are right again", async () => {
    isAdded = false;
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
    await bed.stack.destroy();
    assert.deepEqual(bed.simulator.conversations(), []);
  });
});
