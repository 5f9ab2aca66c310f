import { PACKAGE } from "./plugin-reach";

/** What the engine knows all our types by. */
export const TYPE_PREFIX = "pulumi-nodejs:dynamic/twilio:";

/** The engine's name of a type: of `Participant` for example. */
export function typeToken(type: string): string {
  return TYPE_PREFIX + type;
}

/** The name of what is no resource of the engine's: of a component, or of a look-up under mocks. */
export function indexToken(name: string): string {
  return `twilio:index:${name}`;
}

/**
 * The `isInstance` of a class, as generated SDKs have it: by the type's token alone, so that it holds for an object of
 * another copy of this package, and for the stand-in of which a policy pack asks it.
 */
export function instanceTest<Instance>(token: string): (value: unknown) => value is Instance {
  return (value): value is Instance =>
    typeof value === "object" && value !== null && "__pulumiType" in value && value.__pulumiType === token;
}

/**
 * The `__provider` of a type. NEVER change this text: it stands in the state of every stack, and refresh and delete
 * run what the state says. It loads the code instead of carrying it, unlike the SDK's own serializer (DESIGN.md).
 */
export function providerText(type: string): string {
  return `exports.handler=()=>require("${PACKAGE}/provider").${type}`;
}
