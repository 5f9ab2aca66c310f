import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ArgsOf } from "../../core/definition/args";
import {
  type AccountArgs,
  inAccount,
  inOneService,
  type OneServiceArgs,
  onePerService,
} from "../../core/definition/common-fields";
import { defineSingleton } from "../../core/definition/define";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { ServiceSingleton } from "../../core/program/singleton-resource";
import { type EventWord, webhookFields, withoutEmptyFilters } from "../fields/webhook-fields";

/** `POST /v1/Services/{ChatServiceSid}/Configuration/Webhooks`. */
export const serviceWebhooks = defineSingleton({
  type: "ServiceWebhooks",
  noun: "webhook configuration",
  twilioPage: "per-service-webhook-resource",
  schema: z.strictObject({ ...webhookFields, ...inOneService, ...inAccount }),
  outputs: ["accountSid"],
  volatile: [],
  path: () => ["Configuration", "Webhooks"],
  observe: withoutEmptyFilters,
  ...onePerService,
});

/** Arguments of {@link ServiceWebhooks}. */
export type ServiceWebhooksArgs = ArgsOf<typeof webhookFields> & OneServiceArgs & AccountArgs;

/**
 * The webhooks of a service. They name the URLs and the events that Twilio sends to them.
 *
 * Twilio keeps them once for each service. Pulumi changes the fields you declare and restores the previous values on
 * destroy. Twilio has no way to clear `filters` and `method`: where the service had none, the declared ones stay.
 * Without a URL Twilio sends nothing.
 *
 * @example
 * ```ts
 * new ServiceWebhooks("production", {
 *   serviceSid: production.id,
 *   postWebhookUrl: "https://example.com/events",
 *   filters: ["onMessageAdded", "onParticipantRemoved"],
 * });
 * ```
 */
export class ServiceWebhooks extends ServiceSingleton {
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(serviceWebhooks.type);
  static override readonly isInstance = instanceTest<ServiceWebhooks>(ServiceWebhooks.__pulumiType);
  /** SID (IS…) of the service. */
  declare readonly serviceSid: pulumi.Output<string>;
  /** URL that Twilio calls before an event. */
  declare readonly preWebhookUrl: pulumi.Output<string | undefined>;
  /** URL that Twilio calls after an event. */
  declare readonly postWebhookUrl: pulumi.Output<string | undefined>;
  /** Events that Twilio sends. */
  declare readonly filters: pulumi.Output<EventWord[] | undefined>;
  /** HTTP method of the requests. */
  declare readonly method: pulumi.Output<"GET" | "POST" | "get" | "post" | undefined>;

  constructor(name: string, args: ServiceWebhooksArgs, opts?: pulumi.CustomResourceOptions) {
    super(serviceWebhooks, name, args, opts);
  }
}
