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
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { ServiceSingleton } from "../../core/program/singleton-resource";

/** Off by default. */
const flag = () => field({ change: "update", cleared: false }, z.boolean().optional());
/** It has a limit (50058, 50059), which Twilio documents nowhere. */
const wording = () => field({ change: "update", cleared: "" }, z.string().optional());

const withMediaFields = {
  /**
   * Whether a new message with media notifies.
   * @default false
   */
  enabled: flag(),
  /**
   * Text of the notification, with `${CONVERSATION}`, `${PARTICIPANT}`, `${MEDIA_COUNT}` and `${MEDIA}` filled in.
   * Without one Twilio uses its own.
   */
  template: wording(),
};

const newMessageFields = {
  /**
   * Whether a new message notifies.
   * @default false
   */
  enabled: flag(),
  /**
   * Text of the notification, with `${CONVERSATION}`, `${PARTICIPANT}` and `${MESSAGE}` filled in.
   * Without one Twilio uses its own.
   */
  template: wording(),
  /** Name of the sound that is played. Without one Twilio uses its own. */
  sound: wording(),
  /**
   * Whether the app shows the number of unread conversations.
   * @default false
   */
  badgeCountEnabled: flag(),
  /** A new message with media. */
  withMedia: field({ change: "update" }, z.strictObject(withMediaFields).optional()),
};

const addedFields = {
  /**
   * Whether being added to a conversation notifies.
   * @default false
   */
  enabled: flag(),
  /**
   * Text of the notification, with `${CONVERSATION}` filled in.
   * Without one Twilio uses its own.
   */
  template: wording(),
  /** Name of the sound that is played. Without one Twilio uses its own. */
  sound: wording(),
};

const removedFields = {
  /**
   * Whether being removed from a conversation notifies.
   * @default false
   */
  enabled: flag(),
  /**
   * Text of the notification, with `${CONVERSATION}` filled in.
   * Without one Twilio uses its own.
   */
  template: wording(),
  /** Name of the sound that is played. Without one Twilio uses its own. */
  sound: wording(),
};

const fields = {
  /**
   * Whether Twilio logs the notifications that it sends.
   * @default false
   */
  logEnabled: flag(),
  /** A new message in a conversation. Twilio keeps the fields that you leave out. */
  newMessage: field({ change: "update" }, z.strictObject(newMessageFields).optional()),
  /** Being added to a conversation. Twilio keeps the fields that you leave out. */
  addedToConversation: field({ change: "update" }, z.strictObject(addedFields).optional()),
  /** Being removed from a conversation. Twilio keeps the fields that you leave out. */
  removedFromConversation: field({ change: "update" }, z.strictObject(removedFields).optional()),
};

/** `POST /v1/Services/{ChatServiceSid}/Configuration/Notifications`. */
export const serviceNotifications = defineSingleton({
  type: "ServiceNotifications",
  noun: "notification configuration",
  twilioPage: "service-notification-resource",
  schema: z.strictObject({ ...fields, ...inOneService, ...inAccount }),
  outputs: ["accountSid"],
  volatile: [],
  path: () => ["Configuration", "Notifications"],
  ...onePerService,
});

/** The arguments of {@link ServiceNotifications}. */
export type ServiceNotificationsArgs = ArgsOf<typeof fields> & OneServiceArgs & AccountArgs;

interface Occasion {
  enabled?: boolean;
  template?: string;
  sound?: string;
}

/**
 * The push notifications of a service and their texts.
 *
 * Twilio keeps them once for each service. Pulumi changes the fields you declare and restores the previous values on
 * destroy.
 *
 * @example
 * ```ts
 * new ServiceNotifications("production", {
 *   serviceSid: production.id,
 *   newMessage: { enabled: true, template: "${PARTICIPANT}: ${MESSAGE}", badgeCountEnabled: true },
 * });
 * ```
 */
export class ServiceNotifications extends ServiceSingleton {
  /** The type token, for policy packs and mocks. */
  static readonly __pulumiType = typeToken(serviceNotifications.type);
  static override readonly isInstance = instanceTest<ServiceNotifications>(ServiceNotifications.__pulumiType);
  /** SID (IS…) of the service. */
  declare readonly serviceSid: pulumi.Output<string>;
  /** Whether Twilio logs the notifications that it sends. */
  declare readonly logEnabled: pulumi.Output<boolean | undefined>;
  /** A new message in a conversation. */
  declare readonly newMessage: pulumi.Output<
    (Occasion & { badgeCountEnabled?: boolean; withMedia?: Omit<Occasion, "sound"> }) | undefined
  >;
  /** Being added to a conversation. */
  declare readonly addedToConversation: pulumi.Output<Occasion | undefined>;
  /** Being removed from a conversation. */
  declare readonly removedFromConversation: pulumi.Output<Occasion | undefined>;

  constructor(name: string, args: ServiceNotificationsArgs, opts?: pulumi.CustomResourceOptions) {
    super(serviceNotifications, name, args, opts);
  }
}
