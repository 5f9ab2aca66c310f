import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { type Definition, fieldsOf } from "../../../provider/core/definition/define";
import { type JsonObject, objectIn } from "../../../provider/core/json";
import { definitions } from "../../../provider/resources";
import { serviceConfiguration } from "../../../provider/resources/service/service-configuration";
import { user } from "../../../provider/resources/service/user";
import { type Run, useLife } from "../life";
import { type Held, KINDS, type Kind } from "./watched-kinds";

const HOUR_MS = 3_600_000;

describe("A role that somebody else has given to what is taken over", () => {
  const life = useLife();
  beforeEach(async () => {
    await life.account.conversation("desk");
  });
  const roleSid = (name: string) =>
    String(life.simulator.roles().find(({ friendly_name }) => friendly_name === name)?.["sid"]);
  const service = () => life.simulator.account.defaultServiceSid;
  const asked = () =>
    life.simulator.requests().filter(({ path }) => path.endsWith(`${service()}/Configuration`)).length;

  it("is watched in these kinds", () => {
    const watched = definitions.filter((definition: Definition) =>
      fieldsOf(definition).some(({ name, policy }) => policy.watched === true && definition.defaults?.[name]),
    );
    deepEqual(
      watched.map(({ type }) => type),
      ["Participant", "User"],
    );
  });

  for (const [name, kind] of Object.entries(KINDS)) {
    const { definition, collection, form, inputs, create, elevated } = kind;
    const standing = (more = {}) => life.account.post(collection, { ...form, ...more });
    const admin = () => ({ RoleSid: roleSid(elevated) });
    const rowOf = (sid: string) =>
      life.simulator.rows(definition === user ? "US" : "MB").find((row) => row.sid === sid);

    it(`${name}: is not adopted by "matching", and the error names it and the hint`, async () => {
      const { sid } = await standing(admin());
      const run = life.run();
      await rejects(create(run, { ...inputs, adopt: "matching" }), (error: Error) => {
        equal(error.name, "AdoptionError");
        match(error.message, new RegExp(`${sid} exists already`));
        match(error.message, new RegExp(`has roleSid ${roleSid(elevated)}, where Twilio chooses RL`));
        match(error.message, /Declare roleSid as it is\. Set adopt: "always"/);
        return true;
      });
      equal(rowOf(sid)?.["role_sid"], roleSid(elevated));
      // Declared, it is no secret promotion.
      equal((await create(life.run(), { ...inputs, roleSid: roleSid(elevated) })).sid, sid);
    });

    for (const age of ["just added", "old"])
      it(`${name}: ${age}, is named and not watched where it is taken over by "always"`, async () => {
        const { sid } = await standing(admin());
        if (age === "old") life.simulator.clock.advance(2 * HOUR_MS);
        const run = life.run();
        const { state } = await create(run, { ...inputs, adopt: "always" });
        equal(objectIn(state, "assigned")["roleSid"], null);
        match(
          run.notes.join("\n"),
          new RegExp(
            `${sid}: It has roleSid ${roleSid(elevated)}, where Twilio chooses RL\\w+\\. That stays`,
          ),
        );
        await isNotDefended(sid, state);
      });

    /** Over an update and a refresh, whoever demotes it later is not overruled. */
    const isNotDefended = async (sid: string, taken: JsonObject) => {
      if (name === "Roster") return;
      const changed = { ...inputs, attributes: { team: "sales" } };
      const updated = await life.run(definition).lifecycle.update(sid, taken, changed);
      equal(objectIn(updated, "assigned")["roleSid"], null);
      life.simulator.change(sid, { role_sid: roleSid(elevated.replace("admin", "user")) });
      const { lifecycle } = life.run(definition);
      const refreshed = await lifecycle.read(sid, updated);
      ok(refreshed);
      equal("roleSid" in (refreshed.inputs ?? {}), false);
      equal(objectIn(refreshed.state, "assigned")["roleSid"], null);
      equal(lifecycle.diff(sid, refreshed.state, changed).changes, false);
    };

    it(`${name}: is asked for once where there are many, and not where all are new`, async () => {
      life.simulator.clearRequests();
      await create(life.run(), inputs);
      equal(asked(), 0);
      const run = life.run();
      await create(run, { ...inputs, adopt: "matching" });
      equal(asked(), 1);
      const { Identity: _other, ...rest } = form;
      await life.account.post(collection, { ...rest, Identity: "eve" });
      await create(run, { ...inputs, identity: "eve", adopt: "matching" });
      equal(asked(), 1);
    });

    it(`${name}: is Twilio's own choice, and watched, where it is the service's default`, async () => {
      const { sid } = await standing();
      const run = life.run();
      const { state } = await create(run, { ...inputs, adopt: "matching" });
      equal(objectIn(state, "assigned")["roleSid"], rowOf(sid)?.["role_sid"]);
      equal(/where Twilio chooses/.test(run.notes.join()), false);
    });

    /** Somebody stands with a role that the service gave before it came to give another. */
    const earlier = async (role: string) => {
      const field = definition === user ? "defaultChatServiceRoleSid" : "defaultConversationRoleSid";
      const { sid } = await standing();
      life.simulator.change(sid, { role_sid: roleSid(role) });
      const own = { friendlyName: "own", type: role.startsWith("service") ? "service" : "conversation" };
      const form = { FriendlyName: own.friendlyName, Type: own.type, Permission: "leaveConversation" };
      const { sid: other } = await life.account.post("/Roles", form);
      const defaults = { serviceSid: service(), [field]: other };
      await life.run(serviceConfiguration).lifecycle.create(defaults);
      return { sid, defaults };
    };
    const isNamedAlone = (run: Run, sid: string, taken: Held) => {
      equal(taken.sid, sid);
      equal(objectIn(taken.state, "assigned")["roleSid"], null);
      match(run.notes.join(), /where Twilio chooses/);
    };

    it(`${name}: may be an earlier default where the program sets another: it is named, and not watched`, async () => {
      const { sid, defaults } = await earlier(elevated);
      await rejects(create(life.run(), { ...inputs, adopt: "matching" }), /where Twilio chooses/);
      const run = life.run();
      const creating = create(run, { ...inputs, adopt: "matching" });
      // The engine may come to it later.
      await life.clock.sleep(1_000);
      run.of(serviceConfiguration).check(defaults, defaults);
      isNamedAlone(run, sid, await creating);
    });

    it(`${name}: may be what a new service gives, whoever has set another default: the same`, async () => {
      const { sid } = await earlier(elevated.replace("admin", "user"));
      const run = life.run();
      isNamedAlone(run, sid, await create(run, { ...inputs, adopt: "matching" }));
    });
  }

  it("User: is left to a user that appears by itself, which is on loan, however young", async () => {
    const { sid } = await life.account.post("/Users", {
      ...(KINDS["User"] as Kind).form,
      RoleSid: roleSid("service admin"),
    });
    const run = life.run(user);
    const { state } = await run.lifecycle.create((KINDS["User"] as Kind).inputs);
    deepEqual(state["before"], { friendlyName: "Mallory" });
    match(run.notes.join(), new RegExp(`user ${sid}: It has roleSid ${roleSid("service admin")}`));
  });
});
