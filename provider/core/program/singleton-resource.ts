import * as pulumi from "@pulumi/pulumi";
import { fieldsOf, type SingletonDefinition } from "../definition/define";
import { currentRun } from "./current-run";
import { reportError } from "./program-error";
import { TwilioResource } from "./twilio-resource";

/** What says which one a setting is: its type, and where it is. */
type Place = readonly unknown[];

/** The settings that each run's program declares: with the Automation API a process has several. */
const declared = new WeakMap<object, Place[]>();

/**
 * A setting that is there once for each service, account or member. A second declaration of one is refused here,
 * since only the program knows its resources apart: the engine gives a provider no name.
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
    // By the output itself at once, since what it holds is not known before what it comes from is created.
    if (!isNew(location, places)) refuse(definition, name);
    else if (location.some((part) => pulumi.Output.isInstance(part) || part instanceof Promise))
      pulumi.all(location).apply((known) => isNew(known, places) || refuse(definition, name));
  }
}

/** Notes a place, unless it is known already. */
function isNew(location: Place, places: Place[]): boolean {
  if (places.some((other) => other.every((part, index) => part === location[index]))) return false;
  places.push(location);
  return true;
}

/** Not at the resource itself: the log would wait for its URN, which never comes where `up` stops before it. */
function refuse({ noun, key }: SingletonDefinition, second: string): void {
  reportError(
    `${second} is declared twice: there is one ${noun} for each ${key.join(" and ")}, and another resource of this ` +
      "program declares it already. Declare all of it in one.",
  );
}
