import * as pulumi from "@pulumi/pulumi";
import type { AccountSingletonGetArgs, SingletonGetArgs } from "../definition/args";
import { pathParametersOf, type SingletonDefinition } from "../definition/define";
import { currentRun } from "./current-run";
import { reportError } from "./program-error";
import { existing, type ResourceClass, TwilioResource } from "./twilio-resource";

/** What identifies a singleton: its type and its location. */
type Location = readonly unknown[];

/** The singletons that each run's program declares: with the Automation API a process has several runs. */
const declared = new WeakMap<object, Location[]>();

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
    const location = [definition.type, ...pathParametersOf(definition).map((field) => own[field])];
    const locations = declared.get(currentRun()) ?? [];
    declared.set(currentRun(), locations);
    // Compares the outputs themselves first, since their values are unknown until their sources are created.
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

/** Not logged at the resource: the log would wait for its URN, which never comes if `up` stops before it. */
function refuse({ noun, key }: SingletonDefinition, second: string): void {
  reportError(
    `${second} is declared twice: there is one ${noun} for each ${key.join(" and ")}, and another resource of this ` +
      "program declares it already. Declare all of it in one.",
  );
}
