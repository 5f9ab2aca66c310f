import assert from "node:assert/strict";
import type { Simulator } from "../../simulator";
import { TwilioAccount } from "../support/twilio-account";

/** What the program of an example does to Twilio, and what it needs to run. */
export interface Expected {
  /** The objects that it creates, by the last part of the path. A program that is not run creates none. */
  readonly creates: Counts;
  /** The objects that a destroy deletes, where they are others than it created. */
  readonly deletes?: Counts;
  /** The settings that exist already, and that it changes. */
  readonly sets?: Counts;
  /** It protects something, so that a destroy needs more than one command. */
  readonly protects?: true;
  /** What the user has to configure. */
  readonly config?: Readonly<Record<string, string>>;
  /** By name, where it has a configuration for each of its stacks: in what this one differs. */
  readonly stacks?: Readonly<Record<string, Partial<Expected>>>;
  /** Makes what has to be there before, and gives what the environment has to hold. */
  readonly prepare?: (simulator: Simulator) => Promise<Prepared>;
}

export interface Prepared {
  readonly env?: Record<string, string>;
  /** Looks at what came of it. */
  readonly check?: (outputs: Record<string, unknown>) => void;
}

export type Counts = Readonly<Record<string, number>>;

/** Without its members, who go with their conversation. */
const helpDesk: Counts = { Conversations: 1, Messages: 1, Roles: 1, Services: 1 };

export const EXPECTED: Readonly<Record<string, Expected>> = {
  "account-settings": {
    creates: {},
    sets: { Configuration: 1, Webhooks: 1 },
    config: { eventsUrl: "https://example.com/events" },
  },
  "adopt-existing": {
    creates: { Participants: 1 },
    deletes: { Conversations: 1 },
    protects: true,
    prepare: makeOldConversation,
  },
  "multiple-accounts": {
    creates: { Conversations: 2, Participants: 3, Roles: 2 },
    deletes: { Conversations: 2, Roles: 2 },
    protects: true,
    prepare: makeAccounts,
  },
  "push-notifications": {
    creates: { Credentials: 1, Services: 1 },
    sets: { Notifications: 1 },
    config: { fcmSecret: "a server key" },
    protects: true,
  },
  "roles-and-permissions": {
    creates: { Conversations: 1, Participants: 3, Roles: 4, Users: 3 },
    deletes: { Conversations: 1, Roles: 4, Users: 3 },
    sets: { Conversations: 1 },
    protects: true,
  },
  "service-per-environment": {
    creates: helpDeskOf(1),
    deletes: helpDesk,
    sets: { Configuration: 1, Webhooks: 1 },
    stacks: {
      dev: {},
      staging: { creates: helpDeskOf(2), protects: true, prepare: setAccountTimer },
      prod: { creates: helpDeskOf(3), protects: true },
    },
  },
  "sms-group": {
    creates: { Conversations: 1, Participants: 3 },
    deletes: { Conversations: 1 },
    protects: true,
  },
  "studio-inbound-address": {
    creates: { Addresses: 1, Conversations: 1, Participants: 1, Webhooks: 1 },
  },
  "support-desk": { creates: { Conversations: 1, Participants: 4, Roles: 2 } },
  "team-roster": {
    creates: { Conversations: 1, Participants: 6, Roles: 2 },
    deletes: { Conversations: 1, Roles: 2 },
  },
  "webhooks-with-filters": {
    creates: { Conversations: 1, Services: 1, Webhooks: 3 },
    sets: { Webhooks: 1 },
    protects: true,
  },
};

function helpDeskOf(agents: number): Counts {
  return { ...helpDesk, Participants: agents };
}

/** A conversation of two days ago with two members, one of whom has a role that nobody declares. */
async function makeOldConversation(simulator: Simulator): Promise<Prepared> {
  const account = new TwilioAccount(simulator);
  const conversation = await account.post("/Conversations", {
    UniqueName: "support",
    Attributes: '{"ticket":7}',
  });
  const members = `/Conversations/${conversation.sid}/Participants`;
  const role = await account.role("old hand");
  const alice = await account.post(members, { Identity: "alice", RoleSid: role.sid });
  const customer = await account.post(members, {
    "MessagingBinding.Address": "+14155550123",
    "MessagingBinding.ProxyAddress": "+15005550001",
  });
  simulator.clock.advance(2 * 86_400_000);
  return {
    check: ({ conversationSid, memberSids }) => {
      assert.equal(conversationSid, conversation.sid);
      const { bob, ...adopted } = memberSids as Record<string, string>;
      assert.deepEqual(adopted, { alice: alice.sid, customer: customer.sid });
      assert.match(String(bob), /^MB/);
      const [kept] = simulator.conversations();
      assert.deepEqual([kept?.["friendly_name"], kept?.["attributes"]], ["Support", '{"ticket":7}']);
      const asked = simulator.participants().find(({ sid }) => sid === alice.sid);
      assert.deepEqual([asked?.["role_sid"], asked?.["attributes"]], [role.sid, '{"team":"support"}']);
    },
  };
}

/** A timer that closes every conversation without one of its own. */
async function setAccountTimer(simulator: Simulator): Promise<Prepared> {
  await new TwilioAccount(simulator).post("/Configuration", { DefaultClosedTimer: "P1D" });
  return {
    check: () => {
      const timers = simulator.conversations().map((conversation) => conversation["timers"]);
      assert.deepEqual(timers, [{}]);
    },
  };
}

async function makeAccounts(simulator: Simulator): Promise<Prepared> {
  const names = ["EU", "US"];
  const env = names.flatMap((name) => {
    const { accountSid, authToken } = simulator.addAccount();
    return [
      [`TWILIO_${name}_ACCOUNT_SID`, accountSid],
      [`TWILIO_${name}_AUTH_TOKEN`, authToken],
    ];
  });
  return {
    // The main account's credentials are not needed.
    env: { ...Object.fromEntries(env), TWILIO_ACCOUNT_SID: "", TWILIO_AUTH_TOKEN: "" },
    check: () => assert.deepEqual(simulator.conversations(), []),
  };
}
