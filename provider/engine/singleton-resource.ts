import * as pulumi from "@pulumi/pulumi";
import type { SingletonDefinition } from "./define";
import { TwilioResource } from "./resource";

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
    const place = definition.key.map((field) => pulumi.output(own[field]));
    const program = pulumi.runtime.getStackResource() ?? pulumi.runtime;
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
