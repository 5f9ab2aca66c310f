import { Service, ServiceNotifications } from "../../../provider";
import { serviceNotifications } from "../../../provider/resources/service/service-notifications";
import type { SingletonSpecimen } from "../specimen";

export const serviceNotificationsSpecimen: SingletonSpecimen = {
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
