import { PACKAGE } from "./plugin-reach";

/** Prefix of all type tokens of this package in Pulumi's engine. */
export const TYPE_PREFIX = "pulumi-nodejs:dynamic/twilio:";

/** The engine's token of a type such as `Participant`. */
export function typeToken(type: string): string {
  return TYPE_PREFIX + type;
}

/** The token of a component, or of a look-up under mocks: no resource of the engine. */
export function indexToken(name: string): string {
  return `twilio:index:${name}`;
}

/**
 * A class's `isInstance`, as in generated SDKs. It tests only the type token, so it also holds for objects of another
 * copy of this package, and for the stand-ins that a policy pack tests.
 */
export function instanceTest<Instance>(token: string): (value: unknown) => value is Instance {
  return (value): value is Instance =>
    typeof value === "object" && value !== null && "__pulumiType" in value && value.__pulumiType === token;
}

/**
 * The `__provider` of a type. NEVER change this text: it is in the state of every stack, and refresh and delete run the
 * state's text. It loads the code instead of carrying it, unlike the SDK's own serializer (DESIGN.md).
 */
export function providerText(type: string): string {
  return `exports.handler=()=>require("${PACKAGE}/provider").${type}`;
}
