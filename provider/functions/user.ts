import type { ArgsOf } from "../core/definition/args";
import { sid } from "../core/definition/sid";
import { type User, user } from "../resources";
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

const naming = {
  /** SID (US…) of the user. */
  sid: sid("US", 50200).optional(),
  /** Identity of the user, case-sensitive. */
  identity: user.schema.shape.identity.optional(),
};

/** Which user {@link getUser} looks for: by `sid`, or by `identity`. */
export type GetUserArgs = PlainArgsOf<typeof naming> & InServiceArgs;
/** The same arguments, as values or outputs. */
export type GetUserOutputArgs = ArgsOf<typeof naming> & InServiceOutputArgs;
/** Which service's users {@link getUsers} lists. */
export type GetUsersArgs = LimitArgs & InServiceArgs;
/** The same arguments, as values or outputs. */
export type GetUsersOutputArgs = LimitOutputArgs & InServiceOutputArgs;
/** A user on Twilio. */
export type GetUserResult = ResultOf<User>;

export const userLookup = find(user, naming, { ways: [{ by: "identity" }] });

export const usersLookup = list("getUsers", user);

/**
 * Finds a user, with one request.
 *
 * @example
 * ```ts
 * const { roleSid } = await getUser({ identity: "alice" });
 * ```
 */
export const getUser: Call<GetUserArgs, GetUserResult> = callOf(userLookup);

/** {@link getUser} with outputs as arguments; unknown in a preview while one of them is. */
export const getUserOutput: OutputCall<GetUserOutputArgs, GetUserResult> = outputCallOf(userLookup);

/** Lists the users of a service, with one request for every 50. */
export const getUsers: OptionalCall<GetUsersArgs, GetUserResult[]> = callOf(usersLookup);

/** {@link getUsers} with outputs as arguments; unknown in a preview while one of them is. */
export const getUsersOutput: OptionalOutputCall<GetUsersOutputArgs, GetUserResult[]> =
  outputCallOf(usersLookup);
