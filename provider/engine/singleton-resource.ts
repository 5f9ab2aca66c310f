import * as pulumi from "@pulumi/pulumi";
import { fieldsOf, type SingletonDefinition } from "./define";
import { TwilioResource } from "./resource";
import { currentRun } from "./run";

/** The settings that each run's program declares, by stack: with the Automation API a process has several. */
const declared = new WeakMap<object, Map<string, Singleton>>();

/**
 * A setting that is there once for each service, account or member. A second declaration of one is refused here,
 * since only the program knows its resources apart: the engine gives a provider no name.
 */
export abstract class Singleton extends TwilioResource {
  constructor(
    definition: SingletonDefinition,
    name: string,
    args: object,
    opts?: pulumi.CustomResourceOptions,
  ) {
    super(definition, name, args, opts);
    if (opts?.id !== undefined) return;
    const own = args as Record<string, unknown>;
    const located = fieldsOf(definition).filter(({ policy }) => policy.located === true);
    const place = located.map(({ name: field }) => pulumi.output(own[field]));
    const program = currentRun();
    pulumi.all(place).apply((key) => {
      const known = declared.get(program) ?? new Map<string, Singleton>();
      declared.set(program, known);
      const id = JSON.stringify([definition.type, ...key]);
      if (known.has(id)) refuse(definition, this);
      known.set(id, this);
    });
  }
}

function refuse({ noun, key }: SingletonDefinition, second: Singleton): void {
  pulumi.log.error(
    `declared twice: there is one ${noun} for each ${key.join(" and ")}, and another resource of this program ` +
      "declares it already. Declare all of it in one.",
    second,
  );
}
