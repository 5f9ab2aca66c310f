import { isSid } from "../definition/sid";
import { ConfigurationError, MissingCredentialsError } from "../errors";
import {
  accountsIn,
  accountsInEnvironment,
  type CredentialSource,
  configSource,
  credentialFlaw,
  environmentSource,
  FROM_CONFIG,
  isSet,
  KINDS,
  type Named,
  variableOf,
} from "./credential-source";
import { agreed, type ConfigReader, type Credentials, type Environment } from "./settings";

/** Without its program a stack is known by its state, where Pulumi's engine also keeps the config. */
const STALE_CONFIG =
  "A refresh and a destroy have the config of the last `pulumi up`: with --run-program they have today's.";

/**
 * The credentials of an account by its name, or the main ones. If environment and config name the same account, the
 * environment's secret counts: for `refresh` and `destroy` the engine passes the config of the last `up`, which may be
 * stale. If they name two accounts, it throws.
 */
export function readCredentials(env: Environment, config: ConfigReader, account?: string): Credentials {
  const fromEnv = environmentSource(env, account);
  const fromConfig = configSource(config, account);
  const sids = [fromEnv.accountSid, fromConfig.accountSid].filter(isSet);
  // Before a message quotes any of them: a value that is no SID could be a misplaced secret.
  refuseFlawed(sids);
  const accountSid = agreed("account", sids);
  const [envLogin, configLogin] = [loginOf(fromEnv, accountSid), loginOf(fromConfig, accountSid)];
  // A secret in the environment without an account SID may belong to any account.
  const login = isSet(fromEnv.accountSid) ? (envLogin ?? configLogin) : (configLogin ?? envLogin);
  if (accountSid === undefined || login === undefined)
    throw missing(fromEnv, fromConfig, accountSid?.value, account);
  refuseFlawed(Object.values(login));
  const { username, password } = login;
  return {
    accountSid: accountSid.value,
    username: username.value,
    password: password.value,
    names: { accountSid: accountSid.name, username: username.name, password: password.name },
  };
}

/** Problems in the form of all credentials that are set, of any account. */
export function credentialProblems(env: Environment, config: ConfigReader): string[] {
  const sources = [
    ...[undefined, ...accountsInEnvironment(env)].map((account) => environmentSource(env, account)),
    ...[undefined, ...accountsIn(config)].map((account) => configSource(config, account)),
  ];
  const found = sources.flatMap((source) => Object.values<Named>(source).filter(isSet));
  return [...new Set(found.flatMap((named) => problemOf(named) ?? []))];
}

/**
 * The config's credentials as variables of the environment, which count whatever config the provider gets. Skips
 * accounts whose secret the environment holds already.
 */
export function configAsEnvironment(env: Environment, config: ConfigReader): Record<string, string> {
  const told = [undefined, ...accountsIn(config)].flatMap((account): [string, string][] => {
    const there = environmentSource(env, account);
    if ([there.authToken, there.apiKey, there.apiSecret].some(isSet)) return [];
    const here = configSource(config, account);
    return KINDS.flatMap((kind): [string, string][] => {
      const { value } = here[kind];
      return value && !isSet(there[kind]) ? [[variableOf(kind, account), value]] : [];
    });
  });
  if (told.length === 0) return {};
  return { ...Object.fromEntries(told), [FROM_CONFIG]: told.map(([variable]) => variable).join(",") };
}

/** The login by API key if there is one, else by auth token. Half a key is an error, not skipped. */
function loginOf(
  { authToken, apiKey, apiSecret }: CredentialSource,
  accountSid: Named<string> | undefined,
): { username: Named<string>; password: Named<string> } | undefined {
  if (isSet(apiKey) && isSet(apiSecret)) return { username: apiKey, password: apiSecret };
  const [given, absent] = isSet(apiKey) ? [apiKey, apiSecret] : [apiSecret, apiKey];
  if (isSet(given))
    throw new ConfigurationError(`${given.name} is set, but ${absent.name} is not. Set both, or neither.`);
  return isSet(authToken) && accountSid ? { username: accountSid, password: authToken } : undefined;
}

function refuseFlawed(found: readonly Named<string>[]): void {
  const problems = found.flatMap((named) => problemOf(named) ?? []);
  if (problems.length > 0) throw new ConfigurationError([...new Set(problems)].join(" "));
}

const FORMS = {
  accountSid: ["AC", "an account SID"],
  apiKey: ["SK", "the SID of an API key"],
} as const;

function problemOf({ kind, name, value }: Named<string>): string | undefined {
  const flaw = credentialFlaw(value);
  if (flaw !== undefined) return `${name} ${flaw}`;
  if (kind !== "accountSid" && kind !== "apiKey") return undefined;
  const [prefix, noun] = FORMS[kind];
  if (isSid(prefix, value)) return undefined;
  return `${name} is not ${noun}. Give ${prefix} followed by 32 hexadecimal digits.`;
}

function missing(
  env: CredentialSource,
  config: CredentialSource,
  accountSid: string | undefined,
  account: string | undefined,
) {
  const login = `${env.authToken.name}, or ${env.apiKey.name} with ${env.apiSecret.name}`;
  const anything = [env, config].some((source) => Object.values<Named>(source).some(isSet));
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
      `and for ${config.accountSid.name} and its secret in the stack's config. Set one of them.`,
    STALE_CONFIG,
  );
}
