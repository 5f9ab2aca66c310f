import { CodedError } from "../rules/errors";
import { flag, text } from "../rules/fields";
import type { Json, JsonObject, NotificationRow } from "../state/rows";
import { write } from "./collection";
import { singleton } from "./singleton";

const template = text(() => 4096, 50058);
const sound = text(() => 256, 50059);

const fields = {
  LogEnabled: flag(),
  "NewMessage.Enabled": flag(),
  "NewMessage.Template": template,
  "NewMessage.Sound": sound,
  "NewMessage.BadgeCountEnabled": flag(),
  "NewMessage.WithMedia.Enabled": flag(),
  "NewMessage.WithMedia.Template": template,
  "AddedToConversation.Enabled": flag(),
  "AddedToConversation.Template": template,
  "AddedToConversation.Sound": sound,
  "RemovedFromConversation.Enabled": flag(),
  "RemovedFromConversation.Template": template,
  "RemovedFromConversation.Sound": sound,
};

/** `NewMessage.WithMedia.Enabled` is stored at `new_message.with_media.enabled`. */
function put(row: JsonObject, name: string, value: Json): void {
  const path = name.split(".").map((part) => part.replace(/(?<=[a-z])[A-Z]/g, "_$&").toLowerCase());
  let place = row;
  for (const part of path.slice(0, -1)) place = place[part] as JsonObject;
  place[path.at(-1) ?? ""] = value;
}

export const notificationRoutes = singleton<NotificationRow>({
  name: "ServiceNotifications",
  scope: "service",
  path: "/Configuration/Notifications",
  find: (call) => {
    const row = call.account.notifications.get(call.service.sid);
    if (!row) throw new CodedError(50050);
    return row;
  },
  update: write(fields, (_call, values, row: NotificationRow) => ({
    row,
    commit: () => {
      for (const [name, value] of Object.entries(values)) put(row, name, value as Json);
    },
  })),
  render: (row, view) => ({ ...row, url: `${view.base}/Configuration/Notifications` }),
});
