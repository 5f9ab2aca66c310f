import * as pulumi from "@pulumi/pulumi";
import type { AccountSingletonGetArgs, SingletonGetArgs } from "../definition/args";
import { fieldsOf, type SingletonDefinition } from "../definition/define";
import { currentRun } from "./current-run";
import { reportError } from "./program-error";
import { existing, type ResourceClass, TwilioResource } from "./twilio-resource";

/** What says which one a setting is: its type, and where it is. */
type Location = readonly unknown[];

/** The settings that each run's program declares: with the Automation API a process has several. */
const declared = new WeakMap<object, Location[]>();

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
    const locations = declared.get(currentRun()) ?? [];
    declared.set(currentRun(), locations);
    // By the output itself at once, since what it holds is not known before what it comes from is created.
    const declare = (one: Location) => {
      if (isIn(locations, one)) refuse(definition, name);
      else locations.push(one);
    };
    const isLater = location.some((part) => pulumi.Output.isInstance(part) || part instanceof Promise);
    const isKnown = isIn(locations, location);
    declare(location);
    if (isLater && !isKnown) pulumi.all(location).apply(declare);
  }
}

/** A setting that Twilio keeps once for each account. */
export abstract class AccountSingleton extends Singleton {
  /**
   * Reads the settings of an account that this program does not manage, by the account's SID.
   * @throws where the credentials in use are of another account
   */
  static get<Resource>(
    this: ResourceClass<Resource>,
    name: string,
    { accountSid, ...location }: AccountSingletonGetArgs,
    opts?: pulumi.CustomResourceOptions,
  ): Resource {
    return existing(this, name, accountSid, location, opts);
  }
}

/** A setting that Twilio keeps once for each service. */
export abstract class ServiceSingleton extends Singleton {
  /**
   * Reads the settings of a service that this program does not manage, by the service's SID.
   * @throws where Twilio has no such service in this account
   */
  static get<Resource>(
    this: ResourceClass<Resource>,
    name: string,
    args: SingletonGetArgs,
    opts?: pulumi.CustomResourceOptions,
  ): Resource {
    return existing(this, name, args.serviceSid, args, opts);
  }
}

function isIn(locations: readonly Location[], location: Location): boolean {
  return locations.some((other) => other.every((part, index) => part === location[index]));
}

/** Not at the resource itself: the log would wait for its URN, which never comes where `up` stops before it. */
function refuse({ noun, key }: SingletonDefinition, second: string): void {
  reportError(
    `${second} is declared twice: there is one ${noun} for each ${key.join(" and ")}, and another resource of this ` +
      "program declares it already. Declare all of it in one.",
  );
}
