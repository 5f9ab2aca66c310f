import * as pulumi from "@pulumi/pulumi";
import { fieldsOf, type SingletonDefinition } from "../definition/define";
import { currentRun } from "./current-run";
import { reportError } from "./program-error";
import { TwilioResource } from "./twilio-resource";

/** What identifies a singleton: its type and its location. */
type Place = readonly unknown[];

/** The singletons that each run's program declares: with the Automation API a process has several runs. */
const declared = new WeakMap<object, Place[]>();

/**
 * A setting that Twilio keeps once per service, account or member. The program itself refuses a second declaration,
 * since only it can tell its resources apart: Pulumi's engine gives a provider no resource name.
 */
export abstract class Singleton extends TwilioResource {
  /** @internal */
  constructor(
    definition: SingletonDefinition,
    name: string,
    args: object,
    opts?: pulumi.CustomResourceOptions,
  ) {
    super(definition, name, args, opts);
    if (opts?.id !== undefined) return;
    const own = args as Record<string, unknown>;
    const located = fieldsOf(definition).filter(({ policy }) => policy.pathParameter === true);
    const location = [definition.type, ...located.map(({ name: field }) => own[field])];
    const places = declared.get(currentRun()) ?? [];
    declared.set(currentRun(), places);
    // Compares the outputs themselves first, since their values are unknown until their sources are created.
    if (!isNew(location, places)) refuse(definition, name);
    else if (location.some((part) => pulumi.Output.isInstance(part) || part instanceof Promise))
      pulumi.all(location).apply((known) => isNew(known, places) || refuse(definition, name));
  }
}

/** Notes a location; false if it is known already. */
function isNew(location: Place, places: Place[]): boolean {
  if (places.some((other) => other.every((part, index) => part === location[index]))) return false;
  places.push(location);
  return true;
}

/** Not logged at the resource: the log would wait for its URN, which never comes if `up` stops before it. */
function refuse({ noun, key }: SingletonDefinition, second: string): void {
  reportError(
    `${second} is declared twice: there is one ${noun} for each ${key.join(" and ")}, and another resource of this ` +
      "program declares it already. Declare all of it in one.",
  );
}
