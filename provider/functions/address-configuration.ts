import type * as pulumi from "@pulumi/pulumi";
import type { ArgsOf } from "../core/definition/args";
import { sid } from "../core/definition/sid";
import { type AddressConfiguration, addressConfiguration } from "../resources";
import {
  argumentSchema,
  type InAccountArgs,
  type InAccountOutputArgs,
  inAccount,
  type LimitArgs,
  type LimitOutputArgs,
  type PlainArgsOf,
  upToLimit,
} from "./call/arguments";
import { find } from "./call/find";
import { list } from "./call/list";
import { inProgram, inProgramOutput, type Lookup } from "./call/lookup";
import type { ResultOf } from "./call/result";

const { address, type } = addressConfiguration.schema.shape;

/** The types by which Twilio says that it chooses. */
const LISTED_TYPES: readonly unknown[] = ["sms", "whatsapp"];

const naming = {
  /** SID (IG…) of the address configuration. */
  sid: sid("IG", 20001).optional(),
  /** The address that people write to, as Twilio has it: `+14155550100`, `whatsapp:+14155550100` and so on. */
  address: address.optional(),
  /** The channel, beside `address`: `sms`, `whatsapp` and so on. Default: any. */
  type: type.optional(),
};

const filters = {
  /** Only the addresses of this channel: `sms`, `whatsapp` and so on. Default: all. */
  type: type.optional(),
};

/** Which address configuration {@link getAddressConfiguration} looks for: by `sid`, or by `address`. */
export type GetAddressConfigurationArgs = PlainArgsOf<typeof naming> & InAccountArgs;
/** The same with outputs of resources. */
export type GetAddressConfigurationOutputArgs = ArgsOf<typeof naming> & InAccountOutputArgs;
/** Which address configurations {@link getAddressConfigurations} lists. */
export type GetAddressConfigurationsArgs = PlainArgsOf<typeof filters> & LimitArgs & InAccountArgs;
/** The same with outputs of resources. */
export type GetAddressConfigurationsOutputArgs = ArgsOf<typeof filters> &
  LimitOutputArgs &
  InAccountOutputArgs;
/** An address configuration as it is on Twilio. */
export interface GetAddressConfigurationResult extends ResultOf<AddressConfiguration, "type"> {
  /** The channel: `sms`, `whatsapp` and so on. */
  readonly type: string;
}

export const addressConfigurationLookup: Lookup = {
  schema: argumentSchema({ ...naming, ...inAccount }),
  ...find(addressConfiguration, { ways: [{ by: "address", besides: ["type"] }] }),
};

export const addressConfigurationsLookup: Lookup = {
  name: "getAddressConfigurations",
  schema: argumentSchema({ ...filters, ...upToLimit, ...inAccount }),
  ...list(addressConfiguration, {
    query: ({ type }) => ({ Type: LISTED_TYPES.includes(type) ? type : undefined }),
    compared: ["type"],
  }),
};

/**
 * Finds an address configuration, with one request.
 *
 * @example
 * ```ts
 * const { autoCreation } = await getAddressConfiguration({ address: "+14155550100" });
 * ```
 */
export function getAddressConfiguration(
  args: GetAddressConfigurationArgs,
): Promise<GetAddressConfigurationResult> {
  return inProgram(addressConfigurationLookup, args);
}

/** {@link getAddressConfiguration} with outputs of resources, unknown in a preview as long as they are. */
export function getAddressConfigurationOutput(
  args: GetAddressConfigurationOutputArgs,
): pulumi.Output<GetAddressConfigurationResult> {
  return inProgramOutput(addressConfigurationLookup, args);
}

/** Lists the address configurations of the account, with one request for every 50. */
export function getAddressConfigurations(
  args?: GetAddressConfigurationsArgs,
): Promise<GetAddressConfigurationResult[]> {
  return inProgram(addressConfigurationsLookup, args);
}

/** {@link getAddressConfigurations} with outputs of resources, unknown in a preview as long as they are. */
export function getAddressConfigurationsOutput(
  args?: GetAddressConfigurationsOutputArgs,
): pulumi.Output<GetAddressConfigurationResult[]> {
  return inProgramOutput(addressConfigurationsLookup, args);
}
