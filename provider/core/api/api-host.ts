import { isLoopback } from "../../http/proxy";
import { MismatchError } from "../errors";

/**
 * The city of each region's host, unless an edge is set. Twilio ends hosts without a city (product.region.twilio.com,
 * since April 2026), so its own SDKs add it (regionToEdge in twilio-go, the same elsewhere).
 */
const CITIES = new Map([
  ["au1", "sydney"],
  ["br1", "sao-paulo"],
  ["de1", "frankfurt"],
  ["ie1", "dublin"],
  ["jp1", "tokyo"],
  ["jp2", "osaka"],
  ["sg1", "singapore"],
  ["us1", "ashburn"],
  ["us2", "umatilla"],
]);

export const HOME_REGION = "us1";

export function cityOf(region: string): string | undefined {
  return CITIES.get(region);
}

export function regionOf(city: string): string | undefined {
  return [...CITIES].find(([, entered]) => entered === city)?.[0];
}

/** The origin of a region's API; the host of us1 names no region. */
export function regionOrigin(region: string): string {
  return region === HOME_REGION ? originAt() : originAt(cityOf(region), region);
}

/** The origin of a region's API by an edge. */
export function edgeOrigin(region: string, edge: string): string {
  return originAt(edge, region);
}

function originAt(...names: readonly (string | undefined)[]): string {
  return `https://${["conversations", ...names, "twilio.com"].filter(Boolean).join(".")}`;
}

/** The present host of a recorded origin: states of 0.1.0 hold hosts without a city. */
export function presentOrigin(recorded: string): string {
  const region = /^https:\/\/conversations\.([a-z]+\d)\.twilio\.com$/.exec(recorded)?.[1];
  return region === undefined || region === HOME_REGION ? recorded : regionOrigin(region);
}

/** The error for a state of another account, region or API than the one in use. */
export function otherPlace(kind: "account" | "region" | "API", there: string, here: string): MismatchError {
  const hint = simulatorCure(there, here) ?? `Use the credentials and settings of ${there}.`;
  return new MismatchError(
    `The stack's state is of ${kind} ${there}, the credentials in use reach ${kind} ${here}. Nothing was sent. ${hint}`,
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
