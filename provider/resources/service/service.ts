import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ArgsOf } from "../../core/definition/args";
import { type AccountObjectArgs, everyAccountObject } from "../../core/definition/common-fields";
import { text } from "../../core/definition/constraint";
import { define } from "../../core/definition/define";
import { field } from "../../core/definition/field";
import { AccountObject } from "../../core/program/object-resource";
import { instanceTest, typeToken } from "../../core/program/provider-text";

const fields = {
  /** Name of the service, 1 to 256 characters. Changing it replaces the service: Twilio cannot update one. */
  friendlyName: field({ change: "replace" }, text(256, { empty: 50000, long: 50003 })),
};

/** `POST /v1/Services` and its like. */
export const service = define({
  type: "Service",
  noun: "service",
  twilioPage: "service-resource",
  sidPrefix: "IS",
  schema: z.strictObject({ ...fields, ...everyAccountObject }),
  outputs: ["accountSid", "dateCreated", "dateUpdated"],
  volatile: ["dateUpdated"],
  path: () => ["Services"],
  isLookedUp: true,
  listKey: "services",
  pageSize: 100,
  replacement:
    "It will be replaced, and everything in it is lost: conversations, users and roles, also those that no " +
    "program declares.",
  naturalKey: {
    enforced: false,
    existsCodes: [],
    matches: (inputs, live) => live["friendlyName"] === inputs["friendlyName"],
    fields: ["friendlyName"],
  },
});

/** Arguments of a {@link Service}. */
export type ServiceArgs = ArgsOf<typeof fields> & AccountObjectArgs;

/**
 * An isolated set of conversations, users, roles and settings.
 *
 * **Deleting it deletes everything in it**, also what no program declares. So does changing its name, since Twilio
 * cannot update a service. Protect it.
 *
 * @example
 * ```ts
 * const production = new Service("production", { friendlyName: "production" }, { protect: true });
 * ```
 */
export class Service extends AccountObject {
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(service.type);
  static override readonly isInstance = instanceTest<Service>(Service.__pulumiType);
  /** Name of the service. */
  declare readonly friendlyName: pulumi.Output<string>;

  constructor(name: string, args: ServiceArgs, opts?: pulumi.CustomResourceOptions) {
    super(service, name, args, opts);
  }
}
