import type { ArgsOf } from "../core/definition/args";
import { sid } from "../core/definition/sid";
import { type Service, service } from "../resources";
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

const naming = {
  /** SID (IS…) of the service. */
  sid: sid("IS", 50050).optional(),
  /** Name of the service, compared exactly. */
  friendlyName: service.schema.shape.friendlyName.optional(),
};

/** Which service {@link getService} looks for: by `sid`, or by `friendlyName`. */
export type GetServiceArgs = PlainArgsOf<typeof naming> & InAccountArgs;
/** The same arguments, as values or outputs. */
export type GetServiceOutputArgs = ArgsOf<typeof naming> & InAccountOutputArgs;
/** Which account's services {@link getServices} lists. */
export type GetServicesArgs = LimitArgs & InAccountArgs;
/** The same arguments, as values or outputs. */
export type GetServicesOutputArgs = LimitOutputArgs & InAccountOutputArgs;
/** A service on Twilio. */
export type GetServiceResult = ResultOf<Service>;

export const serviceLookup = find(service, naming, { ways: [{ by: "friendlyName" }] });

export const servicesLookup = list("getServices", service);

/**
 * Finds a service. By SID it takes one request; by name, one for every 100 services of the account.
 *
 * @example
 * ```ts
 * const { sid: serviceSid } = await getService({ friendlyName: "production" });
 * ```
 */
export const getService: Call<GetServiceArgs, GetServiceResult> = callOf(serviceLookup);

/** {@link getService} with outputs as arguments; unknown in a preview while one of them is. */
export const getServiceOutput: OutputCall<GetServiceOutputArgs, GetServiceResult> =
  outputCallOf(serviceLookup);

/** Lists the services of the account, with one request for every 100. */
export const getServices: OptionalCall<GetServicesArgs, GetServiceResult[]> = callOf(servicesLookup);

/** {@link getServices} with outputs as arguments; unknown in a preview while one of them is. */
export const getServicesOutput: OptionalOutputCall<GetServicesOutputArgs, GetServiceResult[]> =
  outputCallOf(servicesLookup);
