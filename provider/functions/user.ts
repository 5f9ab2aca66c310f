import type * as pulumi from "@pulumi/pulumi";
import type { ArgsOf } from "../core/definition/args";
import { sid } from "../core/definition/sid";
import { type User, user } from "../resources";
import {
  argumentSchema,
  type InServiceArgs,
  type InServiceOutputArgs,
  inAccount,
  inService,
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
  /** SID (US…) of the user. */
  sid: sid("US", 50200).optional(),
  /** Who it is, case-sensitive. */
  identity: user.schema.shape.identity.optional(),
};

/** Which user {@link getUser} looks for: by `sid`, or by `identity`. */
export type GetUserArgs = PlainArgsOf<typeof naming> & InServiceArgs;
/** The same with outputs of resources. */
export type GetUserOutputArgs = ArgsOf<typeof naming> & InServiceOutputArgs;
/** Whose users {@link getUsers} lists. */
export type GetUsersArgs = LimitArgs & InServiceArgs;
/** The same with outputs of resources. */
export type GetUsersOutputArgs = LimitOutputArgs & InServiceOutputArgs;
/** A user as it is on Twilio. */
export type GetUserResult = ResultOf<User>;

export const userLookup: Lookup = {
  schema: argumentSchema({ ...naming, ...inService, ...inAccount }),
  ...find(user, { ways: [{ by: "identity" }] }),
};

export const usersLookup: Lookup = {
  name: "getUsers",
  schema: argumentSchema({ ...upToLimit, ...inService, ...inAccount }),
  ...list(user),
};

/**
 * Finds a user, with one request.
 *
 * @example
 * ```ts
 * const { roleSid } = await getUser({ identity: "alice" });
 * ```
 */
export function getUser(args: GetUserArgs): Promise<GetUserResult> {
  return inProgram(userLookup, args);
}

/** {@link getUser} with outputs of resources, unknown in a preview as long as they are. */
export function getUserOutput(args: GetUserOutputArgs): pulumi.Output<GetUserResult> {
  return inProgramOutput(userLookup, args);
}

/** Lists the users of a service, with one request for every 50. */
export function getUsers(args?: GetUsersArgs): Promise<GetUserResult[]> {
  return inProgram(usersLookup, args);
}

/** {@link getUsers} with outputs of resources, unknown in a preview as long as they are. */
export function getUsersOutput(args?: GetUsersOutputArgs): pulumi.Output<GetUserResult[]> {
  return inProgramOutput(usersLookup, args);
}
