import { TYPE_PREFIX } from "../../core/program/provider-text";
import type { PendingOperation } from "./checkpoint";

/** Types that `up` adopts if they were created, or that exist only in the state. */
const RECOVERABLE_TYPES = [TYPE_PREFIX, "pulumi:providers:"];

/**
 * Whether a pending operation can be dropped. Pulumi itself drops all but creates, since it cannot know whether the
 * object was created. The next `up` finds our objects, but would create another provider's twice.
 */
export function isRecoverable({ type, resourceType }: PendingOperation): boolean {
  return type !== "creating" || RECOVERABLE_TYPES.some((prefix) => resourceType.startsWith(prefix));
}

const CONSEQUENCES: Record<string, string> = {
  creating: "if Twilio created the object, `up` adopts it",
  updating: "the state has the values from before; `up` compares and sends them again",
  deleting: "it is still in the state; `up` deletes it again",
};

export function describePending(operation: PendingOperation): string {
  const { type, urn } = operation;
  if (!isRecoverable(operation))
    return `creating ${urn}: of another provider, left pending. Check whether the object exists, then run \`pulumi refresh\` in a terminal, which clears or imports it`;
  return `${type} ${urn}: ${CONSEQUENCES[type] ?? "`up` does it again"}`;
}
