import { deepEqual, match, rejects } from "node:assert/strict";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { participant } from "../../../provider/resources/conversation/participant";
import { role } from "../../../provider/resources/service/role";
import { useLife } from "../../fault/life";

describe("A get", () => {
  const life = useLife();

  it("of what does not exist fails, and says where it was looked for", async () => {
    const sid = `RL${"0".repeat(32)}`;
    const { accountSid, defaultServiceSid } = life.simulator.account;
    await rejects(life.run(role).lifecycle.read(sid, {}), {
      name: "NotFoundError",
      message: `cannot get role ${sid}: it does not exist in account ${accountSid}, service ${defaultServiceSid}.`,
    });
  });

  it("by another name than the SID is refused, since the engine would delete what it had by SID", async () => {
    await life.account.conversation("eu");
    await rejects(life.run(conversation).lifecycle.read("eu", {}), /anything but its SID: give CH and 32/);
  });
});

describe("An update", () => {
  const life = useLife();

  it("replaces nothing when the program names the service where the object is already", async () => {
    const { sid, state } = await life.run(conversation).lifecycle.create({ uniqueName: "eu" });
    const serviceSid = life.simulator.account.defaultServiceSid;
    const { lifecycle } = life.run(conversation);
    deepEqual(lifecycle.diff(sid, state, { uniqueName: "eu", serviceSid }).replaces, []);
  });

  it("sends nothing when the program comes to declare what Twilio holds, also for a closed conversation", async () => {
    const { lifecycle } = life.run(conversation);
    const { sid, state } = await lifecycle.create({ uniqueName: "eu" });
    life.simulator.change(sid, { state: "closed" });
    const refreshed = await life.run(conversation).lifecycle.read(sid, state);
    life.simulator.clearRequests();
    const inputs = { uniqueName: "eu", state: "closed", adopt: "never" };
    await life.run(conversation).lifecycle.update(sid, refreshed?.state ?? {}, inputs);
    deepEqual(life.simulator.requests(), []);
  });

  it("says what stays when the program takes back what Twilio cannot clear", async () => {
    const { lifecycle, notes } = life.run(conversation);
    const messagingServiceSid = `MG${"1".repeat(32)}`;
    const { sid, state } = await lifecycle.create({ uniqueName: "eu", messagingServiceSid });
    const other = life.run(conversation);
    other.lifecycle.diff(sid, state, { uniqueName: "eu" });
    deepEqual(notes, []);
    match(other.notes.join(), /messagingServiceSid stays as it is, since Twilio cannot clear it/);
  });

  it("of a damaged state stops before anything is asked for", async () => {
    const { lifecycle } = life.run(participant);
    const { accountSid } = life.simulator.account;
    const sid = `MB${"1".repeat(32)}`;
    await rejects(
      lifecycle.read(sid, { accountSid, identity: "alice" }),
      /the state holds no conversationSid/,
    );
    deepEqual(life.simulator.requests(), []);
  });
});
