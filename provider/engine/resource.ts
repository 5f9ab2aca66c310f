import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { type Definition, fieldsOf } from "./define";
import { parseAttributes } from "./json";
import { requestFor } from "./request";

/** A value in which every part may be an output of another resource. */
type Deep<Value> = pulumi.Input<
  Value extends readonly (infer Item)[]
    ? Deep<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: Deep<Value[Key]> }
      : Value
>;

/** The fields of a schema, or of a part of it. */
type Fields = Readonly<Record<string, z.ZodType>>;

/**
 * What a program may say, by the fields of a schema. `Groups` gives the fields with members of their own, as an
 * `ArgsOf` each. The docs come along only from fields that are written out in a constant of their own: the compiler
 * drops the comments of what is spread or nested when it writes declarations.
 */
export type ArgsOf<Named extends Fields, Groups = unknown> = {
  [Key in keyof Named as undefined extends z.input<Named[Key]> ? never : Key]: ArgOf<Named, Groups, Key>;
} & {
  [Key in keyof Named as undefined extends z.input<Named[Key]> ? Key : never]?: ArgOf<Named, Groups, Key>;
};

type ArgOf<Named extends Fields, Groups, Key extends keyof Named> = Key extends keyof Groups
  ? pulumi.Input<Groups[Key]> | undefined
  : Deep<z.input<Named[Key]>>;

/** Which object a `get` reads. */
export interface GetArgs {
  /** SID of the object. */
  sid: pulumi.Input<string>;
  /** SID (IS…) of the Conversations service it lives in. Default: the account's default service. */
  serviceSid?: pulumi.Input<string>;
  /** Name of the credentials to use. Default: the main credentials. */
  account?: pulumi.Input<string>;
}

const PACKAGE = "pulumi-twilio-conversations";

/**
 * The `__provider` of a type. NEVER change this text: it stands in the state of every stack, and refresh and delete
 * run what the state says. It loads the code instead of carrying it, unlike the SDK's own serializer (DESIGN.md).
 */
export function providerText(type: string): string {
  return `exports.handler=()=>require("${PACKAGE}/provider").${type}`;
}

/** The base of every resource: what `pulumi.dynamic.Resource` does, with a provider that is a constant text. */
export abstract class TwilioResource extends pulumi.CustomResource {
  /** SID (AC…) of the account it lives in. */
  declare readonly accountSid: pulumi.Output<string>;
  /** SID (IS…) of the Conversations service it lives in. */
  declare readonly chatServiceSid: pulumi.Output<string>;
  /** When it was created, ISO 8601. */
  declare readonly dateCreated: pulumi.Output<string>;
  /** When it last changed, as far as a change was of interest here; ISO 8601. */
  declare readonly dateUpdated: pulumi.Output<string>;
  /** Origin of the API it lives in, such as `https://conversations.twilio.com`. */
  declare readonly origin: pulumi.Output<string>;
  readonly #definition: Definition;

  constructor(definition: Definition, name: string, args: object, opts: pulumi.CustomResourceOptions = {}) {
    // Where Twilio refuses a second object with the same key, the old one has to go first. The option is needed
    // besides `diff`: the engine asks no diff for `up --replace` and for tainted resources (measured at 3.255.0).
    const defaults = definition.naturalKey.enforced ? { deleteBeforeReplace: true } : {};
    warnOfPlainSecrets();
    super(`pulumi-nodejs:dynamic/twilio:${definition.type}`, name, propertiesOf(definition, args), {
      ...defaults,
      ...opts,
    });
    this.#definition = definition;
  }

  /** Its SID: the same as `id`. */
  get sid(): pulumi.Output<string> {
    return this.id;
  }

  /** Only so that `sid` and `url` among the arguments are refused by check, and not by the assignment. */
  set sid(_argument: unknown) {}
  set url(_argument: unknown) {}

  /** Its address in the API. Worked out, since everything in it is in the state already. */
  get url(): pulumi.Output<string> {
    const located = fieldsOf(this.#definition).filter(({ policy }) => policy.located === true);
    const properties = this as unknown as pulumi.Inputs;
    const place = pulumi.output(Object.fromEntries(located.map(({ name }) => [name, properties[name]])));
    return pulumi
      .all([this.origin, place, this.id])
      .apply(([origin, at, sid]) => origin + requestFor(this.#definition, "read", at, sid).path);
  }
}

/** Every output has to be named, undefined where it is not an input, for the SDK to make a property of it. */
function propertiesOf(definition: Definition, args: object): pulumi.Inputs {
  const outputs = [
    ...definition.outputs,
    ...definition.volatile,
    "chatServiceSid",
    "origin",
    ...fieldNames(definition),
  ];
  const properties: pulumi.Inputs = Object.fromEntries(outputs.map((name) => [name, undefined]));
  Object.assign(properties, args);
  for (const { name, policy } of fieldsOf(definition)) {
    if (policy.json !== true || properties[name] === undefined) continue;
    properties["secretAttributes"] = holdsSecret(properties[name]);
    properties[name] = parsedAttributes(properties[name]);
  }
  return { ...properties, __provider: providerText(definition.type) };
}

function fieldNames(definition: Definition): string[] {
  return fieldsOf(definition)
    .filter(({ policy }) => policy.internal !== true)
    .map(({ name }) => name);
}

/** Parsed here, since the engine applies `ignoreChanges: ["attributes.team"]` before it asks the provider anything. */
function parsedAttributes(attributes: unknown): unknown {
  return pulumi.Output.isInstance(attributes) || attributes instanceof Promise
    ? pulumi.output(attributes).apply(parseAttributes)
    : parseAttributes(attributes);
}

/** Asked here, since the provider is given every value in plain text. */
async function holdsSecret(attributes: unknown): Promise<true | undefined> {
  return (await pulumi.isSecret(pulumi.output(attributes))) ? true : undefined;
}

/** The runs that were warned, by their stack: with the Automation API a process has several. */
const warned = new WeakSet<object>();

function warnOfPlainSecrets(): void {
  const stack = pulumi.runtime.getStackResource() ?? pulumi.runtime;
  if (warned.has(stack)) return;
  warned.add(stack);
  const config = new pulumi.Config("twilio");
  for (const key of ["authToken", "apiSecret", "accounts"])
    if (config.get(key) !== undefined && !isSecretConfig(`twilio:${key}`))
      pulumi.log.warn(
        `twilio:${key} stands in the stack's config as plain text. ` +
          `Make it a secret: pulumi config set --secret twilio:${key}`,
      );
}

/** The SDK knows it but does not declare it (runtime/config.js at 3.255.0); where it does not, nothing is claimed. */
function isSecretConfig(key: string): boolean {
  const runtime = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
  return runtime.isConfigSecret?.(key) ?? true;
}
