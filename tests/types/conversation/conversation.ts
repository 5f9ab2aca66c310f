import { Conversation, Role } from "../../../provider";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { attributes, otherAttributes, sid } from "../drifted";
import { IS, sidOf } from "../sids";
import type { Specimen } from "../specimen";
import type { TypeTable } from "../type-table";

const MESSAGING_SERVICE = sid("MG", 1);
const OTHER_MESSAGING_SERVICE = sid("MG", 2);

const specimen: Specimen = {
  definition: conversation,
  resource: Conversation,
  prepare: async ({ account }) => ({ otherService: await account.service("another") }),
  declare: (label) => ({
    friendlyName: "a conversation",
    uniqueName: label,
    attributes: { region: "eu", tier: 1 },
    messagingServiceSid: MESSAGING_SERVICE,
    state: "active",
    timers: { inactive: "PT12H", closed: "P30D" },
    bindings: { email: { address: `${label}@example.com`, name: "Support" } },
  }),
  declareLeast: (label) => ({ uniqueName: label }),
  updates: {
    friendlyName: () => ({ value: "another name", form: { FriendlyName: "another name" } }),
    uniqueName: () => ({ value: "another-name", form: { UniqueName: "another-name" } }),
    attributes: () => ({ value: { region: "us" }, form: { Attributes: '{"region":"us"}' } }),
    messagingServiceSid: () => ({
      value: OTHER_MESSAGING_SERVICE,
      form: { MessagingServiceSid: OTHER_MESSAGING_SERVICE },
    }),
    state: () => ({ value: "inactive", form: { State: "inactive" } }),
    timers: () => ({
      value: { inactive: "PT1H" },
      form: { "Timers.Inactive": "PT1H", "Timers.Closed": "PT0S" },
    }),
    bindings: (_surroundings, label) => ({
      value: { email: { address: `${label}@example.com`, name: "Desk" } },
      form: { "Bindings.Email.Name": "Desk" },
    }),
  },
  replacements: { serviceSid: (_label, { rows }) => rows["otherService"]?.sid },
  drifts: {
    friendlyName: () => ({ fields: { friendly_name: "changed" }, keys: ["friendlyName"] }),
    uniqueName: () => ({ fields: { unique_name: "changed" }, keys: ["uniqueName"] }),
    attributes: () => ({ fields: { attributes: '{"tier":1,"region":"us"}' }, keys: ["attributes.region"] }),
    messagingServiceSid: () => ({
      fields: { messaging_service_sid: OTHER_MESSAGING_SERVICE },
      keys: ["messagingServiceSid"],
    }),
    bindings: () => ({ fields: { bindings: {} }, keys: ["bindings"] }),
  },
  notRepaired: {
    state: "active and inactive are Twilio's to switch, and nothing opens a closed conversation",
  },
  withUnknowns:
    ({ place }) =>
    (declare) => {
      const role = declare(Role, "role", {
        friendlyName: "a role",
        type: "service",
        permissions: ["createConversation"],
      });
      declare(Conversation, "unknown", {
        ...place,
        uniqueName: role.id,
        messagingServiceSid: role.id,
        timers: { inactive: role.id },
        attributes: { role: role.id },
      });
    },
  located: () => ({}),
  rowsOf: (simulator) => simulator.conversations() as never,
  makeOutside: (
    { friendlyName, uniqueName, attributes, messagingServiceSid, bindings },
    { account, servicePath },
  ) => {
    const { email } = bindings as { email: { address: string; name: string } };
    return account.post(`${servicePath}/Conversations`, {
      FriendlyName: String(friendlyName),
      UniqueName: String(uniqueName),
      Attributes: JSON.stringify(attributes),
      MessagingServiceSid: String(messagingServiceSid),
      "Bindings.Email.Address": email.address,
      "Bindings.Email.Name": email.name,
    });
  },
};

export const conversationTable: TypeTable = {
  lifecycle: { stack: "members", specimen },
  everyField: {
    friendlyName: "EU support",
    uniqueName: "eu-support",
    attributes: { region: "eu" },
    messagingServiceSid: sidOf("MG"),
    state: "active",
    timers: { inactive: "PT30M", closed: "P1D" },
    bindings: { email: { address: "eu@example.com", name: "EU" } },
    dateCreated: "2026-01-02T03:04:05Z",
    dateUpdated: "2026-01-02T03:04:05Z",
    onClosed: "fail",
    autoName: "project-stack-eu",
    webhookEnabled: true,
    serviceSid: IS,
    account: "eu",
    adopt: "always",
  },
  drifted: () => [
    {
      inputs: {
        uniqueName: "support",
        friendlyName: "Support",
        attributes,
        messagingServiceSid: sid("MG", 1),
        state: "active",
        timers: { inactive: "PT12H", closed: "P30D" },
        bindings: { email: { address: "support@example.com", name: "Support" } },
      },
      drifts: {
        uniqueName: ["changed", null],
        friendlyName: ["changed", null],
        attributes: otherAttributes,
        messagingServiceSid: [sid("MG", 2), null],
        "bindings.email.address": ["changed@example.com"],
        "bindings.email.name": ["changed"],
        state: ["closed"],
      },
    },
  ],
  reviewed: [
    {
      args: ({ label }) => ({
        uniqueName: label,
        friendlyName: "First",
        attributes: { region: "eu" },
        timers: { inactive: "PT12H" },
      }),
      updated: () => ({ friendlyName: "Second", timers: { inactive: "PT1H" } }),
      dropped: () => ({ friendlyName: undefined, attributes: undefined }),
      drift: () => ({ friendly_name: "Third", attributes: '{"region":"us","more":[]}' }),
      followed: () => ({ friendlyName: "Third", attributes: { region: "us", more: [] } }),
      replaced: ({ sids }) => ({ serviceSid: sids["elsewhere"] }),
      outside: ({ label, account }) =>
        account.post("/Conversations", {
          UniqueName: label,
          FriendlyName: "First",
          Attributes: '{"region":"eu"}',
        }),
      located: () => ({}),
    },
  ],
  inEstate: {
    room: ({ name, place }) => ({
      [name]: { ...place, friendlyName: name, uniqueName: name, attributes: { room: name } },
    }),
  },
  label: ["chat_service_sid", "unique_name"],
  writeLimit: "service",
  hasLookUp: true,
  path: `Services/${IS}/Conversations/id`,
};
