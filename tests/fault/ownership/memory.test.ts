import { deepEqual, equal } from "node:assert/strict";
import type { Definition } from "../../../provider/core/definition/define";
import type { Json, JsonObject } from "../../../provider/core/json";
import { configuration } from "../../../provider/resources/account/configuration";
import { serviceNotifications } from "../../../provider/resources/service/service-notifications";
import { user } from "../../../provider/resources/service/user";
import { useLife } from "../life";

/** What a program comes to declare in an update is given back as it was then, not as the last refresh has seen it. */
describe("what was there before an update", () => {
  const life = useLife();
  const methods = () => life.simulator.requests().map(({ method }) => method);
  const run = (definition: Definition) => life.run(definition).lifecycle;

  /** Creates it, has it changed outside, declares more, and lets go of it. */
  async function lent(
    definition: Definition,
    programs: readonly [JsonObject, JsonObject],
    change: (sid: string) => unknown,
  ): Promise<{ memory: Json | undefined; asked: string[] }> {
    const { sid, state } = await run(definition).create(programs[0]);
    await change(sid);
    life.simulator.clearRequests();
    const later = await run(definition).update(sid, state, programs[1]);
    const asked = methods();
    await run(definition).delete(sid, later);
    return { memory: later["before"], asked };
  }

  it("is asked for once, and given back: a user's fields", async () => {
    await life.account.post("/Users", { Identity: "alice", FriendlyName: "Alice" });
    const alice = { identity: "alice", friendlyName: "Alice Doe" };
    const { memory, asked } = await lent(user, [alice, { ...alice, attributes: { ours: true } }], (sid) =>
      life.account.post(`/Users/${sid}`, { Attributes: '{"theirs":true}' }),
    );
    deepEqual(memory, { friendlyName: "Alice", attributes: { theirs: true } });
    // The middle one asks which account answers.
    deepEqual(asked, ["GET", "GET", "POST"]);
    const [row] = life.simulator.users();
    deepEqual([row?.["friendly_name"], row?.["attributes"]], ["Alice", '{"theirs":true}']);
  });

  it("is asked for once, and given back: a member of a group that is declared already", async () => {
    const serviceSid = life.simulator.account.defaultServiceSid;
    const path = `/Services/${serviceSid}/Configuration/Notifications`;
    const theirs = { "NewMessage.Template": "theirs", "NewMessage.WithMedia.Template": "theirs, too" };
    const { memory } = await lent(
      serviceNotifications,
      [
        { serviceSid, newMessage: { enabled: true } },
        {
          serviceSid,
          newMessage: { enabled: true, template: "ours", withMedia: { enabled: true, template: "ours" } },
        },
      ],
      () => life.account.post(path, theirs),
    );
    const withMedia = { enabled: false, template: "theirs, too" };
    deepEqual(memory, { newMessage: { enabled: false, template: "theirs", withMedia } });
    const { new_message: found } = await life.account.get(path);
    equal((found as JsonObject)["template"], "theirs");
    equal(((found as JsonObject)["with_media"] as JsonObject)["template"], "theirs, too");
  });

  it("is asked for once, and given back: the account's default service", async () => {
    const { sid: theirs } = await life.account.service("theirs");
    const { sid: ours } = await life.account.service("ours");
    const timer = { defaultInactiveTimer: "PT60M" };
    const { memory } = await lent(configuration, [timer, { ...timer, defaultChatServiceSid: ours }], () =>
      life.account.post("/Configuration", { DefaultChatServiceSid: theirs }),
    );
    equal((memory as JsonObject)["defaultChatServiceSid"], theirs);
    equal((await life.account.get("/Configuration"))["default_chat_service_sid"], theirs);
  });

  it("is what was there the second time, where the program drops and declares it again", async () => {
    const alice = { identity: "alice", friendlyName: "Alice Doe" };
    await life.account.post("/Users", { Identity: "alice", FriendlyName: "Alice" });
    const { sid, state } = await run(user).create(alice);
    const dropped = await run(user).update(sid, state, { identity: "alice" });
    await life.account.post(`/Users/${sid}`, { FriendlyName: "Alice B." });
    const again = await run(user).update(sid, dropped, alice);
    deepEqual(again["before"], { friendlyName: "Alice B." });
  });

  it("is not asked for where nothing joins what is remembered", async () => {
    await life.account.post("/Users", { Identity: "alice" });
    const alice = { identity: "alice", friendlyName: "Alice Doe", attributes: { ours: 1 } };
    const { sid, state } = await run(user).create(alice);
    for (const program of [
      { ...alice, attributes: { ours: 2 } },
      { identity: "alice", attributes: { ours: 1 } },
    ]) {
      life.simulator.clearRequests();
      await run(user).update(sid, state, program);
      deepEqual(methods(), ["GET", "POST"]);
    }
  });

  it("is not asked for of what is the program's own", async () => {
    const { sid, state } = await run(user).create({ identity: "bob" });
    life.simulator.clearRequests();
    await run(user).update(sid, state, { identity: "bob", friendlyName: "Bob" });
    deepEqual(methods(), ["GET", "POST"]);
  });
});
