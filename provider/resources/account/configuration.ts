import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ArgsOf } from "../../core/definition/args";
import { type AccountArgs, inAccount, onePerAccount } from "../../core/definition/common-fields";
import { duration } from "../../core/definition/constraint";
import { defineSingleton } from "../../core/definition/define";
import { field } from "../../core/definition/field";
import { sameDuration } from "../../core/definition/iso-time";
import { sid } from "../../core/definition/sid";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { AccountSingleton } from "../../core/program/singleton-resource";

const fields = {
  /**
   * SID (IS…) of the service for resources without `serviceSid`. The provider refuses a change while resources of the
   * stack live in the present service without naming it, since they would be out of reach: set their `serviceSid`
   * first. Resources for the new service name it too, or name the configuration in `dependsOn`. Removing the field
   * restores the previous service. If there was none, the value stays, since Twilio cannot clear it.
   */
  defaultChatServiceSid: field({ change: "update" }, sid("IS", 50050).optional()),
  /**
   * SID (MG…) of the messaging service for conversations that name none. Removing the field restores the previous one.
   * If there was none, the value stays, since Twilio cannot clear it.
   */
  defaultMessagingServiceSid: field({ change: "update" }, sid("MG", 50341).optional()),
  /** Time from a conversation's last message to `inactive`: ISO 8601 duration, at least PT1M. PT0S switches it off. */
  defaultInactiveTimer: field(
    { change: "update", cleared: "PT0S", same: sameDuration },
    duration(60, { short: 50375, format: 50379 }).optional(),
  ),
  /**
   * Time from a conversation's last message to `closed`: ISO 8601 duration, at least PT10M. PT0S switches it off. It
   * applies in every service of the account, to conversations without timers of their own. Closed is final.
   */
  defaultClosedTimer: field(
    { change: "update", cleared: "PT0S", same: sameDuration },
    duration(600, { short: 50376, format: 50380 }).optional(),
  ),
};

/** `POST /v1/Configuration`. */
export const configuration = defineSingleton({
  type: "Configuration",
  noun: "account configuration",
  twilioPage: "configuration-resource",
  schema: z.strictObject({ ...fields, ...inAccount }),
  outputs: ["accountSid"],
  volatile: [],
  path: () => ["Configuration"],
  ...onePerAccount,
});

/** Arguments of a {@link Configuration}. */
export type ConfigurationArgs = ArgsOf<typeof fields> & AccountArgs;

/**
 * The account's default service, messaging service and timers. They apply wherever a service or a conversation says
 * nothing else.
 *
 * Twilio keeps them once for each account. Pulumi changes the fields you declare and restores the previous values on
 * destroy.
 *
 * @example
 * ```ts
 * new Configuration("account", { defaultInactiveTimer: "PT12H" });
 * ```
 */
export class Configuration extends AccountSingleton {
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(configuration.type);
  static override readonly isInstance = instanceTest<Configuration>(Configuration.__pulumiType);
  /** SID (IS…) of the service for resources without `serviceSid`. */
  declare readonly defaultChatServiceSid: pulumi.Output<string | undefined>;
  /** SID (MG…) of the messaging service for conversations that name none. */
  declare readonly defaultMessagingServiceSid: pulumi.Output<string | undefined>;
  /** Time from a conversation's last message to `inactive`, an ISO 8601 duration. */
  declare readonly defaultInactiveTimer: pulumi.Output<string | undefined>;
  /** Time from a conversation's last message to `closed`, an ISO 8601 duration. */
  declare readonly defaultClosedTimer: pulumi.Output<string | undefined>;

  constructor(name: string, args: ConfigurationArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(configuration, name, args, opts);
  }
}
