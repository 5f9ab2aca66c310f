import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ArgsOf } from "../../core/definition/args";
import { type AccountArgs, inAccount, onePerAccount } from "../../core/definition/common-fields";
import { choice } from "../../core/definition/constraint";
import { defineSingleton } from "../../core/definition/define";
import { field } from "../../core/definition/field";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { AccountSingleton } from "../../core/program/singleton-resource";
import { type EventWord, webhookFields, withoutEmptyFilters } from "../fields/webhook-fields";

const fields = {
  /**
   * Who receives the events: `webhook` for the declared URLs, `flex` for Twilio Flex. Removing it restores the previous
   * value.
   * @default "webhook", set by Twilio
   */
  target: field({ change: "update" }, choice(["webhook", "flex"], 20001).optional()),
};

/** `POST /v1/Configuration/Webhooks`. */
export const webhooks = defineSingleton({
  type: "Webhooks",
  noun: "account webhook configuration",
  twilioPage: "webhook-configuration-resource",
  schema: z.strictObject({ ...webhookFields, ...fields, ...inAccount }),
  outputs: ["accountSid"],
  volatile: [],
  path: () => ["Configuration", "Webhooks"],
  observe: withoutEmptyFilters,
  ...onePerAccount,
});

/** Arguments of {@link Webhooks}. */
export type WebhooksArgs = ArgsOf<typeof webhookFields> & ArgsOf<typeof fields> & AccountArgs;

/**
 * The webhooks of an account, for services without their own. They name the URLs and the events that Twilio sends to
 * them.
 *
 * Twilio keeps them once for each account. Pulumi changes the fields you declare and restores the previous values on
 * destroy. Twilio has no way to clear `filters`: where the account had none, the declared ones stay. Without a URL
 * Twilio sends nothing.
 *
 * @example
 * ```ts
 * new Webhooks("account", { postWebhookUrl: "https://example.com/events", filters: ["onMessageAdded"] });
 * ```
 */
export class Webhooks extends AccountSingleton {
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(webhooks.type);
  static override readonly isInstance = instanceTest<Webhooks>(Webhooks.__pulumiType);
  /** URL that Twilio calls before an event. */
  declare readonly preWebhookUrl: pulumi.Output<string | undefined>;
  /** URL that Twilio calls after an event. */
  declare readonly postWebhookUrl: pulumi.Output<string | undefined>;
  /** Events that Twilio sends. */
  declare readonly filters: pulumi.Output<EventWord[] | undefined>;
  /** HTTP method of the requests. */
  declare readonly method: pulumi.Output<"GET" | "POST" | "get" | "post" | undefined>;
  /** Who receives the events: `webhook` or `flex`. */
  declare readonly target: pulumi.Output<"webhook" | "flex" | undefined>;

  constructor(name: string, args: WebhooksArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(webhooks, name, args, opts);
  }
}
