import { deepEqual, doesNotMatch, match } from "node:assert/strict";
import { useTwoSimulators } from "./two-simulators";

describe("import of roles", () => {
  const two = useTwoSimulators();
  const defaults = (service: string, form: Record<string, string>) =>
    two.account.post(`/Services/${service}/Configuration`, form);
  const ofDefault = (form: Record<string, string>) => defaults(two.here.account.defaultServiceSid, form);

  it("tells of a default that is the built-in role of another default", async () => {
    await ofDefault({ DefaultConversationRoleSid: two.roleSid("channel admin") });
    await two.account.conversation("desk");
    await two.account.post("/Conversations/desk/Participants", { Identity: "alice" });
    const { program } = await two.held();
    match(
      program,
      /const channelAdmin = getRoleOutput\(\{ friendlyName: "channel admin", type: "conversation" \}\)/,
    );
    match(program, /defaultConversationRoleSid: channelAdmin\.sid,\n\}\)/);
    // Who joins before has another role.
    match(
      program,
      /new Conversation\("desk", \{ uniqueName: "desk" \}, \{ dependsOn: defaultConfiguration \}\)/,
    );
  });

  it("asks for the default service, which is another in each account", async () => {
    await ofDefault({ ReachabilityEnabled: "true" });
    const { program } = await two.held();
    doesNotMatch(program, /IS0{31}1|RL\w{32}/);
    match(
      program,
      /new ServiceConfiguration\("default", \{ serviceSid: defaultServiceSid, reachabilityEnabled: true \}\)/,
    );
  });

  it("declares an own role that is named like a built-in one, and the built-in one too", async () => {
    two.pass();
    const own = await two.account.role("channel user");
    await ofDefault({ DefaultConversationRoleSid: own.sid });
    await two.account.conversation("desk");
    await two.account.post("/Conversations/desk/Participants", {
      Identity: "alice",
      RoleSid: two.roleSid("channel user"),
    });
    const { program, rows } = await two.held();
    doesNotMatch(program, /getRoleOutput/);
    match(program, /defaultConversationRoleSid: channelUser2\.id/);
    match(program, /alice: \{ identity: "alice", roleSid: channelUser\.id \}/);
    // Only the one that Twilio made is taken over elsewhere, and never deleted.
    match(program, /\{ retainOnDelete: true \},\n\);\n\nconst channelUser2/);
    const roles = rows.filter(({ type }) => type.endsWith(":Role"));
    deepEqual(
      roles.map(({ name, inputs }) => [name, inputs["adopt"]]),
      [
        ["channel-user", "always"],
        ["channel-user-2", undefined],
      ],
    );
  });

  for (const [moment, isLater] of [
    ["the second in which it was made", false],
    ["a later minute", true],
  ] as const)
    it(`declares a built-in role whose permissions were changed in ${moment}`, async () => {
      if (isLater) two.pass();
      await two.account.post(`/Roles/${two.roleSid("channel user")}`, { Permission: ["sendMessage"] });
      const { program } = await two.held();
      match(program, /adopt: "always", friendlyName: "channel user", .*permissions: \["sendMessage"\]/);
    });

  it("says which built-in role a service has no more, and takes a later one for no such", async () => {
    two.here.remove(two.roleSid("service admin"));
    two.pass();
    await two.account.post("/Roles", {
      FriendlyName: "service admin",
      Type: "service",
      Permission: "joinConversation",
    });
    const { program, notes } = await two.held();
    match(
      notes.join("\n"),
      /the default service: has no role service admin, which Twilio makes with every service\./,
    );
    doesNotMatch(program, /adopt/);
  });

  it("leaves out a role that no program may declare, and what names it", async () => {
    const odd = await two.account.role("odd");
    two.here.change(odd.sid, { permissions: ["sendMesage"] });
    await ofDefault({ DefaultConversationRoleSid: odd.sid });
    await two.account.conversation("desk");
    await two.account.post("/Conversations/desk/Participants", { Identity: "alice" });
    const { program, notes } = await two.held();
    doesNotMatch(program, /RL\w{32}|roleSid/);
    const said = notes.join("\n");
    match(said, new RegExp(`role ${odd.sid}: left out, since no program may say its permissions`));
    match(
      said,
      /participant desk\/alice: left out roleSid, since the program does not declare the object it refers to\./,
    );
  });

  it("reads of a service without users the roles that nobody has", async () => {
    const service = await two.account.service("second");
    await two.account.role("unused", `/Services/${service.sid}`);
    const { program } = await two.imported({ serviceSid: service.sid });
    match(program, /new Role\("unused"/);
  });

  it("reads of named conversations the roles of their members, without the service's settings", async () => {
    const lead = await two.account.role("lead");
    await two.account.role("unused");
    await ofDefault({ DefaultConversationRoleSid: lead.sid });
    await two.account.conversation("desk");
    await two.account.post("/Conversations/desk/Participants", { Identity: "alice" });
    const { program } = await two.imported({ conversations: ["desk"] });
    match(program, /alice: \{ identity: "alice", roleSid: lead\.id \}/);
    doesNotMatch(program, /unused|ServiceConfiguration/);
  });
});
