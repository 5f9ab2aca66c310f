import { deepEqual, doesNotMatch, match } from "node:assert/strict";
import { previewed } from "./imported-estate";
import { useTwoSimulators } from "./two-simulators";

describe("import of what is easily left out", () => {
  const two = useTwoSimulators();
  const said = ({ notes }: { notes: readonly string[] }) => notes.join("\n");

  it("tells of webhooks of an account and a service that go nowhere yet", async () => {
    const service = await two.account.service("second");
    await two.account.post("/Configuration/Webhooks", { Filters: ["onMessageAdded"], Method: "GET" });
    await two.account.post(`/Services/${service.sid}/Configuration/Webhooks`, { Filters: ["onUserAdded"] });
    const { program } = await two.held();
    match(program, /new Webhooks\("account", \{ filters: \["onMessageAdded"\], method: "GET"/);
    match(
      program,
      /new ServiceWebhooks\("second", \{ serviceSid: second\.id, filters: \["onUserAdded"\] \}\)/,
    );
  });

  it("declares no webhooks that nobody has touched", async () => {
    const { rows } = await two.imported();
    deepEqual(rows, []);
  });

  it("declares no timers that are switched off, as an account has none", async () => {
    await two.account.post("/Configuration", { DefaultInactiveTimer: "PT0S", DefaultClosedTimer: "PT0S" });
    const { rows } = await two.imported();
    deepEqual(rows, []);
  });

  it("gives no conversation another unique name", async () => {
    for (const [name, odd] of [
      ["dot", "."],
      ["half", "half \ud83d"],
    ] as const) {
      const { sid } = await two.account.conversation(name);
      await two.account.post(`/Conversations/${sid}/Participants`, { Identity: "alice" });
      two.here.change(sid, { unique_name: odd });
      const estate = await two.held();
      doesNotMatch(estate.program, /new Conversation/);
      match(
        said(estate),
        new RegExp(
          `conversation ${sid}: left out with all that is in it, since no program may say its uniqueName\\.`,
        ),
      );
    }
  });

  it("says of a conversation that is named why it is left out", async () => {
    const { sid } = await two.account.conversation("desk");
    two.here.change(sid, { unique_name: "." });
    const { rows, notes } = await two.imported({ conversations: [sid] });
    deepEqual(rows, []);
    deepEqual(notes, [
      `conversation ${sid}: left out with all that is in it, since no program may say its uniqueName.`,
    ]);
  });

  it("leaves out a service that no program may name, and reads the default one whatever its name is", async () => {
    const { sid } = await two.account.service("second");
    for (const name of ["inside", "default"])
      await two.account.conversation(name, name === "inside" ? `/Services/${sid}` : "");
    const { defaultServiceSid } = two.here.account;
    for (const odd of [sid, defaultServiceSid]) two.here.change(odd, { friendly_name: "half \ud83d" });
    const estate = await two.held();
    match(estate.program, /new Conversation\("default"/);
    doesNotMatch(estate.program, /inside|new Service/);
    match(said(estate), new RegExp(`service ${sid}: left out with all that is in it, since`));
    doesNotMatch(said(estate), new RegExp(defaultServiceSid));
    const { notes } = await two.imported({ serviceSid: sid });
    match(notes.join(), new RegExp(`service ${sid}: left out`));
  });

  it("leaves out a webhook without what its target needs", async () => {
    await two.account.conversation("desk");
    const { sid } = await two.account.post("/Conversations/desk/Webhooks", {
      Target: "studio",
      "Configuration.FlowSid": `FW${"1".repeat(32)}`,
    });
    two.here.change(sid, { configuration: { url: "https://example.com/", method: "post", filters: [] } });
    const estate = await two.held();
    doesNotMatch(estate.program, /ConversationWebhook/);
    match(said(estate), new RegExp(`webhook ${sid}: left out, since no program may say its configuration`));
  });

  it("says which parts of a member no resource has", async () => {
    await two.account.conversation("desk");
    await two.account.post("/Conversations/desk/Participants", {
      "MessagingBinding.Address": "jane@example.com",
      "MessagingBinding.Level": "cc",
      "MessagingBinding.Name": "Jane",
    });
    match(
      said(await two.held()),
      /^participant desk\/jane@example\.com: left out messagingBinding\.level, messagingBinding\.name, which no program may say\.$/m,
    );
  });

  for (const membersAs of ["participants", "roster"] as const)
    it(`says groupMms of members that stand alone, and of no other (${membersAs})`, async () => {
      const members: [conversation: string, label: string, Record<string, string>, isGroupMms: boolean][] = [
        ["group", "+12025550101", { "MessagingBinding.Address": "+12025550101" }, true],
        ["group", "+12025550102", { "MessagingBinding.ProjectedAddress": "+12025550102" }, true],
        ["group", "ann", { "MessagingBinding.ProjectedAddress": "+12025550103", Identity: "ann" }, false],
        ["chat", "bob", { Identity: "bob" }, false],
        ["chat", "jane@example.com", { "MessagingBinding.Address": "jane@example.com" }, false],
        [
          "chat",
          "+12025550104",
          { "MessagingBinding.Address": "+12025550104", "MessagingBinding.ProxyAddress": "+15005550001" },
          false,
        ],
      ];
      for (const name of ["group", "chat"]) await two.account.conversation(name);
      for (const [name, , form] of members)
        await two.account.post(`/Conversations/${name}/Participants`, form);
      const { program } = await two.held({ membersAs });
      const said = members.map(([, label]) => {
        const line = program.split("\n").find((text) => text.includes(label)) ?? label;
        return [label, line.includes("groupMms: true")];
      });
      deepEqual(
        said,
        members.map(([, label, , isGroupMms]) => [label, isGroupMms]),
        program,
      );
    });

  it("counts what Twilio does not tell, or a program cannot do", async () => {
    await two.account.post("/Configuration", { DefaultClosedTimer: "P1D" });
    for (const [name, form] of [
      ["timed", { "Timers.Closed": "PT1H", State: "active" }],
      ["idle", { "Timers.Closed": "PT0S", State: "inactive" }],
      ["shut", {}],
    ] as const)
      await two.account.post("/Conversations", { UniqueName: name, ...form });
    await two.account.post("/Conversations/shut", { State: "closed" });
    const { sid } = await two.account.post("/Conversations/timed/Participants", { Identity: "alice" });
    await two.account.post(`/Conversations/timed/Participants/${sid}`, { LastReadMessageIndex: "0" });
    deepEqual((await two.held()).notes, [
      "1 user of the default service left out: Twilio makes one when its identity joins a conversation.",
      "the account: left out defaultChatServiceSid, defaultMessagingServiceSid and the name of its default service, which belong to this account.",
      "1 conversation: left out timers, which Twilio does not return.",
      "1 member: left out the read position, which refers to messages.",
      "1 conversation: left out state inactive, which Twilio sets by itself.",
      "1 conversation: without timers: created by the program elsewhere, it gets the account's defaults.",
      "1 closed conversation left out: name those that you want.",
      "not read, and so left out: messages, push bindings.",
    ]);
    match(
      said(await two.imported()),
      /, users' settings of their conversations \(--user-conversations\)\.$/m,
    );
  });

  it("tells that users have a default role that no program may say", async () => {
    const { defaultServiceSid } = two.here.account;
    const permissions = { Permission: "createConversation" };
    const { sid } = await two.account.post("/Roles", {
      FriendlyName: "own",
      Type: "service",
      ...permissions,
    });
    await two.account.post(`/Services/${defaultServiceSid}/Configuration`, {
      DefaultChatServiceRoleSid: sid,
    });
    await two.account.conversation("desk");
    await two.account.post("/Conversations/desk/Participants", { Identity: "alice" });
    two.here.change(sid, { friendly_name: "half \ud83d" });
    match(
      said(await two.held()),
      /^1 user of the default service: left out roleSid, since the program does not declare the object it refers to\.$/m,
    );
  });

  it("declares the users of whom something was set, whatever it is, and no others", async () => {
    const manager = { FriendlyName: "manager", Type: "service", Permission: "joinConversation" };
    const { sid } = await two.account.post("/Roles", manager);
    const set: Record<string, string>[] = [
      { Identity: "ann" },
      { Identity: "bob", FriendlyName: "Bob" },
      { Identity: "cleo", Attributes: '{"team":"a"}' },
      { Identity: "dora", RoleSid: sid },
    ];
    for (const form of set) await two.account.post("/Users", form);
    const { program } = await two.held();
    deepEqual(
      [...program.matchAll(/new User\("(\w+)"/g)].map(([, name]) => name),
      ["bob", "cleo", "dora"],
    );
  });

  it("says in one line what it leaves out of a service with a name of several", async () => {
    const { sid } = await two.account.service("second");
    two.here.change(sid, { friendly_name: "two\nlines\u202e" });
    await two.account.post(`/Services/${sid}/Users`, { Identity: "alice" });
    match(
      said(await two.held()),
      /^1 user of Service two lines left out: Twilio makes one when its identity joins a conversation\.$/m,
    );
  });

  it("heads a conversation whose name nobody sees", async () => {
    await two.account.post("/Conversations", { FriendlyName: " \u00a0\n" });
    const { program } = await two.held();
    match(program, /^\/\/ A conversation without a name$/m);
  });

  it("owns no service of which conversations alone are named: a destroy would delete all that is in it", async () => {
    const { sid } = await two.account.service("US");
    const at = `/Services/${sid}`;
    for (const name of ["desk", "other"]) await two.account.conversation(name, at);
    const role = { FriendlyName: "lead", Type: "conversation", Permission: "sendMessage" };
    const lead = await two.account.post(`${at}/Roles`, role);
    await two.account.post(`${at}/Conversations/desk/Participants`, { Identity: "alice", RoleSid: lead.sid });
    const asked = { serviceSid: sid, conversations: ["desk"] };
    const estate = await two.imported(asked);
    doesNotMatch(estate.program, /new Service\(/);
    match(estate.program, /const us = getServiceOutput\(\{ friendlyName: "US" \}\);/);
    match(estate.program, /new Conversation\("desk", \{ serviceSid: us\.sid,/);
    await previewed(two.here, estate, two.clock);
    await two.account.service("US");
    const alike = await two.imported(asked);
    match(alike.program, new RegExp(`getServiceOutput\\(\\{ sid: "${sid}" \\}\\)`));
    await previewed(two.here, alike, two.clock);
  });

  it("names no service of another account", async () => {
    const { defaultServiceSid } = two.here.account;
    await two.account.post("/Configuration/Addresses", {
      Type: "sms",
      Address: "+14155550199",
      "AutoCreation.ConversationServiceSid": defaultServiceSid,
    });
    const { program } = await two.held();
    match(program, /conversationServiceSid: defaultServiceSid/);
    doesNotMatch(program, new RegExp(defaultServiceSid));
  });
});
