/** What the engine knows all our types by. */
export const TYPE_PREFIX = "pulumi-nodejs:dynamic/twilio:";

/** The engine's name of a type: of `Participant` for example. */
export function typeToken(type: string): string {
  return TYPE_PREFIX + type;
}
