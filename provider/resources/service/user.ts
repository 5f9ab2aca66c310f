import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ArgsOf } from "../../core/definition/args";
import {
  type AccountArgs,
  type AnnouncedArgs,
  adoptable,
  announced,
  type InServiceArgs,
  inAccount,
  inService,
  recognised,
  withAttributes,
} from "../../core/definition/common-fields";
import { attributes, text } from "../../core/definition/constraint";
import { define } from "../../core/definition/define";
import { field } from "../../core/definition/field";
import { sid } from "../../core/definition/sid";
import type { Json } from "../../core/json";
import { ServiceObject } from "../../core/program/object-resource";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { originalValuesIn } from "../../core/state/original-values";
import { isPathSegment } from "../../http/path";
import { identity } from "../fields/identity";
import { defaultRole } from "./default-role";

const fields = {
  /**
   * Identity of the user, 1 to 256 characters, case-sensitive, unique in the service. Changing it replaces the user.
   */
  identity: field({ change: "replace" }, identity()),
  /** Human-readable name, 1 to 256 characters. */
  friendlyName: field({ change: "update", cleared: "" }, text(256, { long: 50003 }).optional()),
  /**
   * Your own data, at most 4,096 bytes: any JSON value or JSON text. The limit is assumed as for participants, since
   * Twilio documents none. The provider compares JSON values: order, spacing and number form do not count. Null means
   * omitted.
   * @default {}, set by Twilio
   */
  attributes: field({ change: "update", json: true, cleared: {} }, attributes(4096).optional()),
  /**
   * SID (RL…) of a role of type `service`. If omitted, the provider watches the role that Twilio assigned: `up` reverts
   * a change made outside Pulumi. Removing the field assigns the service's default role.
   * @default the service's default role for users
   */
  roleSid: field({ change: "update", watched: true }, sid("RL", 50100).optional()),
};

const adoption = {
  /**
   * What the provider does if the user exists already on Twilio.
   * - `always`: adopt it whatever its age, update it to match, and restore its previous values on destroy
   * - `matching`: adopt it if it equals the declaration and was created within the last hour (`twilio:adoptWindow` sets
   *   other seconds)
   * - `never`: fail, unless this run itself created it and the answer was lost
   * @default "always", or `twilio:adopt` of the stack config
   */
  adopt: adoptable.adopt,
};

/** `POST /v1/Users` and its like. */
export const user = define({
  type: "User",
  noun: "user",
  twilioPage: "user-resource",
  sidPrefix: "US",
  schema: z.strictObject({
    ...fields,
    ...withAttributes,
    ...announced,
    ...adoption,
    ...recognised,
    ...inService,
    ...inAccount,
  }),
  outputs: ["accountSid", "dateCreated", "dateUpdated"],
  volatile: ["dateUpdated"],
  path: () => ["Users"],
  isLookedUp: true,
  listKey: "users",
  pageSize: 50,
  naturalKey: {
    enforced: true,
    existsCodes: [50201],
    // Twilio creates a user for every identity that joins a conversation.
    createdImplicitly: true,
    alias: ({ identity }) => (typeof identity === "string" && isPathSegment(identity) ? identity : undefined),
    matches: (inputs, live) => live["identity"] === inputs["identity"],
    fields: ["identity"],
  },
  // Pulumi does not delete a pre-existing user, so its memberships remain.
  replacement: (state) =>
    originalValuesIn(state) === undefined
      ? "It will be replaced, which ends all its memberships."
      : undefined,
  defaults: { roleSid: defaultRole("defaultChatServiceRoleSid") },
});

/** Arguments of a {@link User}. */
export type UserArgs = ArgsOf<typeof fields> &
  AnnouncedArgs &
  ArgsOf<typeof adoption> &
  InServiceArgs &
  AccountArgs;

/**
 * A chat user: name, attributes and role in all conversations.
 *
 * Twilio creates a user for every identity that joins a conversation. The provider adopts one that exists and sets it
 * as declared; on destroy Pulumi restores its previous values and does not delete it. **Deleting or replacing a user
 * that the program created ends its memberships.** To have the program create the user, let its participants take the
 * identity from it (`identity: alice.identity`), so that it comes first.
 *
 * Add an alias when you rename the resource. Without one the provider adopts the user again with the values that the
 * program has set, and its previous values are lost.
 *
 * @example
 * ```ts
 * new User("alice", { identity: "alice", friendlyName: "Alice", attributes: { team: "support" } });
 * ```
 */
export class User extends ServiceObject {
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(user.type);
  static override readonly isInstance = instanceTest<User>(User.__pulumiType);
  /** Identity of the user. */
  declare readonly identity: pulumi.Output<string>;
  /** Human-readable name. */
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  /** The attributes, as a JSON value. */
  declare readonly attributes: pulumi.Output<Json | undefined>;
  /** SID (RL…) of the role in effect, declared or not. */
  declare readonly roleSid: pulumi.Output<string | undefined>;

  constructor(name: string, args: UserArgs, opts?: pulumi.CustomResourceOptions) {
    super(user, name, args, opts);
  }
}
