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
import { field } from "../../core/definition/field";
import { sid } from "../../core/definition/sid";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { ServiceSingleton } from "../../core/program/singleton-resource";

const fields = {
  /**
   * SID (RL…) of the role of type `conversation` for those who create a conversation with a client SDK. Removing the
   * field restores the previous role, since Twilio cannot clear it.
   */
  defaultConversationCreatorRoleSid: field({ change: "update" }, sid("RL", 50100).optional()),
  /**
   * SID (RL…) of the role of type `conversation` for participants added without one. Removing the field restores the
   * previous role, since Twilio cannot clear it.
   */
  defaultConversationRoleSid: field({ change: "update" }, sid("RL", 50100).optional()),
  /**
   * SID (RL…) of the role of type `service` for users added without one. Removing the field restores the previous role,
   * since Twilio cannot clear it.
   */
  defaultChatServiceRoleSid: field({ change: "update" }, sid("RL", 50100).optional()),
  /**
   * Whether Twilio tracks which users are online.
   * @default false
   */
  reachabilityEnabled: field({ change: "update", cleared: false }, z.boolean().optional()),
};

/** `POST /v1/Services/{ChatServiceSid}/Configuration`. */
export const serviceConfiguration = defineSingleton({
  type: "ServiceConfiguration",
  noun: "service configuration",
  twilioPage: "service-configuration-resource",
  schema: z.strictObject({ ...fields, ...inOneService, ...inAccount }),
  outputs: ["accountSid"],
  volatile: [],
  path: () => ["Configuration"],
  ...onePerService,
});

/** Arguments of a {@link ServiceConfiguration}. */
export type ServiceConfigurationArgs = ArgsOf<typeof fields> & OneServiceArgs & AccountArgs;

/**
 * The default roles and the reachability of a service.
 *
 * Twilio keeps them once for each service. Pulumi changes the fields you declare and restores the previous values on
 * destroy.
 *
 * @example
 * ```ts
 * new ServiceConfiguration("production", {
 *   serviceSid: production.id,
 *   defaultConversationRoleSid: agent.id,
 *   reachabilityEnabled: true,
 * });
 * ```
 */
export class ServiceConfiguration extends ServiceSingleton {
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(serviceConfiguration.type);
  static override readonly isInstance = instanceTest<ServiceConfiguration>(ServiceConfiguration.__pulumiType);
  /** SID (IS…) of the service. */
  declare readonly serviceSid: pulumi.Output<string>;
  /** SID (RL…) of the role for those who create a conversation with a client SDK. */
  declare readonly defaultConversationCreatorRoleSid: pulumi.Output<string | undefined>;
  /** SID (RL…) of the role for participants added without one. */
  declare readonly defaultConversationRoleSid: pulumi.Output<string | undefined>;
  /** SID (RL…) of the role for users added without one. */
  declare readonly defaultChatServiceRoleSid: pulumi.Output<string | undefined>;
  /** Whether Twilio tracks which users are online. */
  declare readonly reachabilityEnabled: pulumi.Output<boolean | undefined>;

  constructor(name: string, args: ServiceConfigurationArgs, opts?: pulumi.CustomResourceOptions) {
    super(serviceConfiguration, name, args, opts);
  }
}
