import { Configuration, Service } from "../../../provider";
import { configuration } from "../../../provider/resources/account/configuration";
import { sid } from "../drifted";
import { IS, sidOf } from "../sids";
import type { SingletonSpecimen } from "../specimen";
import type { TypeTable } from "../type-table";

const MESSAGING_SERVICE = sid("MG", 1);
const OTHER_MESSAGING_SERVICE = sid("MG", 2);

const specimen: SingletonSpecimen = {
  definition: configuration,
  resource: Configuration,
  scopes: "account",
  prepare: async ({ account }) => {
    await account.post("/Configuration", { DefaultInactiveTimer: "PT1H", DefaultClosedTimer: "PT0S" });
    return { service: await account.service("default"), later: await account.service("later default") };
  },
  declare: (_label, { rows }) => ({
    defaultChatServiceSid: rows["service"]?.sid,
    defaultMessagingServiceSid: MESSAGING_SERVICE,
    defaultInactiveTimer: "PT60M",
    defaultClosedTimer: "P1D",
  }),
  form: ({ rows }) => ({
    DefaultChatServiceSid: rows["service"]?.sid,
    DefaultMessagingServiceSid: MESSAGING_SERVICE,
    DefaultClosedTimer: "P1D",
  }),
  updates: {
    defaultChatServiceSid: ({ rows }) => ({
      value: rows["later"]?.sid,
      form: { DefaultChatServiceSid: rows["later"]?.sid },
    }),
    defaultMessagingServiceSid: () => ({
      value: OTHER_MESSAGING_SERVICE,
      form: { DefaultMessagingServiceSid: OTHER_MESSAGING_SERVICE },
    }),
    defaultInactiveTimer: () => ({ value: "PT2H", form: { DefaultInactiveTimer: "PT2H" } }),
    defaultClosedTimer: () => ({ value: "PT0S", form: { DefaultClosedTimer: "PT0S" } }),
  },
  replacements: {},
  drifts: {
    defaultChatServiceSid: ({ rows }) => ({
      fields: { default_chat_service_sid: rows["service"]?.sid },
      keys: ["defaultChatServiceSid"],
    }),
    defaultMessagingServiceSid: () => ({
      fields: { default_messaging_service_sid: MESSAGING_SERVICE },
      keys: ["defaultMessagingServiceSid"],
    }),
    defaultInactiveTimer: () => ({
      fields: { default_inactive_timer: null },
      keys: ["defaultInactiveTimer"],
    }),
    defaultClosedTimer: () => ({ fields: { default_closed_timer: "PT1H" }, keys: ["defaultClosedTimer"] }),
  },
  withUnknowns: () => (declare) => {
    const parent = declare(Service, "parent", { friendlyName: "parent" });
    declare(Configuration, "unknown", {
      defaultChatServiceSid: parent.id,
      defaultInactiveTimer: parent.id,
    });
  },
};

export const configurationTable: TypeTable = {
  lifecycle: { stack: "settings", specimen },
  everyField: {
    defaultChatServiceSid: IS,
    defaultMessagingServiceSid: sidOf("MG"),
    defaultInactiveTimer: "PT30M",
    defaultClosedTimer: "P1D",
    account: "eu",
  },
  drifted: ({ home, laterService }) => [
    {
      inputs: {
        defaultChatServiceSid: home,
        defaultMessagingServiceSid: sid("MG", 1),
        defaultInactiveTimer: "PT60M",
        defaultClosedTimer: "P1D",
      },
      drifts: {
        defaultChatServiceSid: [laterService],
        defaultMessagingServiceSid: [sid("MG", 2)],
        defaultInactiveTimer: ["PT2H", null],
        defaultClosedTimer: ["PT30H", null],
      },
    },
  ],
  reviewed: [
    {
      needs: "account",
      args: ({ accounts }) => ({
        account: accounts[0],
        defaultMessagingServiceSid: MESSAGING_SERVICE,
        defaultInactiveTimer: "PT60M",
      }),
      updated: () => ({ defaultMessagingServiceSid: OTHER_MESSAGING_SERVICE }),
      dropped: () => ({ defaultInactiveTimer: undefined }),
      drift: () => ({ default_inactive_timer: "PT2H" }),
      followed: () => ({ defaultInactiveTimer: "PT2H" }),
      driftOf: (_row, { account }) => account.account.accountSid,
      replaced: ({ accounts }) => ({ account: accounts[1] }),
    },
  ],
  inEstate: {
    account: ({ name }) => ({
      [name]: { defaultInactiveTimer: "PT12H", defaultMessagingServiceSid: MESSAGING_SERVICE },
    }),
  },
  writeLimit: "none",
  hasLookUp: true,
  path: "Configuration",
};
