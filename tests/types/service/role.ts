import { Conversation, Participant, Role } from "../../../provider";
import { role } from "../../../provider/resources/service/role";
import { IS } from "../sids";
import type { Specimen } from "../specimen";
import type { TypeTable } from "../type-table";

const specimen: Specimen = {
  definition: role,
  resource: Role,
  prepare: async ({ account }) => ({ otherService: await account.service("another") }),
  declare: (label) => ({
    friendlyName: label,
    type: "conversation",
    permissions: ["sendMessage", "leaveConversation"],
  }),
  declareLeast: (label) => ({ friendlyName: label, type: "service", permissions: ["createConversation"] }),
  updates: {
    permissions: () => ({
      value: ["sendMessage", "editOwnMessage"],
      form: { Permission: ["sendMessage", "editOwnMessage"] },
    }),
  },
  replacements: {
    serviceSid: (_label, { rows }) => rows["otherService"]?.sid,
    friendlyName: (label) => `${label} again`,
    type: () => ({ with: { type: "service", permissions: ["createConversation"] } }),
  },
  drifts: { permissions: () => ({ fields: { permissions: ["sendMessage"] }, keys: ["permissions[1]"] }) },
  withUnknowns: () => (declare) => {
    const parent = declare(Conversation, "parent", {}) as Conversation;
    const unknown = declare(Role, "unknown", {
      friendlyName: parent.id,
      type: "service",
      permissions: [parent.id],
    }) as Role;
    declare(Participant, "member", { conversationSid: parent.id, identity: "alice", roleSid: unknown.id });
  },
  located: () => ({}),
  rowsOf: (simulator) => simulator.roles() as never,
  makeOutside: ({ friendlyName, type, permissions }, { account, servicePath }) =>
    account.post(`${servicePath}/Roles`, {
      FriendlyName: String(friendlyName),
      Type: String(type),
      Permission: permissions as string[],
    }),
};

export const roleTable: TypeTable = {
  lifecycle: { stack: "members", specimen },
  everyField: {
    friendlyName: "agent",
    type: "conversation",
    permissions: ["sendMessage", "leaveConversation"],
    serviceSid: IS,
    account: "eu",
    adopt: "always",
  },
  drifted: () => [
    {
      inputs: {
        friendlyName: "a role",
        type: "conversation",
        permissions: ["sendMessage", "leaveConversation"],
      },
      drifts: {
        friendlyName: ["changed"],
        type: ["service"],
        permissions: [
          ["sendMessage"],
          ["sendMessage", "leaveConversation", "addParticipant"],
          ["addParticipant"],
        ],
      },
    },
  ],
  reviewed: [
    {
      args: ({ label }) => ({
        friendlyName: label,
        type: "conversation",
        permissions: ["sendMessage", "leaveConversation"],
      }),
      updated: () => ({ permissions: ["sendMessage"] }),
      drift: () => ({ permissions: ["sendMessage", "leaveConversation", "addParticipant"] }),
      followed: () => ({ permissions: ["sendMessage", "leaveConversation", "addParticipant"] }),
      replaced: ({ label }) => ({ friendlyName: `${label} again` }),
      outside: ({ label, account }) =>
        account.post("/Roles", {
          FriendlyName: label,
          Type: "conversation",
          Permission: ["sendMessage", "leaveConversation"],
        }),
      located: () => ({}),
    },
  ],
  inEstate: {
    district: ({ name, serviceSid }) => ({
      [`${name}-agent`]: {
        serviceSid,
        friendlyName: name,
        type: "conversation",
        permissions: ["sendMessage", "leaveConversation"],
      },
      [`${name}-staff`]: {
        friendlyName: name,
        type: "service",
        permissions: ["joinConversation", "editOwnUserInfo"],
      },
    }),
  },
  label: ["chat_service_sid", "type", "friendly_name"],
  writeLimit: "service",
  hasLookUp: true,
  path: `Services/${IS}/Roles/id`,
};
