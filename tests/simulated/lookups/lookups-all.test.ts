import { deepEqual, equal, match } from "node:assert/strict";
import { inspect } from "node:util";
import { conversationsLookup } from "../../../provider/functions/conversation";
import { participantsLookup } from "../../../provider/functions/participant";
import { roleLookup, rolesLookup } from "../../../provider/functions/role";
import { servicesLookup } from "../../../provider/functions/service";
import { userLookup, usersLookup } from "../../../provider/functions/user";
import { useLookups } from "./lookups";

const NOBODY = "0".repeat(32);

describe("A look-up of all objects", () => {
  const lookups = useLookups();
  const join = (conversation: string, form: Record<string, string>) =>
    lookups.account.post(`/Conversations/${conversation}/Participants`, form);

  it("reads every page, and gives each object once", async () => {
    const before = lookups.simulator.roles().length;
    for (let number = before; number < 120; number += 1) await lookups.account.role(`agent ${number}`);
    lookups.rerun({});
    const roles = await lookups.all(rolesLookup);
    equal(new Set(roles.map(({ sid }) => sid)).size, 120);
    equal(roles.length, 120);
    deepEqual(lookups.requests(), Array(3).fill("/v1/Roles 200"));
  });

  it("reads no further than its limit", async () => {
    for (let number = 0; number < 60; number += 1) await lookups.account.role(`agent ${number}`);
    lookups.rerun({});
    equal((await lookups.all(rolesLookup, { limit: 50 })).length, 50);
    equal(lookups.requests().length, 1);
  });

  it("chooses roles by their type", async () => {
    const service = await lookups.all(rolesLookup, { type: "service" });
    deepEqual([...new Set(service.map(({ type }) => type))], ["service"]);
    equal(service.length < (await lookups.all(rolesLookup)).length, true);
  });

  it("lists users, services and the participants of a conversation", async () => {
    await lookups.account.conversation("eu");
    for (const identity of ["alice", "bob"]) await join("eu", { Identity: identity });
    const members = await lookups.all(participantsLookup, { conversationSid: "eu" });
    deepEqual(members.map(({ identity }) => identity).sort(), ["alice", "bob"]);
    deepEqual((await lookups.all(usersLookup)).map(({ identity }) => identity).sort(), ["alice", "bob"]);
    equal((await lookups.all(servicesLookup)).length, lookups.simulator.services().length);
  });

  it("gives Twilio the filters of conversations, a day with its first and its last second", async () => {
    for (const name of ["old", "new"]) await lookups.account.conversation(name);
    const [old] = lookups.simulator.conversations();
    lookups.simulator.change(String(old?.["sid"]), { date_created: "2020-01-31T23:00:00Z" });
    lookups.rerun({});
    const args = { state: "active", startDate: "2020-01-31", endDate: "2020-01-31" };
    const names = (await lookups.all(conversationsLookup, args)).map(({ uniqueName }) => uniqueName);
    deepEqual(names, ["old"]);
    deepEqual(lookups.requests(), [
      "/v1/Conversations State=active StartDate=2020-01-31T00:00:00Z EndDate=2020-01-31T23:59:59Z 200",
    ]);
    deepEqual(await lookups.all(conversationsLookup, { endDate: "2020-02-01T00:59:59+02:00" }), []);
  });

  it("finds the conversations of a person under the names of a conversation", async () => {
    for (const name of ["eu", "us"]) {
      await lookups.account.post("/Conversations", { UniqueName: name, Attributes: '{"region":"eu"}' });
      await join(name, { Identity: "alice" });
    }
    await join("eu", {
      "MessagingBinding.Address": "+15005550006",
      "MessagingBinding.ProxyAddress": "+15005550001",
    });
    await lookups.account.conversation("other");
    lookups.rerun({});
    const hers = await lookups.all(conversationsLookup, { identity: "alice" });
    deepEqual(hers.map(({ uniqueName }) => uniqueName).sort(), ["eu", "us"]);
    deepEqual(lookups.requests(), ["/v1/ParticipantConversations Identity=alice 200"]);
    const all = await lookups.all(conversationsLookup);
    for (const one of hers) {
      const { messagingServiceSid: _untold, ...told } = all.find(({ sid }) => sid === one["sid"]) ?? {};
      deepEqual(one, told);
    }
    const his = await lookups.all(conversationsLookup, { address: "+15005550006" });
    deepEqual(
      his.map(({ uniqueName }) => uniqueName),
      ["eu"],
    );
  });

  it("gives a conversation once to whom it has two participants", async () => {
    await lookups.account.conversation("eu");
    for (const proxy of ["+15005550001", "+15005550002"])
      await join("eu", {
        "MessagingBinding.Address": "+15005550006",
        "MessagingBinding.ProxyAddress": proxy,
      });
    equal((await lookups.all(conversationsLookup, { address: "+15005550006" })).length, 1);
  });

  it("is none where there is nothing, and an error where there is no place", async () => {
    await lookups.account.conversation("eu");
    deepEqual(await lookups.all(participantsLookup, { conversationSid: "eu" }), []);
    deepEqual(await lookups.all(conversationsLookup, { identity: "nobody" }), []);
    const nowhere = await lookups.failing(participantsLookup, { conversationSid: "us" });
    match(nowhere.message, /^getParticipants: there is no conversation us in account/);
    const service = await lookups.failing(rolesLookup, { serviceSid: `IS${NOBODY}` });
    match(service.message, /^getRoles: there is no service IS0+ in account/);
  });

  const wrongs = [
    [
      { identity: "alice", address: "+1" },
      /address: cannot be combined with identity \(Twilio error 50451\)/,
    ],
    [{ identity: "alice", state: "active" }, /state: cannot be combined with identity or address/],
    [
      { startDate: "2026-02-01", endDate: "2026-01-31" },
      /endDate: is before startDate \(Twilio error 50396\)/,
    ],
    [{ startDate: "yesterday" }, /startDate: is neither an ISO 8601 date nor a date and time/],
    [{ state: "open" }, /state: is not one of the values it can have \(Twilio error 50378\)/],
    [{ limit: 0 }, /limit: is not a number of objects\. Give a whole number of 1 or more/],
    [{ limit: Number.NaN }, /limit: is NaN or infinite, which JSON does not have\. Give a finite number/],
    [{ limit: 2n }, /limit: is a bigint, which JSON does not have/],
    [
      { startDate: () => "2026", state: "open" },
      /startDate: is a function, .* state: is not one of the values/,
    ],
    [{ startDate: new Map() }, /startDate: is an object\. Give a string/],
  ] as const;
  for (const [args, sentence] of wrongs)
    it(`refuses ${inspect(args)} before anything is asked`, async () => {
      match((await lookups.failing(conversationsLookup, args)).message, sentence);
      deepEqual(lookups.simulator.requests(), []);
    });
});

describe("A look-up that fails", () => {
  const lookups = useLookups();

  it("has been tried again, as far as the resources try", async () => {
    lookups.simulator.addFault({ route: "/v1/Roles", kind: "status", status: 429, times: 2 });
    lookups.simulator.addFault({ route: "/v1/Roles", kind: "status", status: 500, times: 2 });
    equal((await lookups.all(rolesLookup)).length > 0, true);
    equal(lookups.requests().length > 2, true);
  });

  it("says which credentials are wrong, and no more than once the same", async () => {
    lookups.rerun({ TWILIO_AUTH_TOKEN: "canary-token" });
    const errors = [];
    for (const _ of [1, 2]) errors.push(await lookups.failing(rolesLookup));
    match(
      errors[0]?.message ?? "",
      /^getRoles: verify the account: .* answered 401 .* Check that TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN/,
    );
    // What is one object, Pulumi prints once.
    equal(errors[1], errors[0]);
    for (const { message, stack } of errors) deepEqual([message.includes("canary"), stack], [false, message]);
  });

  it("says which credentials are missing, as one error for the whole run", async () => {
    lookups.rerun({ TWILIO_AUTH_TOKEN: "" });
    const [first, second] = [
      await lookups.failing(rolesLookup),
      await lookups.failing(userLookup, { identity: "alice" }),
    ];
    match(
      first?.message ?? "",
      /^The Twilio credentials name the account, but not its secret: TWILIO_AUTH_TOKEN/,
    );
    equal(first, second);
    const other = await lookups.failing(rolesLookup, { account: "emea" });
    match(other.message, /^No Twilio credentials for account "emea": looked for TWILIO_EMEA_ACCOUNT_SID/);
  });

  it("believes nothing that another account's key finds or misses", async () => {
    const second = lookups.simulator.addAccount();
    lookups.rerun({
      TWILIO_AUTH_TOKEN: "",
      TWILIO_API_KEY: second.apiKey,
      TWILIO_API_SECRET: second.apiSecret,
    });
    const { message } = await lookups.failing(roleLookup, { friendlyName: "channel user" });
    match(message, /^The credentials are set for account AC\w+, but they belong to account AC\w+\./);
    deepEqual(lookups.requests(), []);
  });

  it("looks with the credentials of the account that it is told", async () => {
    const second = lookups.simulator.addAccount();
    lookups.rerun({
      TWILIO_EMEA_ACCOUNT_SID: second.accountSid,
      TWILIO_EMEA_AUTH_TOKEN: second.authToken,
    });
    const args = { friendlyName: "channel user", account: "emea" };
    equal((await lookups.one(roleLookup, args))["accountSid"], second.accountSid);
  });

  it("may be a fault of ours, which stays as it is", async () => {
    const broken = {
      ...roleLookup,
      resolve: async () => {
        throw new TypeError("ours");
      },
    };
    const outcome: unknown = await lookups.failing(broken, { friendlyName: "x" }).catch((error) => error);
    match(String(outcome), /no LookupError, but: TypeError: ours\n\s+at /);
  });
});
