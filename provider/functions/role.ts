import type { ArgsOf } from "../core/definition/args";
import { sid } from "../core/definition/sid";
import { type Role, role } from "../resources";
import type {
  InServiceArgs,
  InServiceOutputArgs,
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

const { friendlyName, type } = role.schema.shape;

const naming = {
  /** SID (RL…) of the role. */
  sid: sid("RL", 50100).optional(),
  /** Name of the role, compared exactly. */
  friendlyName: friendlyName.optional(),
  /** Type of the role, in addition to `friendlyName`: `conversation` or `service`. Default: either. */
  type: type.optional(),
};

const filters = {
  /** Only the roles of this type: `conversation` or `service`. Default: both. */
  type: type.optional(),
};

/** Which role {@link getRole} looks for: by `sid`, or by `friendlyName`. */
export type GetRoleArgs = PlainArgsOf<typeof naming> & InServiceArgs;
/** The same arguments, as values or outputs. */
export type GetRoleOutputArgs = ArgsOf<typeof naming> & InServiceOutputArgs;
/** Which roles {@link getRoles} lists. */
export type GetRolesArgs = PlainArgsOf<typeof filters> & LimitArgs & InServiceArgs;
/** The same arguments, as values or outputs. */
export type GetRolesOutputArgs = ArgsOf<typeof filters> & LimitOutputArgs & InServiceOutputArgs;
/** A role on Twilio. */
export type GetRoleResult = ResultOf<Role>;

export const roleLookup = find(role, naming, { ways: [{ by: "friendlyName", besides: ["type"] }] });

export const rolesLookup = list("getRoles", role, { filters, compared: ["type"] });

/**
 * Finds a role. By SID it takes one request; by name, one for every 50 roles of the service.
 *
 * @example
 * ```ts
 * const { sid: roleSid } = await getRole({ friendlyName: "channel admin", type: "conversation" });
 * ```
 */
export const getRole: Call<GetRoleArgs, GetRoleResult> = callOf(roleLookup);

/** {@link getRole} with outputs as arguments; unknown in a preview while one of them is. */
export const getRoleOutput: OutputCall<GetRoleOutputArgs, GetRoleResult> = outputCallOf(roleLookup);

/** Lists the roles of a service, with one request for every 50. */
export const getRoles: OptionalCall<GetRolesArgs, GetRoleResult[]> = callOf(rolesLookup);

/** {@link getRoles} with outputs as arguments; unknown in a preview while one of them is. */
export const getRolesOutput: OptionalOutputCall<GetRolesOutputArgs, GetRoleResult[]> =
  outputCallOf(rolesLookup);
