import type * as pulumi from "@pulumi/pulumi";
import { type Configuration, configuration } from "../resources";
import { argumentSchema, type InAccountArgs, type InAccountOutputArgs, inAccount } from "./call/arguments";
import { inProgram, inProgramOutput, type Lookup } from "./call/lookup";
import { read } from "./call/read";
import type { ResultOf } from "./call/result";

/** Whose configuration {@link getConfiguration} reads. */
export type GetConfigurationArgs = InAccountArgs;
/** The same with outputs of resources. */
export type GetConfigurationOutputArgs = InAccountOutputArgs;
/** The configuration of an account as it is on Twilio. */
export type GetConfigurationResult = ResultOf<Configuration>;

export const configurationLookup: Lookup = {
  name: "getConfiguration",
  schema: argumentSchema(inAccount),
  ...read(configuration),
};

/**
 * Reads the configuration of the account: the default service, messaging service and timers.
 *
 * @example
 * ```ts
 * const { defaultChatServiceSid } = await getConfiguration();
 * ```
 */
export function getConfiguration(args?: GetConfigurationArgs): Promise<GetConfigurationResult> {
  return inProgram(configurationLookup, args);
}

/** {@link getConfiguration} with outputs of resources, unknown in a preview as long as they are. */
export function getConfigurationOutput(
  args?: GetConfigurationOutputArgs,
): pulumi.Output<GetConfigurationResult> {
  return inProgramOutput(configurationLookup, args);
}
