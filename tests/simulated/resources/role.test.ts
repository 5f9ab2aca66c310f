import { deepEqual, match, rejects } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import { role } from "../../../provider/resources/service/role";
import { useLife } from "../../fault/life";

const agent: JsonObject = { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] };

describe("A role", () => {
  const life = useLife();

  it("has a name of up to 256 characters", async () => {
    const { state } = await life.run(role).lifecycle.create({ ...agent, friendlyName: "n".repeat(256) });
    match(String(state["friendlyName"]), /^n{256}$/);
  });

  describe("that is a default of its service", () => {
    const settings = () =>
      life.account.get("/Configuration").then(({ default_chat_service_sid: sid }) => `/Services/${sid}`);
    const setDefault = async (sid: string) =>
      life.account.post(`${await settings()}/Configuration`, { DefaultConversationRoleSid: sid });

    it("is not deleted, and what is said to do about it helps", async () => {
      const { default_conversation_role_sid: original } = await life.account.get(
        `${await settings()}/Configuration`,
      );
      const { sid, state } = await life.run(role).lifecycle.create(agent);
      await setDefault(sid);
      await rejects(life.run(role).lifecycle.delete(sid, state), {
        message: /50107.*give the service another default role first/,
      });
      await setDefault(String(original));
      await life.run(role).lifecycle.delete(sid, state);
      deepEqual(
        life.simulator.roles().filter((row) => row.sid === sid),
        [],
      );
    });
  });
});
