import { CodedError } from "../rules/errors";
import { type Field, textList } from "../rules/fields";
import type { View } from "../rules/world";
import type { BindingRow, JsonObject, ServiceRow } from "../state/rows";
import { collection, listing } from "./collection";

const words: ReadonlySet<string> = new Set(["apn", "gcm", "fcm", "twilsock"]);

const bindingTypes: Field<string[]> = {
  many: true,
  read: (texts) => {
    if (texts.some((text) => !words.has(text))) throw new CodedError(50209);
    return [...texts];
  },
};

const listFilters = { BindingType: bindingTypes, Identity: textList() };

export function renderBinding({ order: _order, ...row }: BindingRow, view: View): JsonObject {
  return { ...row, message_types: [...row.message_types], url: `${view.base}/Bindings/${row.sid}` };
}

/** Twilio's client SDKs create push bindings; here a seed does. The API only reads and deletes them. */
export const bindingRoutes = collection<ServiceRow, BindingRow>({
  name: "Binding",
  scope: "service",
  path: "/Bindings",
  key: "bindings",
  pageSize: { default: 50, max: 100 },
  parent: (call) => call.service,
  find: (call, service, id) => {
    const row = call.account.bindings.get(id);
    return row?.chat_service_sid === service.sid ? row : undefined;
  },
  list: listing(listFilters, (call, { BindingType, Identity }, service: ServiceRow) => {
    const rows = call.account.bindings
      .inGroup(service.sid)
      .filter((row) => BindingType?.includes(row.binding_type) ?? true)
      .filter((row) => Identity?.includes(row.identity) ?? true);
    return { rows };
  }),
  remove: (call, row) => ({ row, commit: () => call.account.bindings.remove(row) }),
  render: renderBinding,
});
