import { type Configuration, configuration } from "../resources";
import type { InAccountArgs, InAccountOutputArgs } from "./call/arguments";
import { callOf, type OptionalCall, type OptionalOutputCall, outputCallOf } from "./call/lookup";
import { read } from "./call/read";
import type { ResultOf } from "./call/result";

/** Which account's configuration {@link getConfiguration} reads. */
export type GetConfigurationArgs = InAccountArgs;
/** The same arguments, as values or outputs. */
export type GetConfigurationOutputArgs = InAccountOutputArgs;
/** The configuration of an account on Twilio. */
export type GetConfigurationResult = ResultOf<Configuration>;

export const configurationLookup = read("getConfiguration", configuration);

/**
 * Reads the configuration of the account: the default service, messaging service and timers.
 *
 * @example
 * ```ts
 * const { defaultChatServiceSid } = await getConfiguration();
 * ```
 */
export const getConfiguration: OptionalCall<GetConfigurationArgs, GetConfigurationResult> =
  callOf(configurationLookup);

/** {@link getConfiguration} with outputs as arguments; unknown in a preview while one of them is. */
export const getConfigurationOutput: OptionalOutputCall<GetConfigurationOutputArgs, GetConfigurationResult> =
  outputCallOf(configurationLookup);
