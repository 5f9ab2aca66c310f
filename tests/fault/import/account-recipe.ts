import fc from "fast-check";
import type { RowPrefix } from "../../../simulator/control/rows";
import { type ConversationRecipe, conversations } from "./conversation-recipe";
import {
  type Form,
  filters,
  flag,
  flow,
  form,
  method,
  phone,
  place,
  roleOf,
  several,
  some,
  timer,
  url,
} from "./forms";
import { attributes, oddName } from "./odd-names";

export interface ServiceRecipe {
  readonly form: Form;
  readonly roles: readonly Form[];
  /** Roles whose permissions change, by their place among all of the service. */
  readonly changedRoles: readonly { readonly place: number; readonly form: Form }[];
  readonly users: readonly Form[];
  readonly configuration: Form;
  readonly notifications: Form;
  readonly webhooks: Form;
  readonly conversations: readonly ConversationRecipe[];
}

/** What somebody's program has stored that the API of today would not take, or takes under no name of ours. */
export interface Oddity {
  readonly prefix: RowPrefix;
  readonly place: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface AccountRecipe {
  readonly services: readonly [ServiceRecipe, ...ServiceRecipe[]];
  readonly configuration: Form;
  readonly webhooks: Form;
  readonly addresses: readonly Form[];
  readonly credentials: readonly Form[];
  readonly oddities: readonly Oddity[];
  /** Which service is the default one in the end, by its place. */
  readonly defaultService: number;
  readonly membersAs: "participants" | "roster";
  readonly userConversations: boolean;
}

/** Where the objects of an account are made. */
export const IN_ACCOUNT = [
  ["addresses", "/Configuration/Addresses"],
  ["credentials", "/Credentials"],
] as const;

const permissions = fc.subarray(["addParticipant", "editOwnMessage", "deleteOwnMessage", "editOwnUserInfo"], {
  minLength: 1,
});
const role = form({
  FriendlyName: oddName(),
  Type: some("conversation", "service"),
  Permission: permissions,
});

const serviceWebhooks = { PreWebhookUrl: url, PostWebhookUrl: url, Filters: filters, Method: method };
const notice = (name: string) => ({
  [`${name}.Enabled`]: flag,
  [`${name}.Template`]: oddName(),
  [`${name}.Sound`]: oddName(),
});

const service: fc.Arbitrary<ServiceRecipe> = fc.record({
  form: form({ FriendlyName: oddName() }),
  roles: several(role, 3),
  changedRoles: several(fc.record({ place, form: form({ Permission: permissions }) }), 1),
  users: several(
    form(
      { Identity: oddName() },
      { FriendlyName: oddName(), Attributes: attributes, RoleSid: roleOf("service") },
    ),
    2,
  ),
  configuration: form(
    {},
    {
      DefaultConversationCreatorRoleSid: roleOf("conversation"),
      DefaultConversationRoleSid: roleOf("conversation"),
      DefaultChatServiceRoleSid: roleOf("service"),
      ReachabilityEnabled: flag,
    },
  ),
  notifications: form(
    {},
    {
      LogEnabled: flag,
      ...notice("NewMessage"),
      "NewMessage.BadgeCountEnabled": flag,
      "NewMessage.WithMedia.Enabled": flag,
      "NewMessage.WithMedia.Template": oddName(),
      ...notice("AddedToConversation"),
      ...notice("RemovedFromConversation"),
    },
  ),
  webhooks: form({}, serviceWebhooks),
  conversations: several(conversations, 3),
});

const address: fc.Arbitrary<Form> = fc
  .tuple(
    fc.oneof(
      form(
        { Type: some("sms"), Address: fc.oneof(phone, some("12345")) },
        { AddressCountry: some("GB", "US") },
      ),
      form({ Type: some("whatsapp"), Address: phone.map((it) => `whatsapp:${it}`) }),
      form({ Type: some("email", "EMAIL"), Address: some("a@example.com", "b@example.com") }),
    ),
    form(
      {},
      {
        FriendlyName: oddName(),
        "AutoCreation.Enabled": flag,
        "AutoCreation.Type": some("webhook", "studio", "default"),
        "AutoCreation.ConversationServiceSid": place.map((at) => `@IS:${at}`),
        "AutoCreation.WebhookUrl": url,
        "AutoCreation.WebhookMethod": method,
        "AutoCreation.WebhookFilters": filters,
        "AutoCreation.StudioFlowSid": flow,
        "AutoCreation.StudioRetryCount": some("0", "3"),
      },
    ),
  )
  .map(([where, what]) => ({ ...where, ...what }));

const credential: fc.Arbitrary<Form> = fc.oneof(
  form(
    { Type: some("apn"), Certificate: some("-----C"), PrivateKey: some("-----P") },
    { FriendlyName: oddName(64), Sandbox: flag },
  ),
  form({ Type: some("gcm"), ApiKey: some("key") }, { FriendlyName: oddName(64), Sandbox: flag }),
  form({ Type: some("fcm"), Secret: some("secret") }, { FriendlyName: oddName(64) }),
);

const half = "half \ud83d";
const oddity: fc.Arbitrary<Oddity> = fc.oneof(
  ...(
    [
      ["CH", { unique_name: "." }],
      ["CH", { unique_name: half }],
      ["CH", { friendly_name: half }],
      ["CH", { attributes: '{"half":"\\ud83d"}' }],
      ["RL", { permissions: ["deleteOwnMesage"] }],
      ["RL", { friendly_name: half }],
      ["US", { friendly_name: half }],
      ["IS", { friendly_name: half }],
      ["WH", { configuration: { url: "https://example.com/", method: "post", filters: ["onMessageSent"] } }],
      ["IG", { friendly_name: half }],
      [
        "IG",
        {
          auto_creation: {
            enabled: true,
            type: "webhook",
            webhook_url: "https://example.com/",
            webhook_filters: ["onMessageSent"],
          },
        },
      ],
      ["CR", { friendly_name: half }],
      ["CR", { sandbox: "True" }],
      ["MB", { attributes: '"half \\ud83d"' }],
    ] as const
  ).map(([prefix, fields]) => place.map((at) => ({ prefix, place: at, fields }))),
);

export const accounts: fc.Arbitrary<AccountRecipe> = fc.record({
  services: fc.tuple(service, several(service, 2)).map(([first, rest]) => [first, ...rest] as const),
  configuration: form(
    {},
    {
      DefaultMessagingServiceSid: some(`MG${"c".repeat(32)}`),
      DefaultInactiveTimer: timer,
      DefaultClosedTimer: timer,
    },
  ),
  webhooks: form({}, { ...serviceWebhooks, Target: some("webhook", "flex") }),
  addresses: several(address, 3),
  credentials: several(credential, 4),
  oddities: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, several(oddity, 3)),
  defaultService: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, place),
  membersAs: fc.constantFrom("participants", "roster"),
  userConversations: fc.boolean(),
}) as fc.Arbitrary<AccountRecipe>;
