import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ArgsOf } from "../../core/definition/args";
import { everyServiceObject, type ServiceObjectArgs } from "../../core/definition/common-fields";
import { choice, type Open, text } from "../../core/definition/constraint";
import { define } from "../../core/definition/define";
import { field } from "../../core/definition/field";
import { type JsonObject, sameSet } from "../../core/json";
import type { Problem } from "../../core/problem";
import { ServiceObject } from "../../core/program/object-resource";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { type Permission, permissionProblems } from "./role-permissions";

const TYPES = ["conversation", "service"] as const;

const fields = {
  /** Name of the role, 1 to 256 characters. Changing it replaces the role. */
  friendlyName: field({ change: "replace" }, text(256, { empty: 50000, long: 50003 })),
  /** The role's type: `conversation` for participants, `service` for users. Changing it replaces the role. */
  type: field({ change: "replace" }, choice(TYPES, 50105)),
  /**
   * What the role allows, in any order, at least one. An update sends the whole set.
   * - of either type: `addNonChatParticipant`, `addParticipant`, `deleteAnyMessage`, `deleteConversation`,
   *   `deleteOwnMessage`, `editAnyMessage`, `editAnyMessageAttributes`, `editAnyParticipantAttributes`,
   *   `editAnyUserInfo`, `editConversationAttributes`, `editConversationName`, `editOwnMessage`,
   *   `editOwnMessageAttributes`, `editOwnParticipantAttributes`, `editOwnUserInfo`, `removeParticipant`
   * - of type `conversation` alone: `editNotificationLevel`, `leaveConversation`, `sendMediaMessage`, `sendMessage`
   * - of type `service` alone: `createConversation`, `joinConversation`
   *
   * A word of the other type alone, or one that looks like a misspelling of these, is refused (Twilio error 50104).
   * Any other word is sent as it is, since Twilio publishes no complete list.
   */
  permissions: field(
    { change: "update", parameter: "Permission", same: sameSet },
    z
      .array(text(64, { empty: 50104, long: 50104 }) as z.ZodType<string, Open<Permission>>)
      .min(1, "Give at least one permission"),
  ),
};

/** `POST /v1/Roles` and its like. */
export const role = define({
  type: "Role",
  noun: "role",
  twilioPage: "role-resource",
  sidPrefix: "RL",
  schema: z.strictObject({ ...fields, ...everyServiceObject }),
  outputs: ["accountSid", "dateCreated", "dateUpdated"],
  volatile: ["dateUpdated"],
  path: () => ["Roles"],
  isLookedUp: true,
  listKey: "roles",
  pageSize: 50,
  rules: problems,
  naturalKey: {
    enforced: false,
    existsCodes: [],
    matches: (inputs, live) =>
      live["type"] === inputs["type"] && live["friendlyName"] === inputs["friendlyName"],
    fields: ["type", "friendlyName"],
  },
  hints: {
    delete: {
      50107:
        "A role that is a default of its service is not deleted: give the service another default role first. " +
        "If it is no default, use credentials that may delete roles.",
    },
  },
});

function problems({ type: declared, permissions }: JsonObject): Problem[] {
  const type = TYPES.find((known) => known === declared);
  return Array.isArray(permissions) ? permissionProblems(type, permissions) : [];
}

/** The arguments of a {@link Role}. */
export type RoleArgs = ArgsOf<typeof fields> & ServiceObjectArgs;

/**
 * A named set of permissions for participants or users.
 *
 * @example
 * ```ts
 * const agent = new Role("agent", {
 *   friendlyName: "support agent",
 *   type: "conversation",
 *   permissions: ["sendMessage", "editOwnMessage", "leaveConversation"],
 * });
 * ```
 */
export class Role extends ServiceObject {
  /** The type token, for policy packs and mocks. */
  static readonly __pulumiType = typeToken(role.type);
  static override readonly isInstance = instanceTest<Role>(Role.__pulumiType);
  /** Name of the role. */
  declare readonly friendlyName: pulumi.Output<string>;
  /** The role's type: `conversation` or `service`. */
  declare readonly type: pulumi.Output<"conversation" | "service">;
  /** What the role allows. */
  declare readonly permissions: pulumi.Output<string[]>;

  constructor(name: string, args: RoleArgs, opts?: pulumi.CustomResourceOptions) {
    super(role, name, args, opts);
  }
}
