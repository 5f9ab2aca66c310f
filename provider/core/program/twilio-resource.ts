import * as pulumi from "@pulumi/pulumi";
import { wellFormed } from "../../http/request";
import { presentOrigin } from "../api/api-host";
import { requestFor } from "../api/request";
import { parseAttributes } from "../attributes";
import {
  type Definition,
  deletesBeforeReplace,
  fieldsOf,
  isInService,
  isSingleton,
  parentFields,
  secretOutputs,
} from "../definition/define";
import { recognisingFields } from "../definition/display-name";
import { hoistedIn, UNKNOWN } from "../engine-transport";
import { type JsonObject, parseJson } from "../json";
import { refuseUnreachable } from "./hosted-program";
import { warnOfPlainSecrets } from "./plaintext-secrets";
import { asksForProblems, PROBLEMS, reportProblems, unlessRefused } from "./preview-problems";
import { ProgramError } from "./program-error";
import { carriedArgs, type Refuse, refusalOf, within } from "./program-value";
import { providerText, typeToken } from "./provider-text";
import { seekProgramLine } from "./source-position";

/** The base of every resource: `pulumi.dynamic.Resource`, but with a provider that is a constant text. */
export abstract class TwilioResource extends pulumi.CustomResource {
  /** SID (AC…) of the account it lives in. */
  declare readonly accountSid: pulumi.Output<string>;
  /** Origin of the API it lives in, such as `https://conversations.twilio.com`. */
  declare readonly origin: pulumi.Output<string>;
  readonly #definition: Definition;

  /**
   * `prepare` turns the arguments into what is registered, if that is more than their fields.
   * @internal
   */
  constructor(
    definition: Definition,
    name: string,
    args: object,
    opts: pulumi.CustomResourceOptions = {},
    prepare: (args: pulumi.Inputs, refuse: Refuse) => pulumi.Inputs = (given) => given,
  ) {
    // The option is needed besides `diff`: Pulumi's engine asks for no diff for `up --replace` and tainted resources
    // (measured at 3.255.0).
    const defaults = deletesBeforeReplace(definition) ? { deleteBeforeReplace: true } : {};
    refuseUnreachable();
    warnOfPlainSecrets();
    const refuse = refusalOf(definition.type, name);
    const asks = opts.id === undefined && asksForProblems();
    const properties = unlessRefused(
      asks,
      () => {
        const given = prepare(carriedArgs(name, args, refuse), refuse);
        return { ...propertiesOf(definition, given, refuse), ...markOfKey(definition, given, opts) };
      },
      () => propertiesOf(definition, unknownArgs(definition, args), refuse),
    );
    if (asks) properties[PROBLEMS] = [];
    seekProgramLine();
    super(typeToken(definition.type), wellFormed(name), properties, {
      ...defaults,
      ...opts,
      additionalSecretOutputs: [...secretOutputs(definition), ...(opts.additionalSecretOutputs ?? [])],
    });
    this.#definition = definition;
    if (asks) reportProblems(this, typeToken(definition.type), wellFormed(name));
  }

  /** Lets check refuse a `url` argument, in place of the assignment. */
  set url(_argument: unknown) {}

  /** Its address in the API, derived from values in the state. */
  get url(): pulumi.Output<string> {
    const location = pulumi.output(parentFields(this.#definition, this as unknown as JsonObject));
    return pulumi
      .all([this.origin, location, this.id])
      .apply(
        ([origin, at, sid]) => presentOrigin(origin) + requestFor(this.#definition, "read", at, sid).path,
      );
  }
}

/** A class of resources, as its static members see it. */
export type ResourceClass<Resource> = new (
  name: string,
  args: never,
  opts?: pulumi.CustomResourceOptions,
) => Resource;

/** The resource of an object that the program does not manage; `location` says where it lives, and is all its read sees. */
export function existing<Resource>(
  resource: ResourceClass<Resource>,
  name: string,
  id: pulumi.Input<string>,
  location: object,
  opts?: pulumi.CustomResourceOptions,
): Resource {
  if (typeof resource !== "function")
    throw new ProgramError(
      `get of '${name}' has lost its class: call it as Participant.get(name, args), for example.`,
    );
  return new resource(name, location as never, { ...opts, id });
}

/** The SDK makes properties only of named outputs, so all are named, undefined where they are no input. */
function propertiesOf(definition: Definition, args: object, refuse: Refuse): pulumi.Inputs {
  const outputs = [
    ...definition.outputs,
    ...definition.volatile,
    ...(isInService(definition) ? ["chatServiceSid"] : []),
    "origin",
    ...fieldNames(definition),
  ];
  const properties: pulumi.Inputs = Object.fromEntries(outputs.map((name) => [name, undefined]));
  Object.assign(properties, args);
  const given = Object.entries(prepared(definition, properties, refuse)).map(([key, value]) => [
    key,
    labelled(value),
  ]);
  return { ...Object.fromEntries(given), __provider: providerText(definition.type) };
}

/** Marks the fields that identify the object to a user, if one is secret. */
function markOfKey(
  definition: Definition,
  args: pulumi.Inputs,
  { additionalSecretOutputs = [] }: pulumi.CustomResourceOptions,
): pulumi.Inputs {
  if (isSingleton(definition)) return {};
  const names = recognisingFields(definition);
  const isMarked = names.some((name) => additionalSecretOutputs.includes(name));
  const secretKey = isMarked || holdsSecret(names.map((name) => args[name]));
  return secretKey ? { secretKey } : {};
}

/** The arguments with unknown values, for a preview that refused them: all are named, so that check misses none. */
function unknownArgs(definition: Definition, args: object): pulumi.Inputs {
  const given = fieldsOf(definition).filter(({ name }) => name in args);
  return Object.fromEntries(given.map(({ name }) => [name, UNKNOWN]));
}

/**
 * The SDK writes each property into a label (`transferProperties` in runtime/rpc.js at 3.255.0). That fails for an
 * object with a key `toString`. It writes a promise of the same object as a promise.
 */
function labelled(value: unknown): unknown {
  if (typeof value !== "object" || value === null || pulumi.Output.isInstance(value)) return value;
  try {
    String(value);
    return value;
  } catch {
    return Promise.resolve(value);
  }
}

/** The arguments with secrets marked and JSON texts parsed, if they are allowed. */
export function prepared(definition: Definition, values: pulumi.Inputs, refuse: Refuse): pulumi.Inputs {
  const properties = { ...values };
  for (const { name, policy } of fieldsOf(definition)) {
    if (policy.secret === true && properties[name] !== undefined)
      properties[name] = pulumi.secret(properties[name]);
    if (policy.json !== true || properties[name] === undefined) continue;
    properties["secretAttributes"] = holdsSecret(properties[name]);
    properties[name] = parsedAttributes(properties[name], within(name, refuse));
  }
  return properties;
}

function fieldNames(definition: Definition): string[] {
  return fieldsOf(definition)
    .filter(({ policy }) => policy.internal !== true)
    .map(({ name }) => name);
}

/** Parsed here, since the engine applies `ignoreChanges: ["attributes.team"]` before it calls the provider. */
function parsedAttributes(attributes: unknown, refuse: Refuse): unknown {
  const parsed = (text: unknown): unknown => {
    const json = typeof text === "string" ? parseJson(text) : undefined;
    const hoisted = json !== undefined && "value" in json ? hoistedIn(json.value) : undefined;
    return hoisted === undefined ? parseAttributes(text) : refuse(hoisted);
  };
  return pulumi.Output.isInstance(attributes) || attributes instanceof Promise
    ? pulumi.output(attributes).apply(parsed)
    : parsed(attributes);
}

/**
 * Asked here, since the provider gets every value in plain text. The SDK makes an Output of every value within, so only
 * values that may hold one are asked: a thousand members would hold up the program.
 */
export function holdsSecret(value: unknown): Promise<true | undefined> | undefined {
  if (isPlain(value)) return undefined;
  return pulumi.isSecret(pulumi.output(value)).then((isSecret) => isSecret || undefined);
}

/** Whether the whole value is known, without a secret. */
function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isPlain);
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isPlain);
}
