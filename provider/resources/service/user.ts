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
  /** The user's identity: 1 to 256 characters, case-sensitive, unique in the service. Changing it replaces the user. */
  identity: field({ change: "replace" }, identity()),
  /** Name for people, 1 to 256 characters. */
  friendlyName: field({ change: "update", cleared: "" }, text(256, { long: 50003 }).optional()),
  /**
   * Anything you want to keep with the user: any JSON value or JSON text, at most 4,096 bytes (assumed as for
   * participants: Twilio documents no limit). Compared as a JSON value; null counts as left out.
   * @default {} as Twilio sets it
   */
  attributes: field({ change: "update", json: true, cleared: {} }, attributes(4096).optional()),
  /**
   * SID (RL…) of a role of type `service`. Where it is left out, Pulumi checks the role that Twilio assigned for
   * drift and restores it. Removing it puts back the service's default role.
   * @default the service's default role for users
   */
  roleSid: field({ change: "update", watched: true }, sid("RL", 50100).optional()),
};

const adoption = {
  /**
   * What to do when the user exists already on Twilio.
   * - `always`: adopt it whatever its age, update it to match, and restore its previous values on destroy
   * - `matching`: adopt it if it equals the declaration and was created within the last hour
   *   (`twilio:adoptWindow` sets other seconds)
   * - `never`: fail, unless this run itself has created it and the answer was lost
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
  // A pre-existing user is not deleted: its original values are restored, and its memberships stay.
  replacement: (state) =>
    originalValuesIn(state) === undefined
      ? "It will be replaced, which ends all its memberships."
      : undefined,
  defaults: { roleSid: defaultRole("defaultChatServiceRoleSid") },
});

/** The arguments of a {@link User}. */
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
  /** The type token, for policy packs and mocks. */
  static readonly __pulumiType = typeToken(user.type);
  static override readonly isInstance = instanceTest<User>(User.__pulumiType);
  /** The user's identity. */
  declare readonly identity: pulumi.Output<string>;
  /** Name for people. */
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  /** The attributes, as a JSON value. */
  declare readonly attributes: pulumi.Output<Json | undefined>;
  /** SID (RL…) of the role in effect, declared or not. */
  declare readonly roleSid: pulumi.Output<string | undefined>;

  constructor(name: string, args: UserArgs, opts?: pulumi.CustomResourceOptions) {
    super(user, name, args, opts);
  }
}
