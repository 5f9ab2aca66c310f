import { ApiError, CodedError } from "../rules/errors";
import {
  choice,
  choiceOfAnyCase,
  type Field,
  flag,
  integer,
  sidText,
  text,
  type Values,
} from "../rules/fields";
import { refuseConfigured } from "../rules/members/addresses";
import { filterList, postEventWords, webhookUrl } from "../rules/webhook-fields";
import type { Call, Plan, View } from "../rules/world";
import type { AddressRow, JsonObject } from "../state/rows";
import { collection, listing, write } from "./collection";

const types = ["sms", "whatsapp", "messenger", "gbm", "email", "rcs", "apple", "chat"] as const;

const updateFields = {
  FriendlyName: text((limits) => limits.friendlyNameChars, 50003),
  "AutoCreation.Enabled": flag(),
  "AutoCreation.Type": choice(["webhook", "studio", "default"]),
  "AutoCreation.ConversationServiceSid": sidText("IS"),
  "AutoCreation.WebhookUrl": webhookUrl(20001),
  "AutoCreation.WebhookMethod": choiceOfAnyCase(["GET", "POST"], 50055),
  "AutoCreation.WebhookFilters": filterList(postEventWords, 50365),
  "AutoCreation.StudioFlowSid": sidText("FW", 50367),
  "AutoCreation.StudioRetryCount": integer(),
};
/** Accepts any case and echoes the spelling as sent, by Twilio's own example. */
const typeText: Field<string> = {
  many: false,
  read: ([text = ""], name, call) => {
    choiceOfAnyCase(types).read([text], name, call);
    return text;
  },
};

const createFields = {
  Type: typeText,
  Address: text((limits) => limits.addressChars),
  AddressCountry: text(),
  ...updateFields,
};

const names: readonly [keyof typeof updateFields, string][] = [
  ["AutoCreation.Enabled", "enabled"],
  ["AutoCreation.Type", "type"],
  ["AutoCreation.ConversationServiceSid", "conversation_service_sid"],
  ["AutoCreation.WebhookUrl", "webhook_url"],
  ["AutoCreation.WebhookMethod", "webhook_method"],
  ["AutoCreation.WebhookFilters", "webhook_filters"],
  ["AutoCreation.StudioFlowSid", "studio_flow_sid"],
  ["AutoCreation.StudioRetryCount", "studio_retry_count"],
];

/** A field never set is absent. */
function autoCreation(call: Call, values: Values<typeof updateFields>, before: JsonObject): JsonObject {
  const after: JsonObject = { ...before };
  for (const [name, key] of names) {
    const value = values[name];
    if (value !== undefined) after[key] = value;
  }
  const service = after["conversation_service_sid"];
  if (typeof service === "string" && !call.account.services.get(service)) {
    throw new CodedError(20001, "AutoCreation.ConversationServiceSid names no service");
  }
  if (after["type"] === "webhook" && after["enabled"] === true && !after["webhook_url"]) {
    throw new CodedError(20001, "AutoCreation.WebhookUrl is missing");
  }
  if (after["type"] === "studio" && !after["studio_flow_sid"]) {
    throw new CodedError(20001, "AutoCreation.StudioFlowSid is missing");
  }
  return after;
}

function planCreate(call: Call, values: Values<typeof createFields>): Plan {
  const { account } = call;
  if (values.Type === undefined) throw new CodedError(20001, "Type is missing");
  if (!values.Address) throw new CodedError(20001, "Address is missing");
  refuseConfigured(values.Address, values.Type.toLowerCase(), 20001);
  const country = values.AddressCountry;
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) throw new CodedError(20001, "AddressCountry");
  if (account.addresses.having("address", values.Address).length > 0) {
    // The dictionary names no code for this; 409 goes with the generic one.
    throw new ApiError(20001, "An address configuration for this address already exists", 409);
  }
  const now = call.clock.nowText();
  const row: AddressRow = {
    sid: call.newSid("IG"),
    order: 0,
    account_sid: account.account.accountSid,
    type: values.Type,
    address: values.Address,
    friendly_name: values.FriendlyName ?? null,
    address_country: country ?? null,
    auto_creation: autoCreation(call, values, { enabled: false, type: "default" }),
    date_created: now,
    date_updated: now,
  };
  return { row, commit: () => account.addresses.insert(row) };
}

function planUpdate(call: Call, values: Values<typeof updateFields>, row: AddressRow): Plan {
  const fields: Partial<AddressRow> = {
    auto_creation: autoCreation(call, values, row.auto_creation),
    date_updated: call.clock.nowText(),
  };
  if (values.FriendlyName !== undefined) fields.friendly_name = values.FriendlyName || null;
  return { row, commit: () => call.account.addresses.patch(row, fields) };
}

export function renderAddress({ order: _order, ...row }: AddressRow, view: View): JsonObject {
  return {
    ...row,
    auto_creation: { ...row.auto_creation },
    url: `${view.base}/Configuration/Addresses/${row.sid}`,
  };
}

const listFilters = { Type: choiceOfAnyCase(types) };

export const addressConfigurationRoutes = collection<undefined, AddressRow>({
  name: "AddressConfiguration",
  scope: "account",
  path: "/Configuration/Addresses",
  key: "address_configurations",
  pageSize: { default: 50, max: 50 },
  parent: () => undefined,
  find: (call, _account, id) =>
    call.account.addresses.get(id) ?? call.account.addresses.having("address", id)[0],
  list: listing(listFilters, (call, { Type }) => {
    const rows = call.account.addresses.inGroup("");
    return { rows: Type === undefined ? rows : rows.filter((row) => row.type.toLowerCase() === Type) };
  }),
  create: write(createFields, planCreate),
  update: write(updateFields, planUpdate),
  remove: (call, row) => ({ row, commit: () => call.account.addresses.remove(row) }),
  render: renderAddress,
});
