import { Service, ServiceNotifications } from "../../../provider";
import type { Json } from "../../../provider/core/json";
import { serviceNotifications } from "../../../provider/resources/service/service-notifications";
import { IS } from "../sids";
import type { SingletonSpecimen } from "../specimen";
import type { TypeTable } from "../type-table";

const specimen: SingletonSpecimen = {
  definition: serviceNotifications,
  resource: ServiceNotifications,
  scopes: "own",
  prepare: async ({ account, servicePath }) => {
    await account.post(`${servicePath}/Configuration/Notifications`, {
      "NewMessage.Sound": "ring",
      "AddedToConversation.Enabled": "true",
      "RemovedFromConversation.Template": "goodbye",
    });
    return { otherService: await account.service("another") };
  },
  declare: () => ({
    logEnabled: true,
    newMessage: { enabled: true, sound: "ping", withMedia: { enabled: true, template: "a picture" } },
    addedToConversation: { enabled: true, template: "welcome" },
    removedFromConversation: { enabled: true, sound: "" },
  }),
  form: () => ({
    LogEnabled: "true",
    "NewMessage.Enabled": "true",
    "NewMessage.Sound": "ping",
    "NewMessage.WithMedia.Enabled": "true",
    "NewMessage.WithMedia.Template": "a picture",
    "AddedToConversation.Template": "welcome",
    "RemovedFromConversation.Enabled": "true",
  }),
  updates: {
    logEnabled: () => ({ value: false, form: { LogEnabled: "false" } }),
    newMessage: () => ({
      value: { enabled: true, badgeCountEnabled: true, withMedia: { enabled: true, template: "a file" } },
      form: {
        "NewMessage.Sound": "ring",
        "NewMessage.BadgeCountEnabled": "true",
        "NewMessage.WithMedia.Template": "a file",
      },
    }),
    addedToConversation: () => ({
      value: { enabled: false, template: "welcome" },
      form: { "AddedToConversation.Enabled": "false" },
    }),
    removedFromConversation: () => ({
      value: { enabled: true, sound: "bell" },
      form: { "RemovedFromConversation.Sound": "bell" },
    }),
  },
  replacements: { serviceSid: (_label, { rows }) => rows["otherService"]?.sid },
  drifts: {
    logEnabled: () => ({ fields: { log_enabled: true }, keys: ["logEnabled"] }),
    newMessage: () => ({
      fields: {
        new_message: {
          enabled: true,
          template: "",
          sound: "",
          badge_count_enabled: true,
          with_media: { enabled: false, template: "a file" },
        },
      },
      keys: ["newMessage.withMedia.enabled"],
    }),
    addedToConversation: () => ({
      fields: { added_to_conversation: { enabled: false, template: "changed", sound: "" } },
      keys: ["addedToConversation.template"],
    }),
    removedFromConversation: () => ({
      fields: { removed_from_conversation: { enabled: true, template: "", sound: "changed" } },
      keys: ["removedFromConversation.sound"],
    }),
  },
  withUnknowns: () => (declare) => {
    const parent = declare(Service, "parent", { friendlyName: "parent" });
    declare(ServiceNotifications, "unknown", {
      serviceSid: parent.id,
      newMessage: { template: parent.id, withMedia: { template: parent.id } },
    });
  },
};

const EVERY_NOTIFICATION = {
  logEnabled: true,
  newMessage: {
    enabled: true,
    template: "a message",
    sound: "ring",
    badgeCountEnabled: true,
    withMedia: { enabled: true, template: "a picture" },
  },
  addedToConversation: { enabled: true, template: "welcome", sound: "ring" },
  removedFromConversation: { enabled: true, template: "goodbye", sound: "ring" },
};

export const serviceNotificationsTable: TypeTable = {
  lifecycle: { stack: "settings", specimen },
  everyField: { ...EVERY_NOTIFICATION, serviceSid: IS, account: "eu" },
  drifted: ({ service }) => [
    {
      inputs: {
        serviceSid: service,
        ...EVERY_NOTIFICATION,
      },
      drifts: {
        logEnabled: [false],
        ...group("newMessage", { ...text, enabled: [false], badgeCountEnabled: [false] }),
        ...group("newMessage.withMedia", { enabled: [false], template: ["changed", ""] }),
        ...group("addedToConversation", { ...text, enabled: [false] }),
        ...group("removedFromConversation", { ...text, enabled: [false] }),
      },
    },
  ],
  reviewed: [
    {
      needs: "service",
      args: ({ sids }) => ({
        serviceSid: sids["service"],
        logEnabled: true,
        newMessage: { enabled: true, template: "first", sound: "ring" },
      }),
      updated: () => ({ newMessage: { enabled: true, template: "second", sound: "ring" } }),
      dropped: () => ({ newMessage: { enabled: true, template: "first" } }),
      drift: () => ({
        new_message: {
          enabled: true,
          template: "third",
          sound: "ring",
          badge_count_enabled: true,
          with_media: { enabled: false, template: "" },
        },
      }),
      followed: () => ({ newMessage: { enabled: true, template: "third", sound: "ring" } }),
      driftOf: (_row, { sids }) => String(sids["service"]),
      replaced: ({ sids }) => ({ serviceSid: sids["elsewhere"] }),
    },
  ],
  inEstate: {
    district: ({ name, serviceSid }) => ({
      [`${name}-notifications`]: {
        serviceSid,
        newMessage: { enabled: true, template: `a message in ${name}` },
      },
    }),
  },
  writeLimit: "none",
  hasLookUp: false,
  path: `Services/${IS}/Configuration/Notifications`,
};

/** How each text of a notification can come to be another. */
const text = { template: ["changed", ""], sound: ["changed", ""] };

function group(name: string, rows: Record<string, readonly Json[]>): Record<string, readonly Json[]> {
  return Object.fromEntries(Object.entries(rows).map(([member, values]) => [`${name}.${member}`, values]));
}
