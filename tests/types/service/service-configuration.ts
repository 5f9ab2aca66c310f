import { Service, ServiceConfiguration } from "../../../provider";
import { serviceConfiguration } from "../../../provider/resources/service/service-configuration";
import type { TwilioAccount } from "../../support/twilio-account";
import { IS, RL } from "../sids";
import type { SingletonSpecimen, Surroundings } from "../specimen";
import type { TypeTable } from "../type-table";

async function serviceRole(account: TwilioAccount, friendlyName: string, servicePath: string) {
  const form = { FriendlyName: friendlyName, Type: "service", Permission: ["createConversation"] };
  return account.post(`${servicePath}/Roles`, form);
}

const roleIn = ({ rows }: Surroundings, name: string) => rows[name]?.sid;

const specimen: SingletonSpecimen = {
  definition: serviceConfiguration,
  resource: ServiceConfiguration,
  scopes: "own",
  prepare: async ({ account, servicePath }) => {
    const otherService = await account.service("another");
    const otherPath = `/Services/${otherService.sid}`;
    return {
      otherService,
      owner: await account.role("owner", servicePath),
      agent: await account.role("agent", servicePath),
      lead: await account.role("lead", servicePath),
      worker: await serviceRole(account, "worker", servicePath),
      manager: await serviceRole(account, "manager", servicePath),
      agentThere: await account.role("agent", otherPath),
      leadThere: await account.role("lead", otherPath),
      workerThere: await serviceRole(account, "worker", otherPath),
      managerThere: await serviceRole(account, "manager", otherPath),
    };
  },
  declare: (_label, surroundings) => ({
    defaultConversationCreatorRoleSid: roleIn(surroundings, "owner"),
    defaultConversationRoleSid: roleIn(surroundings, "agent"),
    defaultChatServiceRoleSid: roleIn(surroundings, "worker"),
    reachabilityEnabled: false,
  }),
  form: (surroundings) => ({
    DefaultConversationCreatorRoleSid: roleIn(surroundings, "owner"),
    DefaultConversationRoleSid: roleIn(surroundings, "agent"),
    DefaultChatServiceRoleSid: roleIn(surroundings, "worker"),
  }),
  updates: {
    defaultConversationCreatorRoleSid: (surroundings) => ({
      value: roleIn(surroundings, "lead"),
      form: { DefaultConversationCreatorRoleSid: roleIn(surroundings, "lead") },
    }),
    defaultConversationRoleSid: (surroundings) => ({
      value: roleIn(surroundings, "lead"),
      form: { DefaultConversationRoleSid: roleIn(surroundings, "lead") },
    }),
    defaultChatServiceRoleSid: (surroundings) => ({
      value: roleIn(surroundings, "manager"),
      form: { DefaultChatServiceRoleSid: roleIn(surroundings, "manager") },
    }),
    reachabilityEnabled: () => ({ value: true, form: { ReachabilityEnabled: "true" } }),
  },
  replacements: {
    serviceSid: (_label, surroundings) => ({
      with: {
        serviceSid: roleIn(surroundings, "otherService"),
        defaultConversationCreatorRoleSid: roleIn(surroundings, "agentThere"),
        defaultConversationRoleSid: roleIn(surroundings, "agentThere"),
        defaultChatServiceRoleSid: roleIn(surroundings, "workerThere"),
      },
    }),
  },
  drifts: {
    defaultConversationCreatorRoleSid: (surroundings) => ({
      fields: { default_conversation_creator_role_sid: roleIn(surroundings, "leadThere") },
      keys: ["defaultConversationCreatorRoleSid"],
    }),
    defaultConversationRoleSid: (surroundings) => ({
      fields: { default_conversation_role_sid: roleIn(surroundings, "leadThere") },
      keys: ["defaultConversationRoleSid"],
    }),
    defaultChatServiceRoleSid: (surroundings) => ({
      fields: { default_chat_service_role_sid: roleIn(surroundings, "managerThere") },
      keys: ["defaultChatServiceRoleSid"],
    }),
    reachabilityEnabled: () => ({ fields: { reachability_enabled: false }, keys: ["reachabilityEnabled"] }),
  },
  withUnknowns: () => (declare) => {
    const parent = declare(Service, "parent", { friendlyName: "parent" });
    declare(ServiceConfiguration, "unknown", {
      serviceSid: parent.id,
      defaultConversationRoleSid: parent.id,
      reachabilityEnabled: true,
    });
  },
};

export const serviceConfigurationTable: TypeTable = {
  lifecycle: { stack: "settings", specimen },
  everyField: {
    defaultConversationCreatorRoleSid: RL,
    defaultConversationRoleSid: RL,
    defaultChatServiceRoleSid: RL,
    reachabilityEnabled: true,
    serviceSid: IS,
    account: "eu",
  },
  drifted: ({ home, agent, lead, clerk, manager }) => [
    {
      inputs: {
        serviceSid: home,
        defaultConversationCreatorRoleSid: agent,
        defaultConversationRoleSid: agent,
        defaultChatServiceRoleSid: clerk,
        reachabilityEnabled: true,
      },
      drifts: {
        defaultConversationCreatorRoleSid: [lead],
        defaultConversationRoleSid: [lead],
        defaultChatServiceRoleSid: [manager],
        reachabilityEnabled: [false],
      },
    },
  ],
  reviewed: [
    {
      needs: "service",
      args: ({ sids }) => ({
        serviceSid: sids["service"],
        defaultConversationRoleSid: sids["agent"],
        reachabilityEnabled: true,
      }),
      updated: () => ({ reachabilityEnabled: false }),
      dropped: () => ({ reachabilityEnabled: undefined }),
      drift: ({ sids }) => ({ default_conversation_role_sid: sids["lead"] }),
      followed: ({ sids }) => ({ defaultConversationRoleSid: sids["lead"] }),
      driftOf: (_row, { sids }) => String(sids["service"]),
      replaced: ({ sids }) => ({
        serviceSid: sids["elsewhere"],
        defaultConversationRoleSid: sids["foreigner"],
      }),
    },
  ],
  inEstate: {
    district: ({ name, serviceSid, agentSid }) => ({
      [`${name}-configuration`]: {
        serviceSid,
        defaultConversationRoleSid: agentSid,
        reachabilityEnabled: true,
      },
    }),
  },
  writeLimit: "none",
  hasLookUp: false,
  path: `Services/${IS}/Configuration`,
};
