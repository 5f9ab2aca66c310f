import { isLoopback } from "../../http/proxy";
import { MismatchError } from "../errors";

/** The error for a state of another account, region or API than the one in use. */
export function otherPlace(kind: "account" | "region" | "API", there: string, here: string): MismatchError {
  const cure = simulatorCure(there, here) ?? `Use the credentials and settings of ${there}.`;
  return new MismatchError(
    `The stack's state is of ${kind} ${there}, the credentials in use reach ${kind} ${here}. Nothing was sent. ${cure}`,
  );
}

/** Two APIs on this machine are mostly one simulator that was restarted. */
function simulatorCure(there: string, here: string): string | undefined {
  const urls = [there, here].flatMap((origin) => URL.parse(origin) ?? []);
  const [recorded, present] = urls.filter(({ hostname }) => isLoopback(hostname));
  if (recorded === undefined || present === undefined || recorded.port === present.port) return undefined;
  return (
    `If ${there} was a simulator, start it there again with \`npx pulumi-twilio-conversations simulator --port ${recorded.port || 80}\`, ` +
    `and set TWILIO_CONVERSATIONS_URL=${there}, or twilio:baseUrl. ` +
    "With its --data FILE it still holds the stack's objects. Without one it is empty, and `pulumi up --refresh` creates them again."
  );
}
