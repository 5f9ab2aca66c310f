import assert from "node:assert/strict";
import { userConversation } from "../../../provider/resources/conversation/user-conversation";
import { useLife } from "../../fault/life";

describe("a conversation as one of its users has it", () => {
  const life = useLife();
  const member = async (identity = "alice", service = "") => {
    const conversation = await life.account.conversation("desk", service);
    const path = `${service}/Conversations/${conversation.sid}/Participants`;
    const { sid } = await life.account.post(path, { Identity: identity });
    life.simulator.clearRequests();
    return { participantSid: sid, conversationSid: conversation.sid };
  };
  const level = async (id: string) => {
    const [userSid = "", conversationSid = ""] = id.split("/");
    const found = await life.run(userConversation).lifecycle.read(id, { userSid, conversationSid });
    return found?.state["notificationLevel"];
  };
  const writes = () =>
    life.simulator
      .requests()
      .filter(({ method }) => method !== "GET")
      .map(({ method, form }) => [method, form]);
  const muted = { userSid: "alice", conversationSid: "desk", notificationLevel: "muted" };

  it("is set, and given back without removing the member", async () => {
    const { conversationSid, participantSid } = await member();
    const [alice] = life.simulator.users();
    const { sid, state } = await life.run(userConversation).lifecycle.create(muted);
    assert.equal(sid, `${alice?.["sid"]}/${conversationSid}`);
    assert.equal(state["participantSid"], participantSid);
    assert.equal(await level(sid), "muted");
    await life.run(userConversation).lifecycle.delete(sid, state);
    assert.equal(await level(sid), "default");
    assert.deepEqual(writes(), [
      ["POST", { NotificationLevel: "muted" }],
      ["POST", { NotificationLevel: "default" }],
    ]);
  });

  it("is not sent where it is as declared already", async () => {
    await member();
    await life.run(userConversation).lifecycle.create({ ...muted, notificationLevel: "default" });
    assert.deepEqual(writes(), []);
  });

  it("takes what the user has read, and never calls it drift", async () => {
    await member();
    const read = { ...muted, lastReadMessageIndex: 2, lastReadTimestamp: "2026-01-01T00:00:00Z" };
    const { sid, state } = await life.run(userConversation).lifecycle.create(read);
    assert.deepEqual(writes(), [
      [
        "POST",
        {
          LastReadMessageIndex: "2",
          LastReadTimestamp: "2026-01-01T00:00:00Z",
          NotificationLevel: "muted",
        },
      ],
    ]);
    const [row] = life.simulator.participants();
    life.simulator.change(String(row?.["sid"]), { last_read_message_index: 9 });
    const found = await life.run(userConversation).lifecycle.read(sid, state);
    assert.deepEqual(found?.inputs, read);
  });

  it("says what comes first where the member is not there yet", async () => {
    await life.account.conversation("desk");
    for (const userSid of ["nobody", `US${"0".repeat(32)}`])
      await assert.rejects(life.run(userConversation).lifecycle.create({ ...muted, userSid }), {
        name: "AbsentError",
        message:
          /^cannot set user conversation: the user is no participant .* Add the participant first: .* dependsOn\.$/,
      });
    assert.deepEqual(
      writes().filter(([, form]) => "NotificationLevel" in (form as object)),
      [],
    );
  });

  it("does not take a failing API for a member that is missing", async () => {
    await member();
    life.simulator.addFault({
      method: "GET",
      route: "/v1/Users/*/Conversations/*",
      kind: "status",
      status: 500,
    });
    const { lifecycle } = life.run(userConversation, { timeoutSeconds: "1" });
    await assert.rejects(lifecycle.create(muted), (error: Error) => error.name !== "AbsentError");
  });

  it("is gone when the member is, and letting go of it is no error then", async () => {
    const { participantSid } = await member();
    const { sid, state } = await life.run(userConversation).lifecycle.create(muted);
    life.simulator.remove(participantSid);
    assert.equal(await life.run(userConversation).lifecycle.read(sid, state), undefined);
    const { lifecycle, notes } = life.run(userConversation);
    await lifecycle.delete(sid, state);
    assert.deepEqual(notes, []);
  });

  it("is let go of in a closed conversation, and said to stay", async () => {
    const { conversationSid } = await member();
    const { sid, state } = await life.run(userConversation).lifecycle.create(muted);
    life.simulator.change(conversationSid, { state: "closed" });
    const { lifecycle, notes } = life.run(userConversation);
    await lifecycle.delete(sid, state);
    assert.match(notes.join(), /notificationLevel stays as it is/);
    assert.equal(await level(sid), "muted");
  });

  it("is refused to a second resource, by whatever names", async () => {
    const { conversationSid } = await member();
    const [alice] = life.simulator.users();
    const { lifecycle } = life.run(userConversation);
    const { sid } = await lifecycle.create(muted);
    const twin = { userSid: String(alice?.["sid"]), conversationSid, notificationLevel: "default" };
    await assert.rejects(lifecycle.create(twin), /declared twice: user conversation US\w+\/CH/);
    assert.equal(await level(sid), "muted");
  });

  it("is found in a service of its own, and by a get", async () => {
    const { sid: serviceSid } = await life.account.service("other");
    const { conversationSid } = await member("alice", `/Services/${serviceSid}`);
    const { sid, state } = await life.run(userConversation).lifecycle.create({ ...muted, serviceSid });
    assert.equal(state["chatServiceSid"], serviceSid);
    const [userSid = ""] = sid.split("/");
    const place = { serviceSid, userSid, conversationSid };
    const found = await life.run(userConversation).lifecycle.read(sid, place);
    assert.equal(found?.state["notificationLevel"], "muted");
    const byName = life.run(userConversation).lifecycle.read("alice/desk", { ...place, userSid: "alice" });
    await assert.rejects(byName, { name: "NotFoundError", message: new RegExp(`it is that of ${sid}`) });
  });
});
