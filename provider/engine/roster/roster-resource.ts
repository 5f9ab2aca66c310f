import * as pulumi from "@pulumi/pulumi";
import { holdsSecret, prepared, TwilioResource } from "../resource";
import { MEMBERS, type RosterDefinition } from "./roster-definition";

/** The base of a resource with members. */
export abstract class RosterResource extends TwilioResource {
  constructor(
    definition: RosterDefinition,
    name: string,
    args: pulumi.Inputs,
    opts?: pulumi.CustomResourceOptions,
  ) {
    const members = args[MEMBERS];
    const given =
      members === undefined
        ? {}
        : { [MEMBERS]: preparedMembers(definition, members), secretMembers: holdsSecret(members) };
    super(definition, name, { ...args, ...given }, opts);
  }
}

function preparedMembers(definition: RosterDefinition, members: unknown): unknown {
  return mapped(members, (labelled) =>
    Object.fromEntries(
      Object.entries(labelled).map(([label, member]) => [
        label,
        mapped(member, (values) => prepared(definition.member, values)),
      ]),
    ),
  );
}

/** What is no object at all is left for check to refuse. */
function mapped(value: unknown, change: (values: pulumi.Inputs) => pulumi.Inputs): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise)
    return pulumi.output(value).apply((known) => mapped(known, change));
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? change(value as pulumi.Inputs) : value;
}
