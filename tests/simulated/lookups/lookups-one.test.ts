import { deepEqual, equal, match } from "node:assert/strict";
import { addressConfigurationLookup } from "../../../provider/functions/address-configuration";
import { conversationLookup } from "../../../provider/functions/conversation";
import { participantLookup } from "../../../provider/functions/participant";
import { roleLookup } from "../../../provider/functions/role";
import { serviceLookup } from "../../../provider/functions/service";
import { userLookup } from "../../../provider/functions/user";
import { useLookups } from "./lookups";

const NOBODY = "0".repeat(32);
const BINDING = { address: "+15005550006", proxyAddress: "+15005550001" };

describe("A look-up of one object", () => {
  const lookups = useLookups();
  const join = (conversation: string, form: Record<string, string>) =>
    lookups.account.post(`/Conversations/${conversation}/Participants`, form);
  const joinByAddress = (conversation: string, proxyAddress = BINDING.proxyAddress) =>
    join(conversation, {
      "MessagingBinding.Address": BINDING.address,
      "MessagingBinding.ProxyAddress": proxyAddress,
    });

  it("asks once for what Twilio takes as a name", async () => {
    const { sid } = await lookups.account.conversation("eu");
    await join(sid, { Identity: "alice" });
    const cases = [
      [conversationLookup, { sid }],
      [conversationLookup, { uniqueName: "eu" }],
      [userLookup, { identity: "alice" }],
      [participantLookup, { conversationSid: "eu", identity: "alice" }],
    ] as const;
    for (const [lookup, args] of cases) {
      lookups.rerun({});
      await lookups.one(lookup, args);
      equal(lookups.requests().length, 1);
    }
  });

  it("goes through all pages for anything else, and compares exactly", async () => {
    for (let number = 0; number < 120; number += 1) await lookups.account.role(`agent ${number}`);
    lookups.rerun({});
    const { sid, friendlyName } = await lookups.one(roleLookup, { friendlyName: "agent 119" });
    equal(friendlyName, "agent 119");
    equal(lookups.simulator.roles().find(({ friendly_name }) => friendly_name === "agent 119")?.["sid"], sid);
    deepEqual(lookups.requests(), Array(3).fill("/v1/Roles 200"));
  });

  it("finds a participant by address, in a conversation by its unique name", async () => {
    const { sid } = await lookups.account.conversation("eu");
    const { sid: member } = await joinByAddress("eu");
    await join("eu", { Identity: "alice" });
    const found = await lookups.one(participantLookup, { conversationSid: "eu", address: BINDING.address });
    deepEqual(
      [found["sid"], found["conversationSid"], found["messagingBinding"]],
      [member, sid, { type: "sms", ...BINDING }],
    );
    const { url } = lookups.simulator;
    equal(found["url"], `${url}/v1/Conversations/${sid}/Participants/${member}`);
  });

  it("looks in the service that it is told", async () => {
    const { sid: serviceSid } = await lookups.account.service("staging");
    const { sid } = await lookups.account.role("lead", `/Services/${serviceSid}`);
    const found = await lookups.one(roleLookup, { friendlyName: "lead", serviceSid });
    deepEqual([found["sid"], found["chatServiceSid"]], [sid, serviceSid]);
    equal(found["url"], `${lookups.simulator.url}/v1/Services/${serviceSid}/Roles/${sid}`);
    equal((await lookups.failing(roleLookup, { friendlyName: "lead" })).reason, "nothing");
    equal((await lookups.one(serviceLookup, { friendlyName: "staging" }))["sid"], serviceSid);
  });

  it("gives attributes as JSON values, and leaves out what there is none of", async () => {
    await lookups.account.post("/Conversations", { UniqueName: "eu", Attributes: '{ "region": "eu" }' });
    const found = await lookups.one(conversationLookup, { uniqueName: "eu" });
    deepEqual(found["attributes"], { region: "eu" });
    equal("friendlyName" in found, false);
    for (const name of ["region", "assigned", "answered", "before", "account"]) equal(name in found, false);
  });

  it("says what was looked for, where, and what came near: three at most", async () => {
    for (const name of ["suport agent", "Support Agent", "supprt agent", "support agents", "lead"])
      await lookups.account.role(name);
    const { message, reason } = await lookups.failing(roleLookup, {
      friendlyName: "support agent",
      type: "service",
    });
    equal(reason, "nothing");
    const { accountSid, defaultServiceSid } = lookups.simulator.account;
    const [sentence, near] = message.split(". Near it: ");
    equal(
      sentence,
      `getRole: there is no role with friendlyName "support agent" and type "service" in account ${accountSid}, service ${defaultServiceSid}`,
    );
    deepEqual(
      near?.replaceAll(/RL\w{32}/g, "RL"),
      [
        'RL (friendlyName "Support Agent" and type "conversation"), ',
        'RL (friendlyName "suport agent" and type "conversation"), ',
        'RL (friendlyName "supprt agent" and type "conversation").',
      ].join(""),
    );
  });

  it("says what came near a name of Twilio's own", async () => {
    const { sid } = await lookups.account.conversation("eu-support");
    const { message } = await lookups.failing(conversationLookup, { uniqueName: "EU-suport" });
    match(message, new RegExp(`Near it: ${sid} \\(uniqueName "eu-support"\\)\\.$`));
    await join("eu-support", { Identity: "alice" });
    const alise = { conversationSid: "eu-support", identity: "alise" };
    match(
      (await lookups.failing(participantLookup, alise)).message,
      /Near it: MB\w+ \(identity "alice"\)\.$/,
    );
  });

  it("shows no phone number in full", async () => {
    await lookups.account.conversation("eu");
    await joinByAddress("eu");
    const { message } = await lookups.failing(participantLookup, {
      conversationSid: "eu",
      address: "+15005550007",
    });
    match(
      message,
      /with address "\+15…07" in conversation eu, account .* Near it: MB\w+ \(address "\+15…06"\)/,
    );
  });

  it("names all that several are, and takes none of them", async () => {
    const sids = [];
    for (const _ of [1, 2]) sids.push((await lookups.account.role("twin")).sid);
    const { message, reason } = await lookups.failing(roleLookup, { friendlyName: "twin" });
    equal(reason, "several");
    match(
      message,
      new RegExp(`2 roles have friendlyName "twin" in account .*: ${sids.join(", ")}\\. Give the sid`),
    );
    await lookups.account.conversation("eu");
    await joinByAddress("eu");
    await joinByAddress("eu", "+15005550002");
    const anywhere = { conversationSid: "eu", address: BINDING.address };
    equal((await lookups.failing(participantLookup, anywhere)).reason, "several");
    equal(
      (await lookups.one(participantLookup, { ...anywhere, ...BINDING }))["messagingBinding"] !== undefined,
      true,
    );
  });

  it("says when it is the conversation or the service that is not there", async () => {
    const alice = await lookups.failing(participantLookup, { conversationSid: "eu", identity: "alice" });
    match(alice.message, /^getParticipant: there is no conversation eu in account AC\w+, service IS\w+\./);
    const service = await lookups.failing(roleLookup, { sid: `RL${NOBODY}`, serviceSid: `IS${NOBODY}` });
    match(service.message, /^getRole: there is no service IS0+ in account AC\w+\./);
    const role = await lookups.failing(roleLookup, { sid: `RL${NOBODY}` });
    match(role.message, /^getRole: there is no role with sid "RL0+" in account AC\w+, service IS\w+\./);
  });

  it("believes no false 404 where the list has the object", async () => {
    await lookups.account.conversation("eu");
    lookups.simulator.addFault({
      method: "GET",
      route: "/v1/Conversations/eu",
      kind: "status",
      status: 404,
      times: 1,
    });
    equal((await lookups.one(conversationLookup, { uniqueName: "eu" }))["uniqueName"], "eu");
  });

  it("says that it looked through the first pages only, whatever Twilio said of the name", async () => {
    const form = (number: number) => ({ Type: "sms", Address: `+1415${5550000 + number}` });
    for (let number = 0; number < 501; number += 1)
      await lookups.account.post("/Configuration/Addresses", form(number));
    const { message } = await lookups.failing(addressConfigurationLookup, { address: "+15005550006" });
    match(message, /Only the first 500 were looked through: give its sid\./);
    const sid = await lookups.failing(addressConfigurationLookup, { sid: `IG${NOBODY}` });
    equal(sid.message.includes("looked through"), false);
  }).timeout(20_000);

  it("shows no secret, and nothing that is like one", async () => {
    await lookups.account.role("canary-1234");
    const args = { friendlyName: "canary-1235", type: "conversation" };
    const { message } = await lookups.failing(roleLookup, args, true);
    match(message, /friendlyName "\[hidden\]" and type "conversation"/);
    equal(message.includes("canary"), false);
    const user = await lookups.failing(
      userLookup,
      { identity: "canary 1234", serviceSid: `IS${NOBODY}` },
      true,
    );
    equal(user.message.includes("canary"), false);
  });
});

describe("The arguments of a look-up", () => {
  const lookups = useLookups();
  const cases = [
    [
      "that say nothing",
      roleLookup,
      {},
      /nothing says which role is meant\. Give sid, or friendlyName \(with type/,
    ],
    [
      "that say more than a SID",
      roleLookup,
      { sid: `RL${NOBODY}`, type: "service" },
      /sid and type cannot be combined\. Give sid, or friendlyName \(with type if you like\)\./,
    ],
    ["that say too little", roleLookup, { type: "service" }, /type alone does not say which role is meant/],
    [
      "that say too much",
      participantLookup,
      { conversationSid: "eu", identity: "alice", address: "+1" },
      /identity and address cannot be combined\. Give sid, or identity, or address \(with proxyAddress/,
    ],
    [
      "that are misspelt",
      roleLookup,
      { friendlyname: "x" },
      /friendlyname: is not a property of getRole\. Did you/,
    ],
    [
      "of the wrong form",
      roleLookup,
      { sid: "canary" },
      /sid: is no RL SID \(Twilio error 50100\)\. Give RL/,
    ],
    [
      "of the wrong word",
      roleLookup,
      { friendlyName: "x", type: "canary" },
      /type: is not one of the values/,
    ],
    ["without the conversation", participantLookup, { identity: "x" }, /conversationSid: /],
    [
      "of another service's form",
      userLookup,
      { identity: "x", serviceSid: "canary" },
      /serviceSid: is no IS SID/,
    ],
  ] as const;
  for (const [what, lookup, args, sentence] of cases)
    it(`${what} are refused before anything is asked`, async () => {
      const { message, reason, stack } = await lookups.failing(lookup, args);
      match(message, sentence);
      deepEqual([reason, message.includes("canary"), stack], ["failed", false, message]);
      deepEqual(lookups.simulator.requests(), []);
    });
});
