import type { ArgsOf } from "../core/definition/args";
import { sid } from "../core/definition/sid";
import { type AddressConfiguration, addressConfiguration } from "../resources";
import type {
  InAccountArgs,
  InAccountOutputArgs,
  LimitArgs,
  LimitOutputArgs,
  PlainArgsOf,
} from "./call/arguments";
import { find } from "./call/find";
import { list } from "./call/list";
import {
  type Call,
  callOf,
  type OptionalCall,
  type OptionalOutputCall,
  type OutputCall,
  outputCallOf,
} from "./call/lookup";
import type { ResultOf } from "./call/result";

const { address, type } = addressConfiguration.schema.shape;

/** The types that Twilio documents for its list filter. */
const LISTED_TYPES: readonly unknown[] = ["sms", "whatsapp"];

const naming = {
  /** SID (IG…) of the address configuration. */
  sid: sid("IG", 20001).optional(),
  /** The address that people write to, in Twilio's form: `+14155550100`, `whatsapp:+14155550100` and so on. */
  address: address.optional(),
  /** The channel, in addition to `address`: `sms`, `whatsapp` and so on. Default: any. */
  type: type.optional(),
};

const filters = {
  /** Only the addresses of this channel: `sms`, `whatsapp` and so on. Default: all. */
  type: type.optional(),
};

/** Which address configuration {@link getAddressConfiguration} looks for: by `sid`, or by `address`. */
export type GetAddressConfigurationArgs = PlainArgsOf<typeof naming> & InAccountArgs;
/** The same arguments, as values or outputs. */
export type GetAddressConfigurationOutputArgs = ArgsOf<typeof naming> & InAccountOutputArgs;
/** Which address configurations {@link getAddressConfigurations} lists. */
export type GetAddressConfigurationsArgs = PlainArgsOf<typeof filters> & LimitArgs & InAccountArgs;
/** The same arguments, as values or outputs. */
export type GetAddressConfigurationsOutputArgs = ArgsOf<typeof filters> &
  LimitOutputArgs &
  InAccountOutputArgs;
/** An address configuration on Twilio. */
export interface GetAddressConfigurationResult extends ResultOf<AddressConfiguration, "type"> {
  /** The channel: `sms`, `whatsapp` and so on. */
  readonly type: string;
}

export const addressConfigurationLookup = find(addressConfiguration, naming, {
  ways: [{ by: "address", besides: ["type"] }],
});

export const addressConfigurationsLookup = list("getAddressConfigurations", addressConfiguration, {
  filters,
  query: ({ type }) => ({ Type: LISTED_TYPES.includes(type) ? type : undefined }),
  compared: ["type"],
});

/**
 * Finds an address configuration, with one request.
 *
 * @example
 * ```ts
 * const { autoCreation } = await getAddressConfiguration({ address: "+14155550100" });
 * ```
 */
export const getAddressConfiguration: Call<GetAddressConfigurationArgs, GetAddressConfigurationResult> =
  callOf(addressConfigurationLookup);

/** {@link getAddressConfiguration} with outputs as arguments; unknown in a preview while one of them is. */
export const getAddressConfigurationOutput: OutputCall<
  GetAddressConfigurationOutputArgs,
  GetAddressConfigurationResult
> = outputCallOf(addressConfigurationLookup);

/** Lists the address configurations of the account, with one request for every 50. */
export const getAddressConfigurations: OptionalCall<
  GetAddressConfigurationsArgs,
  GetAddressConfigurationResult[]
> = callOf(addressConfigurationsLookup);

/** {@link getAddressConfigurations} with outputs as arguments; unknown in a preview while one of them is. */
export const getAddressConfigurationsOutput: OptionalOutputCall<
  GetAddressConfigurationsOutputArgs,
  GetAddressConfigurationResult[]
> = outputCallOf(addressConfigurationsLookup);
