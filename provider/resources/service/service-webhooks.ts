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

/** What a program says of {@link ServiceWebhooks}. */
export type ServiceWebhooksArgs = ArgsOf<typeof webhookFields> & OneServiceArgs & AccountArgs;

/**
 * Where Twilio sends the events of a service, and which. Twilio keeps it once for each service: what the program
 * declares is set, and what was there before is put back when the program lets go of it. Where there were no filters
 * and no method before, those of the program stay, since Twilio has no way to clear them; without a URL nothing is
 * sent to anybody.
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
  /** What policy packs and mocks know the class by. */
  static readonly __pulumiType = typeToken(serviceWebhooks.type);
  static override readonly isInstance = instanceTest<ServiceWebhooks>(ServiceWebhooks.__pulumiType);
  /** SID (IS…) of the service. */
  declare readonly serviceSid: pulumi.Output<string>;
  /** What is asked before an event. */
  declare readonly preWebhookUrl: pulumi.Output<string | undefined>;
  /** What is told after an event. */
  declare readonly postWebhookUrl: pulumi.Output<string | undefined>;
  /** The events. */
  declare readonly filters: pulumi.Output<EventWord[] | undefined>;
  /** The method of the requests. */
  declare readonly method: pulumi.Output<"GET" | "POST" | "get" | "post" | undefined>;

  constructor(name: string, args: ServiceWebhooksArgs, opts?: pulumi.CustomResourceOptions) {
    super(serviceWebhooks, name, args, opts);
  }
}
