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

/** A switch, off by default. */
const flag = () => field({ change: "update", cleared: false }, z.boolean().optional());
/** A text. Twilio has limits for it (50058, 50059), and documents none. */
const wording = () => field({ change: "update", cleared: "" }, z.string().optional());

const withMediaFields = {
  /**
   * Whether Twilio notifies of a new message with media.
   * @default false
   */
  enabled: flag(),
  /**
   * Text of the notification. Twilio fills in `${CONVERSATION}`, `${PARTICIPANT}`, `${MEDIA_COUNT}` and `${MEDIA}`.
   * Without one, Twilio uses its own.
   */
  template: wording(),
};

const newMessageFields = {
  /**
   * Whether Twilio notifies of a new message.
   * @default false
   */
  enabled: flag(),
  /**
   * Text of the notification. Twilio fills in `${CONVERSATION}`, `${PARTICIPANT}` and `${MESSAGE}`. Without one, Twilio
   * uses its own.
   */
  template: wording(),
  /** Name of the sound that the device plays. Without one, Twilio uses its own. */
  sound: wording(),
  /**
   * Whether the app shows the number of unread conversations.
   * @default false
   */
  badgeCountEnabled: flag(),
  /** Notifications of new messages with media. */
  withMedia: field({ change: "update" }, z.strictObject(withMediaFields).optional()),
};

const addedFields = {
  /**
   * Whether Twilio notifies users added to a conversation.
   * @default false
   */
  enabled: flag(),
  /** Text of the notification. Twilio fills in `${CONVERSATION}`. Without one, Twilio uses its own. */
  template: wording(),
  /** Name of the sound that the device plays. Without one, Twilio uses its own. */
  sound: wording(),
};

const removedFields = {
  /**
   * Whether Twilio notifies users removed from a conversation.
   * @default false
   */
  enabled: flag(),
  /** Text of the notification. Twilio fills in `${CONVERSATION}`. Without one, Twilio uses its own. */
  template: wording(),
  /** Name of the sound that the device plays. Without one, Twilio uses its own. */
  sound: wording(),
};

const fields = {
  /**
   * Whether Twilio logs the notifications that it sends.
   * @default false
   */
  logEnabled: flag(),
  /** Notifications of new messages. Omitted fields keep their values on Twilio. */
  newMessage: field({ change: "update" }, z.strictObject(newMessageFields).optional()),
  /** Notifications to users added to a conversation. Omitted fields keep their values on Twilio. */
  addedToConversation: field({ change: "update" }, z.strictObject(addedFields).optional()),
  /** Notifications to users removed from a conversation. Omitted fields keep their values on Twilio. */
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

/** Arguments of {@link ServiceNotifications}. */
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
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(serviceNotifications.type);
  static override readonly isInstance = instanceTest<ServiceNotifications>(ServiceNotifications.__pulumiType);
  /** SID (IS…) of the service. */
  declare readonly serviceSid: pulumi.Output<string>;
  /** Whether Twilio logs the notifications that it sends. */
  declare readonly logEnabled: pulumi.Output<boolean | undefined>;
  /** Notifications of new messages. */
  declare readonly newMessage: pulumi.Output<
    (Occasion & { badgeCountEnabled?: boolean; withMedia?: Omit<Occasion, "sound"> }) | undefined
  >;
  /** Notifications to users added to a conversation. */
  declare readonly addedToConversation: pulumi.Output<Occasion | undefined>;
  /** Notifications to users removed from a conversation. */
  declare readonly removedFromConversation: pulumi.Output<Occasion | undefined>;

  constructor(name: string, args: ServiceNotificationsArgs, opts?: pulumi.CustomResourceOptions) {
    super(serviceNotifications, name, args, opts);
  }
}
