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
  /** Who gets the role: `conversation` for participants, `service` for users. Changing it replaces the role. */
  type: field({ change: "replace" }, choice(TYPES, 50105)),
  /**
   * Permissions of the role, at least one, in any order. An update sends the whole set.
   * - for both types: `addNonChatParticipant`, `addParticipant`, `deleteAnyMessage`, `deleteConversation`,
   *   `deleteOwnMessage`, `editAnyMessage`, `editAnyMessageAttributes`, `editAnyParticipantAttributes`,
   *   `editAnyUserInfo`, `editConversationAttributes`, `editConversationName`, `editOwnMessage`,
   *   `editOwnMessageAttributes`, `editOwnParticipantAttributes`, `editOwnUserInfo`, `removeParticipant`
   * - for type `conversation` alone: `editNotificationLevel`, `leaveConversation`, `sendMediaMessage`, `sendMessage`
   * - for type `service` alone: `createConversation`, `joinConversation`
   *
   * The preview refuses a permission of the other type, and a likely misspelling (Twilio error 50104). The provider
   * sends any other word as it is, since Twilio publishes no complete list.
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

/** Arguments of a {@link Role}. */
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
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(role.type);
  static override readonly isInstance = instanceTest<Role>(Role.__pulumiType);
  /** Name of the role. */
  declare readonly friendlyName: pulumi.Output<string>;
  /** Who gets the role: `conversation` or `service`. */
  declare readonly type: pulumi.Output<"conversation" | "service">;
  /** Permissions of the role. */
  declare readonly permissions: pulumi.Output<string[]>;

  constructor(name: string, args: RoleArgs, opts?: pulumi.CustomResourceOptions) {
    super(role, name, args, opts);
  }
}
