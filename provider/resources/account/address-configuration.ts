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
  /** Whether a message to the address creates a conversation, if its sender has none yet. */
  enabled: field({ change: "update", cleared: false }, z.boolean()),
  /**
   * What Twilio does in the new conversation: `default` does nothing, `webhook` adds a webhook, `studio` starts a
   * Studio flow.
   */
  type: choice(["default", "webhook", "studio"], 20001),
  /**
   * SID (IS…) of the Conversations service for the new conversations. Removing it leaves the value on Twilio, which
   * cannot clear it.
   * @default the account's default service
   */
  conversationServiceSid: sid("IS", 50050).optional(),
  /** For type `webhook`, required: absolute URL that Twilio calls. */
  webhookUrl: webhookUrl({ invalid: 20001 }),
  /**
   * For type `webhook`: HTTP method of the requests, `get` or `post`, in either case. Removing it leaves the value on
   * Twilio, which cannot clear it.
   */
  webhookMethod: webhookMethod(["get", "post"]).optional(),
  /**
   * For type `webhook`: events that Twilio sends, at least one, in any order: `onMessageAdded`, `onParticipantRemoved`
   * and so on. An update sends the whole set. Removing it leaves the value on Twilio, which cannot clear it.
   */
  webhookFilters: field(
    { change: "update", same: sameSet },
    webhookFilters(postEventWords, { unknown: 50365 }).optional(),
  ),
  /** For type `studio`, required: SID (FW…) of the Studio flow. */
  studioFlowSid: sid("FW", 50367),
  /**
   * For type `studio`: how often Twilio retries the flow, 0 or more. Removing it leaves the value on Twilio, which
   * cannot clear it.
   */
  studioRetryCount: count(20001).optional(),
};

const fields = {
  /**
   * The channel: `sms`, `whatsapp`, `messenger`, `gbm`, `email`, `rcs`, `apple` or `chat`. Changing it replaces the
   * address configuration.
   */
  type: field({ change: "replace", same: sameWord }, choiceOfAnyCase(TYPES, 20001)),
  /**
   * Your address that people write to, 1 to 256 characters, in Twilio's form for the channel: `+14155550100`,
   * `whatsapp:+14155550100`, `support@example.com` and so on. An account configures each address once. Changing it
   * replaces the address configuration.
   */
  address: field({ change: "replace" }, text(256, { empty: 20001, long: 20001 })),
  /** Country of a short code: ISO 3166-1 alpha-2, such as `GB`. Changing it replaces the address configuration. */
  addressCountry: field({ change: "replace" }, country().optional()),
  /** Human-readable name, 1 to 256 characters. */
  friendlyName: field({ change: "update", cleared: "" }, text(256, { long: 50003 }).optional()),
  /**
   * What Twilio does with a message that belongs to no conversation. Declare the fields that its `type` allows, and no
   * others. Removing the group switches auto-creation off; Twilio keeps the other values, which then have no effect.
   * @default Twilio creates no conversation
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
    // Twilio documents no code for a configured address, so it may be the code for any bad value.
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

/** Problems of the address in the form of its channel. An address that Twilio accepted before has none. */
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
/** Takes every member, so that the compiler reports what does not suit the declared type. */
type LaterAutoCreation = Having<
  Partial<ArgsOf<AutoCreation>>,
  { type: Later<"default" | "webhook" | "studio">; enabled: pulumi.Input<boolean> }
>;

type AutoCreationArgs = LaterAutoCreation | PlainAutoCreation | WebhookAutoCreation | StudioAutoCreation;

/** Arguments of an {@link AddressConfiguration}: each type of auto-creation with its fields. */
export type AddressConfigurationArgs = ArgsOf<
  typeof fields,
  { autoCreation: pulumi.Input<AutoCreationArgs | undefined> }
> &
  AccountObjectArgs;

/** Auto-creation of conversations, as Twilio returns it. */
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
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(addressConfiguration.type);
  static override readonly isInstance = instanceTest<AddressConfiguration>(AddressConfiguration.__pulumiType);
  /** The channel, in the program's spelling. */
  declare readonly type: pulumi.Output<string>;
  /** Your address that people write to. */
  declare readonly address: pulumi.Output<string>;
  /** Country of a short code (ISO 3166-1 alpha-2). */
  declare readonly addressCountry: pulumi.Output<string | undefined>;
  /** Human-readable name. */
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  /** What Twilio does with a message that belongs to no conversation. */
  declare readonly autoCreation: pulumi.Output<AutoCreationSettings | undefined>;

  constructor(name: string, args: AddressConfigurationArgs, opts?: pulumi.CustomResourceOptions) {
    super(addressConfiguration, name, args, opts);
  }
}
