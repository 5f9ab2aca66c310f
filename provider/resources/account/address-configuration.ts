import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ArgsOf, Having, Later } from "../../core/definition/args";
import { type AccountObjectArgs, everyAccountObject } from "../../core/definition/common-fields";
import {
  choice,
  choiceOfAnyCase,
  constrained,
  count,
  sameWord,
  text,
} from "../../core/definition/constraint";
import { define } from "../../core/definition/define";
import { field } from "../../core/definition/field";
import { isSid, sid } from "../../core/definition/sid";
import { isUnknown } from "../../core/engine-transport";
import { isObject, type JsonObject, sameSet } from "../../core/json";
import type { Problem } from "../../core/problem";
import { AccountObject } from "../../core/program/object-resource";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { isPathSegment } from "../../http/path";
import { configuredFinding } from "../fields/address";
import { type Variants, variantProblems } from "../fields/variant";
import { postEventWords, webhookFilters, webhookMethod, webhookUrl } from "../fields/webhook-fields";

const TYPES = ["sms", "whatsapp", "messenger", "gbm", "email", "rcs", "apple", "chat"] as const;

const autoCreationFields = {
  /** Whether a message to the address creates a conversation, where its sender has none. */
  enabled: field({ change: "update", cleared: false }, z.boolean()),
  /** What Twilio adds to the new conversation: `default`, nothing; `webhook`, a webhook; `studio`, a Studio flow. */
  type: choice(["default", "webhook", "studio"], 20001),
  /**
   * SID (IS…) of the Conversations service for the new conversations. Twilio cannot clear it.
   * @default the account's default service
   */
  conversationServiceSid: sid("IS", 50050).optional(),
  /** For type `webhook`: the absolute URL to call. */
  webhookUrl: webhookUrl({ invalid: 20001 }),
  /** For type `webhook`: the method of the requests, `get` or `post`, in either case. Twilio cannot clear it. */
  webhookMethod: webhookMethod(["get", "post"]).optional(),
  /**
   * For type `webhook`: the events, in any order, at least one: `onMessageAdded`, `onParticipantRemoved` and so on.
   * An update sends the whole set. Twilio cannot clear it.
   */
  webhookFilters: field(
    { change: "update", same: sameSet },
    webhookFilters(postEventWords, { unknown: 50365 }).optional(),
  ),
  /** For type `studio`: SID (FW…) of the Studio flow to start. */
  studioFlowSid: sid("FW", 50367),
  /** For type `studio`: how often Twilio retries the flow, 0 or more. Twilio cannot clear it. */
  studioRetryCount: count(20001).optional(),
};

const fields = {
  /**
   * The channel: `sms`, `whatsapp`, `messenger`, `gbm`, `email`, `rcs`, `apple` or `chat`. Changing it replaces the
   * address configuration.
   */
  type: field({ change: "replace", same: sameWord }, choiceOfAnyCase(TYPES, 20001)),
  /**
   * Your address that people write to, in Twilio's form for the channel: `+14155550100`, `whatsapp:+14155550100`,
   * `support@example.com` and so on; 1 to 256 characters, once in an account. Changing it replaces the address
   * configuration.
   */
  address: field({ change: "replace" }, text(256, { empty: 20001, long: 20001 })),
  /**
   * The country of a short code: ISO 3166-1 alpha-2, such as `GB`. Changing it replaces the address configuration.
   */
  addressCountry: field({ change: "replace" }, country().optional()),
  /** Name for people, 1 to 256 characters. */
  friendlyName: field({ change: "update", cleared: "" }, text(256, { long: 50003 }).optional()),
  /**
   * What Twilio does with a message that belongs to no conversation: `type`, and the fields of that type only.
   * Removing it switches auto-creation off; the other values stay on Twilio without effect.
   * @default nothing happens, as Twilio sets it
   */
  autoCreation: field(
    { change: "update" },
    z.strictObject(autoCreationFields).partial({ webhookUrl: true, studioFlowSid: true }).optional(),
  ),
};

function country() {
  return constrained(z.string(), (value) =>
    /^[A-Z]{2}$/.test(value)
      ? undefined
      : { message: "is no ISO 3166-1 alpha-2 code", twilioCode: 20001, hint: "Write it as GB." },
  );
}

/** `POST /v1/Configuration/Addresses`. */
export const addressConfiguration = define({
  type: "AddressConfiguration",
  noun: "address configuration",
  twilioPage: "address-configuration-resource",
  sidPrefix: "IG",
  schema: z.strictObject({ ...fields, ...everyAccountObject }),
  outputs: ["accountSid", "dateCreated", "dateUpdated"],
  volatile: ["dateUpdated"],
  path: () => ["Configuration", "Addresses"],
  isLookedUp: true,
  listKey: "address_configurations",
  pageSize: 50,
  rules: problems,
  naturalKey: {
    enforced: true,
    // Twilio documents no code for an address that is configured already; it may be the general one for a bad value.
    existsCodes: [20001],
    alias: ({ address }) =>
      typeof address === "string" && !isSid("IG", address) && isPathSegment(address) ? address : undefined,
    matches: (inputs, live) =>
      sameWord(live["type"], inputs["type"]) && live["address"] === inputs["address"],
    fields: ["type", "address"],
  },
});

const EVERY_TYPE = ["type", "enabled", "conversationServiceSid"] as const;
const VARIANTS: Variants = new Map([
  ["default", { needs: {}, takes: EVERY_TYPE }],
  [
    "webhook",
    { needs: { webhookUrl: undefined }, takes: [...EVERY_TYPE, "webhookMethod", "webhookFilters"] },
  ],
  ["studio", { needs: { studioFlowSid: undefined }, takes: [...EVERY_TYPE, "studioRetryCount"] }],
]);

function problems(inputs: JsonObject, _creating: boolean, olds: JsonObject): Problem[] {
  const { autoCreation } = inputs;
  const type = isObject(autoCreation) ? autoCreation["type"] : undefined;
  return [
    ...variantProblems(VARIANTS, ["type", type], ["autoCreation", autoCreation]),
    ...formProblems(inputs, olds),
  ];
}

/** The error of an address by the form of its channel. An address that Twilio has accepted is right. */
function formProblems({ type, address }: JsonObject, olds: JsonObject): Problem[] {
  if (typeof type !== "string" || typeof address !== "string" || isUnknown(type) || isUnknown(address))
    return [];
  if (sameWord(olds["type"], type) && olds["address"] === address) return [];
  const finding = configuredFinding(type.toLowerCase(), address);
  return finding === undefined ? [] : [{ path: "address", twilioCode: 20001, ...finding }];
}

type AutoCreation = typeof autoCreationFields;
type AutoCreationFor<Type, Members extends keyof AutoCreation = never> = ArgsOf<
  Pick<AutoCreation, (typeof EVERY_TYPE)[number] | Members>,
  { type: Type }
>;
type PlainAutoCreation = AutoCreationFor<"default">;
type WebhookAutoCreation = AutoCreationFor<"webhook", "webhookUrl" | "webhookMethod" | "webhookFilters">;
type StudioAutoCreation = AutoCreationFor<"studio", "studioFlowSid" | "studioRetryCount">;
/** Accepts every field, so that the compiler names the ones that do not suit the given type. */
type LaterAutoCreation = Having<
  Partial<ArgsOf<AutoCreation>>,
  { type: Later<"default" | "webhook" | "studio">; enabled: pulumi.Input<boolean> }
>;

type AutoCreationArgs = LaterAutoCreation | PlainAutoCreation | WebhookAutoCreation | StudioAutoCreation;

/** The arguments of an {@link AddressConfiguration}: each type of auto-creation with its fields. */
export type AddressConfigurationArgs = ArgsOf<
  typeof fields,
  { autoCreation: pulumi.Input<AutoCreationArgs | undefined> }
> &
  AccountObjectArgs;

/** What Twilio does with a message that belongs to no conversation, as Twilio returns it. */
export interface AutoCreationSettings {
  readonly enabled?: boolean;
  readonly type?: string;
  readonly conversationServiceSid?: string;
  readonly webhookUrl?: string;
  readonly webhookMethod?: string;
  readonly webhookFilters?: string[];
  readonly studioFlowSid?: string;
  readonly studioRetryCount?: number;
}

/**
 * What Twilio does when somebody writes to your address. It concerns messages that belong to no conversation yet:
 * Twilio ignores them, or creates a conversation for them, with a webhook or a Studio flow in it.
 *
 * `friendlyName` and `autoCreation` change in place; `type`, `address` and `addressCountry` replace. An address has
 * one configuration in an account. Twilio deletes it when the account releases the number.
 *
 * @example
 * ```ts
 * new AddressConfiguration("support-number", {
 *   type: "sms",
 *   address: "+14155550100",
 *   friendlyName: "support",
 *   autoCreation: { enabled: true, type: "studio", studioFlowSid: "FW0123456789abcdef0123456789abcdef" },
 * });
 * ```
 */
export class AddressConfiguration extends AccountObject {
  /** The type token, for policy packs and mocks. */
  static readonly __pulumiType = typeToken(addressConfiguration.type);
  static override readonly isInstance = instanceTest<AddressConfiguration>(AddressConfiguration.__pulumiType);
  /** The channel, as the program writes it. */
  declare readonly type: pulumi.Output<string>;
  /** The address that people write to. */
  declare readonly address: pulumi.Output<string>;
  /** The country of a short code. */
  declare readonly addressCountry: pulumi.Output<string | undefined>;
  /** Name for people. */
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  /** What Twilio does with a message that belongs to no conversation. */
  declare readonly autoCreation: pulumi.Output<AutoCreationSettings | undefined>;

  constructor(name: string, args: AddressConfigurationArgs, opts?: pulumi.CustomResourceOptions) {
    super(addressConfiguration, name, args, opts);
  }
}
