import { isLoopback } from "../../http/proxy";
import { VERSION } from "../../version";
import { ADOPTIONS, type Adoption } from "../definition/common-fields";
import { ConfigurationError } from "../errors";
import { cityOf, edgeOrigin, HOME_REGION, regionOf, regionOrigin } from "./api-host";

/** Reads one key of the stack's `twilio:` config; undefined if it is not set. */
export type ConfigReader = (key: string) => string | undefined;
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Credentials {
  readonly accountSid: string;
  /** The account SID or the API key's SID. */
  readonly username: string;
  readonly password: string;
  /** Source of each credential: a variable of the environment, or a key of the config. */
  readonly names: CredentialNames;
}

export interface CredentialNames {
  readonly accountSid: string;
  /** The account SID's name if the login uses the auth token. */
  readonly username: string;
  readonly password: string;
}

export interface Settings {
  /** The origin that requests go to. */
  readonly origin: string;
  /** Name of the variable or config key that sets it, if any. */
  readonly addressName?: string;
  /** The region's own API, whichever edge requests enter by. Recorded in the state. */
  readonly apiOrigin: string;
  readonly region: string;
  readonly concurrency: number;
  readonly writesPerSecond: number;
  readonly timeoutMs: number;
  /**
   * Give up on a refused or unknown host after this; the setting is probably wrong. Default: as long as a restart
   * takes.
   */
  readonly maxAbsentMs?: number;
  readonly adopt: Adoption | undefined;
  readonly adoptWindowMs: number;
  readonly userAgent: string;
  readonly proxyEnv: Readonly<Record<string, string | undefined>>;
}

const PROXY_VARIABLES = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

/** The environment of this process. Only this function of the provider reads it. */
export function processEnvironment(): Environment {
  return process.env;
}

export function readSettings(env: Environment, config: ConfigReader): Settings {
  const { region, edge } = whereAsked(env, config);
  const address = baseUrl(env, config);
  const base = address?.value;
  const apiOrigin = base ?? regionOrigin(region);
  return {
    ...(address !== undefined && { addressName: address.name }),
    origin: base ?? (edge === undefined ? apiOrigin : edgeOrigin(region, edge)),
    apiOrigin,
    region,
    concurrency: count(env, config, "TWILIO_CONVERSATIONS_CONCURRENCY", "concurrency", 10, 1),
    writesPerSecond: count(env, config, "TWILIO_CONVERSATIONS_WRITES_PER_SECOND", "writesPerSecond", 30, 0),
    timeoutMs: 1000 * count(env, config, undefined, "timeoutSeconds", 120, 1),
    adopt: adoption(config("adopt")),
    adoptWindowMs: 1000 * count(env, config, undefined, "adoptWindow", 3600, 0),
    userAgent: `pulumi-twilio-conversations/${VERSION} (${process.platform} ${process.arch}) node/${process.version}`,
    proxyEnv: Object.fromEntries(PROXY_VARIABLES.map((name) => [name, env[name]])),
  };
}

/** A setting with its source: a variable of the environment, or a key of the config. */
interface Said {
  readonly name: string;
  readonly value: string;
}

const isSaid = (said: Said | undefined): said is Said => said !== undefined;

/**
 * Returns a location setting on which environment and config agree, the environment's first. Throws if the two differ:
 * an exported variable must not redirect a deployment.
 */
export function agreed<T extends Said>(
  kind: "account" | "region" | "API",
  said: readonly T[],
): T | undefined {
  const [first] = said;
  const other = said.find(({ value }) => value !== first?.value);
  if (first === undefined || other === undefined) return first;
  throw new ConfigurationError(
    `${first.name} names ${kind} ${first.value} and ${other.name} names ${kind} ${other.value}. ` +
      `Nothing was sent. Unset one of them, so that it is clear which ${kind} is meant.`,
  );
}

function baseUrl(env: Environment, config: ConfigReader): Said | undefined {
  const fromEnv = originOf("TWILIO_CONVERSATIONS_URL", env["TWILIO_CONVERSATIONS_URL"]);
  const origins = [fromEnv, originOf("twilio:baseUrl", config("baseUrl"))];
  return agreed("API", origins.filter(isSaid));
}

function originOf(name: string, text: string | undefined): Said | undefined {
  if (!text) return undefined;
  if (!URL.canParse(text))
    throw new ConfigurationError(`${name} is not a URL. Give an origin such as http://127.0.0.1:4010.`);
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || url.pathname !== "/" || url.search !== "")
    throw new ConfigurationError(
      `${name} must be an origin alone, such as http://127.0.0.1:4010: no path, no login.`,
    );
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname)))
    return { name, value: url.origin };
  throw new ConfigurationError(
    `${name} names ${url.origin}, which would carry credentials in clear. Use https, or http on loopback only.`,
  );
}

/** The configured region and edge, in lower case as in Twilio's hosts. */
function whereAsked(env: Environment, config: ConfigReader): { region: string; edge: string | undefined } {
  const region = agreed("region", hostParts(env, config, "region"));
  // Every edge reaches the same API, so the environment's counts.
  const [edge] = hostParts(env, config, "edge");
  return { region: region?.value ?? HOME_REGION, edge: edge?.value };
}

const EXAMPLES = { region: "a region. Give a name such as ie1", edge: "an edge. Give a name such as dublin" };

function hostParts(env: Environment, config: ConfigReader, kind: "region" | "edge"): Said[] {
  const variable = `TWILIO_${kind.toUpperCase()}`;
  const fromEnv = hostPart(kind, variable, env[variable]);
  return [fromEnv, hostPart(kind, `twilio:${kind}`, config(kind))].filter(isSaid);
}

function hostPart(kind: "region" | "edge", name: string, text: string | undefined): Said | undefined {
  if (!text) return undefined;
  const value = text.toLowerCase();
  const [, edge, region = ""] = /^([a-z-]+)\.([a-z0-9]+)$/.exec(value) ?? [];
  if (cityOf(region) !== undefined) {
    const [regionName, edgeName] = name.startsWith("twilio:")
      ? ["twilio:region", "twilio:edge"]
      : ["TWILIO_REGION", "TWILIO_EDGE"];
    throw new ConfigurationError(
      `${name} holds an edge and a region. Write ${region} into ${regionName} and ${edge} into ${edgeName}.`,
    );
  }
  if (!/^[a-z0-9-]+$/.test(value)) throw new ConfigurationError(`${name} is not ${EXAMPLES[kind]}.`);
  const [meant, city] = kind === "region" ? [regionOf(value)] : [undefined, cityOf(value)];
  if (meant) throw new ConfigurationError(`${name} holds an edge, not a region. Write ${meant} there.`);
  if (city)
    throw new ConfigurationError(`${name} holds a region, not an edge. Write ${city} there, or unset it.`);
  return { name, value };
}

function count(
  env: Environment,
  config: ConfigReader,
  variable: string | undefined,
  key: string,
  fallback: number,
  min: number,
): number {
  const fromEnv = variable === undefined ? undefined : env[variable];
  const text = fromEnv || config(key);
  if (!text) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min) return value;
  throw new ConfigurationError(
    `${fromEnv ? variable : `twilio:${key}`} must be a whole number of at least ${min}. Default: ${fallback}.`,
  );
}

function adoption(text: string | undefined): Adoption | undefined {
  if (!text) return undefined;
  const known = ADOPTIONS.find((option) => option === text);
  if (known !== undefined) return known;
  throw new ConfigurationError(`twilio:adopt must be one of ${ADOPTIONS.join(", ")}.`);
}
