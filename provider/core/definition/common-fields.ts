import { z } from "zod";
import { type JsonObject, textOf } from "../json";
import type { ArgsOf } from "./args";
import { field } from "./field";
import { sid } from "./sid";

/** The location of every resource. */
export const inAccount = {
  /**
   * Name of the credentials to use, for subaccounts: `TWILIO_<NAME>_ACCOUNT_SID` and its like in the environment,
   * or `twilio:accounts` in the stack config. Default: the main credentials. Changing it replaces the resource,
   * unless both are credentials of one account.
   */
  account: field(
    { change: "replace", pathParameter: true },
    z
      .string()
      .regex(
        /^[A-Za-z][A-Za-z0-9_-]*$/,
        "An account name has letters, digits, - and _, and begins with a letter",
      )
      .optional(),
  ),
};

export const ADOPTIONS = ["matching", "always", "never"] as const;

export type Adoption = (typeof ADOPTIONS)[number];

/** The field of every resource that creates an object. */
export const adoptable = {
  /**
   * What to do when the object exists already on Twilio.
   * - `matching`: adopt it if it equals the declaration and was created within the last hour, as an interrupted run
   *   leaves it (`twilio:adoptWindow` sets other seconds), or has the declared `dateCreated`. If the declaration has
   *   a value that Twilio never returns, the object may be another one, and nothing is done
   * - `always`: adopt it whatever its age, and update it to match
   * - `never`: fail, unless this run itself has created it and the answer was lost
   * @default "matching", or `twilio:adopt` of the stack config
   */
  adopt: field({ change: "local" }, z.enum(ADOPTIONS).optional()),
};

/** The internal field of every resource that creates an object. */
export const recognised = {
  /** Whether the identifying fields hold a secret, so that no message names them. */
  secretKey: field({ change: "local", internal: true, isRemark: true }, z.boolean().optional()),
};

/** The location of a resource in a Conversations service. */
export const inService = {
  /**
   * SID (IS…) of the Conversations service it lives in. Default: the account's default service.
   * Changing it replaces the resource; naming the service where it lives already does not.
   */
  serviceSid: field(
    {
      change: "replace",
      pathParameter: true,
      same: (_stored, wanted, state) => wanted !== undefined && wanted === state["chatServiceSid"],
    },
    sid("IS", 50050).optional(),
  ),
};

/** The service of a singleton that Twilio keeps once per service. */
export const inOneService = {
  /** SID (IS…) of the Conversations service. Changing it replaces the resource. */
  serviceSid: field({ change: "replace", pathParameter: true }, sid("IS", 50050)),
};

/** Fields of every object directly in an account. */
export const everyAccountObject = { ...adoptable, ...recognised, ...inAccount };
/** Fields of every object in a service. */
export const everyServiceObject = { ...inService, ...everyAccountObject };

/** Arguments of every resource in an account. */
export type AccountArgs = ArgsOf<typeof inAccount>;
/** Arguments of every resource in a service, declared or the account's default. */
export type InServiceArgs = ArgsOf<typeof inService>;
/** Arguments of the settings of a service. */
export type OneServiceArgs = ArgsOf<typeof inOneService>;
/** Arguments of every object directly in an account. */
export type AccountObjectArgs = AccountArgs & ArgsOf<typeof adoptable>;
/** Arguments of every object in a service. */
export type ServiceObjectArgs = AccountObjectArgs & InServiceArgs;

/** The field of every resource whose changes Twilio can announce to webhooks. */
export const announced = {
  /**
   * Whether Twilio calls the webhooks of the service for what this resource creates, updates and deletes
   * (the header `X-Twilio-Webhook-Enabled`). Changing it alone sends nothing.
   * @default false
   */
  webhookEnabled: field({ change: "local" }, z.boolean().optional()),
};

/** Arguments of every resource whose changes Twilio can announce. */
export type AnnouncedArgs = ArgsOf<typeof announced>;

/** The internal field of every resource with attributes. */
export const withAttributes = {
  /** Whether the program's attributes hold a secret, so that values set outside Pulumi are not shown. */
  secretAttributes: field({ change: "local", internal: true }, z.boolean().optional()),
};

/** How a setting is identified that Twilio keeps once per service. */
export const onePerService = {
  idOf: ({ chatServiceSid }: JsonObject) => textOf(chatServiceSid),
  key: ["serviceSid"],
};

/** How a setting is identified that Twilio keeps once per account. */
export const onePerAccount = {
  idOf: ({ accountSid }: JsonObject) => textOf(accountSid),
  key: ["account"],
};
