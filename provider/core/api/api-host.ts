/**
 * The city through which each region is entered unless an edge is named. Twilio ends hosts without a city
 * (product.region.twilio.com, since April 2026), so its own SDKs add it (regionToEdge in twilio-go, the same elsewhere).
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

/** The region that a city is in. */
export function regionOf(city: string): string | undefined {
  return [...CITIES].find(([, entered]) => entered === city)?.[0];
}

/** Where the API of a region is; us1 has a host without a name of its own. */
export function regionOrigin(region: string): string {
  return region === HOME_REGION ? originAt() : originAt(cityOf(region), region);
}

/** Where requests enter by an edge. */
export function edgeOrigin(region: string, edge: string): string {
  return originAt(edge, region);
}

function originAt(...names: readonly (string | undefined)[]): string {
  return `https://${["conversations", ...names, "twilio.com"].filter(Boolean).join(".")}`;
}

/** The same place as it is called now: states of 0.1.0 hold the hosts without a city. */
export function presentOrigin(recorded: string): string {
  const region = /^https:\/\/conversations\.([a-z]+\d)\.twilio\.com$/.exec(recorded)?.[1];
  return region === undefined || region === HOME_REGION ? recorded : regionOrigin(region);
}
