import type * as pulumi from "@pulumi/pulumi";
import type { ArgsOf } from "../core/definition/args";
import { sid } from "../core/definition/sid";
import { type Service, service } from "../resources";
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

const naming = {
  /** SID (IS…) of the service. */
  sid: sid("IS", 50050).optional(),
  /** Name of the service, compared exactly. */
  friendlyName: service.schema.shape.friendlyName.optional(),
};

/** Which service {@link getService} looks for: by `sid`, or by `friendlyName`. */
export type GetServiceArgs = PlainArgsOf<typeof naming> & InAccountArgs;
/** The same with outputs of resources. */
export type GetServiceOutputArgs = ArgsOf<typeof naming> & InAccountOutputArgs;
/** Whose services {@link getServices} lists. */
export type GetServicesArgs = LimitArgs & InAccountArgs;
/** The same with outputs of resources. */
export type GetServicesOutputArgs = LimitOutputArgs & InAccountOutputArgs;
/** A service as it is on Twilio. */
export type GetServiceResult = ResultOf<Service>;

export const serviceLookup: Lookup = {
  schema: argumentSchema({ ...naming, ...inAccount }),
  ...find(service, { ways: [{ by: "friendlyName" }] }),
};

export const servicesLookup: Lookup = {
  name: "getServices",
  schema: argumentSchema({ ...upToLimit, ...inAccount }),
  ...list(service),
};

/**
 * Finds a service. By SID it takes one request; by name, one for every 100 services of the account.
 *
 * @example
 * ```ts
 * const { sid: serviceSid } = await getService({ friendlyName: "production" });
 * ```
 */
export function getService(args: GetServiceArgs): Promise<GetServiceResult> {
  return inProgram(serviceLookup, args);
}

/** {@link getService} with outputs of resources, unknown in a preview as long as they are. */
export function getServiceOutput(args: GetServiceOutputArgs): pulumi.Output<GetServiceResult> {
  return inProgramOutput(serviceLookup, args);
}

/** Lists the services of the account, with one request for every 100. */
export function getServices(args?: GetServicesArgs): Promise<GetServiceResult[]> {
  return inProgram(servicesLookup, args);
}

/** {@link getServices} with outputs of resources, unknown in a preview as long as they are. */
export function getServicesOutput(args?: GetServicesOutputArgs): pulumi.Output<GetServiceResult[]> {
  return inProgramOutput(servicesLookup, args);
}
