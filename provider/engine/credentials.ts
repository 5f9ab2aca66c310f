import {
  type ConfigReader,
  ConfigurationError,
  type Credentials,
  type Environment,
  MissingCredentialsError,
} from "./config";
import { isSid } from "./constraint";
import { isObject, type JsonObject, parseJson } from "./json";

/** One set of credentials as it stands in the environment or in the config, with the names for messages. */
interface Source {
  readonly accountSid: Named;
  readonly authToken: Named;
  readonly apiKey: Named;
  readonly apiSecret: Named;
}

const KEYS = ["accountSid", "authToken", "apiKey", "apiSecret"] as const;

interface Named {
  readonly name: string;
  readonly value: string | undefined;
}

/** Without its program a stack is known by what its state holds, and there the engine keeps the config too. */
const STALE_CONFIG =
  "A refresh and a destroy have the config of the last `pulumi up`: with --run-program they have today's.";

/**
 * The credentials of an account by its name, or the main ones. Where the environment and the config name the same
 * account, the environment's secret counts: for `refresh` and `destroy` the engine hands over the config of the
 * last `up`, which may be stale. Where they name two accounts, nothing is done.
 */
export function readCredentials(env: Environment, config: ConfigReader, account?: string): Credentials {
  const fromEnv = environmentSource(env, account);
  const fromConfig = configSource(config, account);
  const sids = [fromEnv.accountSid, fromConfig.accountSid];
  // Before any of them stands in a message: what is no SID could be a secret in the wrong place.
  for (const sid of sids) refuseUnlessSid(sid);
  const [envSid, configSid] = sids;
  if (envSid?.value && configSid?.value && envSid.value !== configSid.value)
    throw new ConfigurationError(
      `${envSid.name} names account ${envSid.value} and ${configSid.name} names account ${configSid.value}. ` +
        "Nothing was sent. Unset one of them, so that it is clear which account is meant.",
    );
  const accountSid = sids.find(({ value }) => value)?.value;
  const [envLogin, configLogin] = [loginOf(fromEnv, accountSid), loginOf(fromConfig, accountSid)];
  // A secret that stands alone in the environment may be of any account.
  const login = envSid?.value ? (envLogin ?? configLogin) : (configLogin ?? envLogin);
  if (accountSid !== undefined && login !== undefined) return { accountSid, ...login };
  throw missing(fromEnv, fromConfig, accountSid, account);
}

/**
 * The credentials of the config as variables of the environment, where they count whatever config the provider is
 * given; none of an account whose secret stands in the environment already.
 */
export function configAsEnvironment(env: Environment, config: ConfigReader): Record<string, string> {
  const accounts = [undefined, ...Object.keys(parsedAccounts(config("accounts")))];
  const told = accounts.flatMap((account) => {
    const there = environmentSource(env, account);
    const { authToken, apiKey, apiSecret } = there;
    if (authToken.value || apiKey.value || apiSecret.value) return [];
    const here = configSource(config, account);
    return KEYS.flatMap((key) => {
      const { value } = here[key];
      return value && !there[key].value ? [[there[key].name, value]] : [];
    });
  });
  return Object.fromEntries(told);
}

/** The API key if there is one, else the auth token. Half a key is refused, not passed over. */
function loginOf({ authToken, apiKey, apiSecret }: Source, accountSid: string | undefined) {
  if (apiKey.value && apiSecret.value) return { username: apiKey.value, password: apiSecret.value };
  const [given, absent] = apiKey.value ? [apiKey, apiSecret] : [apiSecret, apiKey];
  if (given.value)
    throw new ConfigurationError(`${given.name} is set, but ${absent.name} is not. Set both, or neither.`);
  return authToken.value && accountSid ? { username: accountSid, password: authToken.value } : undefined;
}

function refuseUnlessSid({ name, value }: Named): void {
  if (value && !isSid("AC", value))
    throw new ConfigurationError(`${name} is not an account SID. Give AC followed by 32 hexadecimal digits.`);
}

function missing(env: Source, config: Source, accountSid: string | undefined, account: string | undefined) {
  const login = `${env.authToken.name}, or ${env.apiKey.name} with ${env.apiSecret.name}`;
  const anything = [env, config].some((source) => Object.values(source).some(({ value }: Named) => value));
  if (anything) {
    const [have, need] =
      accountSid === undefined
        ? ["a secret", `${env.accountSid.name} (or ${config.accountSid.name})`]
        : ["the account", `its secret: ${login} (or ${config.authToken.name})`];
    return new ConfigurationError(`The Twilio credentials name ${have}, but not ${need}. Set it too.`);
  }
  const whose = account === undefined ? "" : ` for account "${account}"`;
  return new MissingCredentialsError(
    `No Twilio credentials${whose}: looked for ${env.accountSid.name} with ${login} in the environment, ` +
      `and for ${config.accountSid.name} and its secret in the stack's config. Set one of them. ${STALE_CONFIG}`,
  );
}

function environmentSource(env: Environment, account: string | undefined): Source {
  const prefix = account === undefined ? "TWILIO" : `TWILIO_${account.replaceAll("-", "_").toUpperCase()}`;
  const named = (suffix: string): Named => ({
    name: `${prefix}_${suffix}`,
    value: env[`${prefix}_${suffix}`],
  });
  return {
    accountSid: named("ACCOUNT_SID"),
    authToken: named("AUTH_TOKEN"),
    apiKey: named("API_KEY"),
    apiSecret: named("API_SECRET"),
  };
}

/** An account of `twilio:accounts`, one object with the accounts by their names; without a name the main one. */
function configSource(config: ConfigReader, account: string | undefined): Source {
  if (account === undefined) return sourceOf((key) => ({ name: `twilio:${key}`, value: config(key) }));
  const set = parsedAccounts(config("accounts"))[account];
  return sourceOf((key) => {
    const value = isObject(set) ? set[key] : undefined;
    return {
      name: `twilio:accounts.${account}.${key}`,
      value: typeof value === "string" ? value : undefined,
    };
  });
}

function sourceOf(named: (key: (typeof KEYS)[number]) => Named): Source {
  return {
    accountSid: named("accountSid"),
    authToken: named("authToken"),
    apiKey: named("apiKey"),
    apiSecret: named("apiSecret"),
  };
}

function parsedAccounts(text: string | undefined): JsonObject {
  if (!text) return {};
  const parsed = parseJson(text);
  if ("value" in parsed && isObject(parsed.value)) return parsed.value;
  throw new ConfigurationError("twilio:accounts is not an object. Set it with pulumi config set --path.");
}
