import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { participant } from "../../../provider/resources/conversation/participant";
import { role } from "../../../provider/resources/service/role";
import { useLife } from "../life";

const agent = { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] };
const LOST = { method: "POST", kind: "status", status: 503, when: "after" } as const;

describe("A create whose outcome is unknown", () => {
  const life = useLife();
  const posts = () => life.simulator.requests().filter(({ method }) => method === "POST").length;
  const agents = () => life.simulator.roles().filter(({ friendly_name }) => friendly_name === "agent");

  it("is looked for and taken over, with one POST", async () => {
    life.simulator.addFault({ ...LOST, times: 1 });
    const { lifecycle, notes } = life.run(role);
    const { sid } = await lifecycle.create(agent);
    deepEqual(
      agents().map((row) => row["sid"]),
      [sid],
    );
    equal(posts(), 1);
    match(
      notes.join(),
      /role RL\w+ \(friendlyName "agent", type "conversation"\) was taken over: it was there already, created \d s ago/,
    );
  });

  // Found by the model in a soak: of the refusal, only the status came through.
  it("is taken over where the refusal breaks off that says it exists", async () => {
    const { sid: conversationSid } = await life.account.conversation("desk");
    const alice = { conversationSid, identity: "alice" };
    const { sid: before } = await life.run(participant).lifecycle.create(alice);
    life.simulator.clearRequests();
    life.simulator.addFault({ method: "POST", kind: "truncate", times: 2 });
    const { sid } = await life.run(participant).lifecycle.create(alice);
    equal(sid, before);
    equal(posts(), 1);
  });

  it("stops where nothing declared could find it again", async () => {
    life.simulator.addFault({ ...LOST, times: 3 });
    await rejects(life.run(conversation).lifecycle.create({ friendlyName: "EU" }), {
      name: "UnknownOutcomeError",
      message: /Whether the conversation was created is not known: it cannot be looked for/,
    });
    equal(life.simulator.conversations().length, 1);
  });

  it("stops and names what it may be, where nothing may be taken over", async () => {
    life.simulator.addFault({ ...LOST, times: 3 });
    // Somebody changes it before it is looked for.
    life.simulator.addFault({
      method: "GET",
      route: "/v1/Roles",
      kind: "status",
      status: 503,
      skip: 1,
      times: 5,
    });
    const creating = life.run(role).lifecycle.create(agent);
    while (agents().length === 0) await life.clock.sleep(100);
    life.simulator.change(String(agents()[0]?.["sid"]), { permissions: ["leaveConversation"] });
    await rejects(creating, (error: Error) => {
      match(error.message, new RegExp(`it may be ${agents()[0]?.["sid"]}, which may not be taken over`));
      return true;
    });
    equal(agents().length, 1);
  });

  it("is sent again when it was not there", async () => {
    life.simulator.addFault({ ...LOST, when: "before", times: 2 });
    await life.run(role).lifecycle.create(agent);
    equal(agents().length, 1);
    equal(posts(), 3);
  });

  it("goes for an answer without a sid, too", async () => {
    life.simulator.addFault({ method: "POST", kind: "truncate", times: 1 });
    await life.run(role).lifecycle.create(agent);
    equal(agents().length, 1);
  });
});
