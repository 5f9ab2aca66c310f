import * as pulumi from "@pulumi/pulumi";
import { shownKey } from "../engine-transport";
import { type Refuse, within } from "../program/program-value";
import { holdsSecret, prepared, TwilioResource } from "../program/twilio-resource";
import { MEMBERS, type RosterDefinition } from "./definition";
import { membersOf } from "./state";

type Texts = Readonly<Record<string, string>>;
type Members<Member> = Readonly<Record<string, Member>>;

/** The base of a resource with members. */
export abstract class RosterResource<Member> extends TwilioResource {
  /** The texts that the state keeps, unless a member holds a secret. */
  declare private readonly written: pulumi.Output<Texts | undefined>;
  declare private recorded: pulumi.Output<Members<Member>>;

  /** @internal */
  constructor(
    definition: RosterDefinition,
    name: string,
    args: pulumi.Inputs,
    opts?: pulumi.CustomResourceOptions,
  ) {
    super(definition, name, args, opts, (given, refuse) => withMembers(definition, given, refuse));
  }

  /** The members by their labels. */
  get members(): pulumi.Output<Members<Member>> {
    const parsed = (texts: Texts) => pulumi.output(membersOf(texts)) as unknown as typeof this.recorded;
    return this.written.apply((texts) => (texts === undefined ? this.recorded : parsed(texts)));
  }

  /** The SDK assigns the value that the state holds under this name. */
  set members(recorded: pulumi.Output<Members<Member>>) {
    this.recorded = recorded;
  }
}

function withMembers(definition: RosterDefinition, args: pulumi.Inputs, refuse: Refuse): pulumi.Inputs {
  const members = args[MEMBERS];
  if (members === undefined) return args;
  return {
    ...args,
    [MEMBERS]: preparedMembers(definition, members, within(MEMBERS, refuse)),
    secretMembers: holdsSecret(members),
  };
}

function preparedMembers(definition: RosterDefinition, members: unknown, refuse: Refuse): unknown {
  return mapped(members, (labelled) =>
    Object.fromEntries(
      Object.entries(labelled).map(([label, member]) => [
        label,
        mapped(member, (values) => prepared(definition.member, values, within(shownKey(label), refuse))),
      ]),
    ),
  );
}

/** Check refuses a value that is no object. */
function mapped(value: unknown, change: (values: pulumi.Inputs) => pulumi.Inputs): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise)
    return pulumi.output(value).apply((known) => mapped(known, change));
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? change(value as pulumi.Inputs) : value;
}
