import { ConfigurationError } from "../errors";
import { isObject, type JsonObject, parseJson } from "../json";
import type { ConfigReader, Environment } from "./settings";

/** Kinds of credentials, with the suffixes of their variables; the config uses the kinds as keys. */
const SUFFIXES = {
  accountSid: "ACCOUNT_SID",
  authToken: "AUTH_TOKEN",
  apiKey: "API_KEY",
  apiSecret: "API_SECRET",
} as const;
export type CredentialKind = keyof typeof SUFFIXES;
export const KINDS = ["accountSid", "authToken", "apiKey", "apiSecret"] as const;

/** A credential of the environment or the config, with its name for messages. */
export interface Named<Value = string | undefined> {
  readonly kind: CredentialKind;
  readonly name: string;
  readonly value: Value;
}

/** The credentials of one account from one source. */
export type CredentialSource = Readonly<Record<CredentialKind, Named>>;

/** The variables whose values come from the config: messages name its keys instead, where the user can correct them. */
export const FROM_CONFIG = "TWILIO_CONVERSATIONS_FROM_CONFIG";

export function isSet(named: Named): named is Named<string> {
  return Boolean(named.value);
}

/** The variables of a named account, or of the main one. */
export function environmentSource(env: Environment, account: string | undefined): CredentialSource {
  const told = (env[FROM_CONFIG] ?? "").split(",");
  return sourceOf((kind) => {
    const variable = variableOf(kind, account);
    return { name: told.includes(variable) ? keyOf(kind, account) : variable, value: env[variable] };
  });
}

/** The config of an account: an entry of `twilio:accounts`, one object keyed by name; without a name the main one. */
export function configSource(config: ConfigReader, account: string | undefined): CredentialSource {
  const set = account === undefined ? undefined : parsedAccounts(config("accounts"))[account];
  return sourceOf((kind) => {
    const value = account === undefined ? config(kind) : isObject(set) ? set[kind] : undefined;
    return { name: keyOf(kind, account), value: typeof value === "string" ? value : undefined };
  });
}

/** The accounts that the config names. */
export function accountsIn(config: ConfigReader): string[] {
  return Object.keys(parsedAccounts(config("accounts")));
}

/** The accounts that the environment has variables of, by the name's part of each variable. */
export function accountsInEnvironment(env: Environment): string[] {
  const pattern = new RegExp(`^TWILIO_(.+)_(?:${Object.values(SUFFIXES).join("|")})$`);
  return Object.keys(env).flatMap((variable) => pattern.exec(variable)?.[1] ?? []);
}

export function variableOf(kind: CredentialKind, account: string | undefined): string {
  const whose = account === undefined ? "" : `${account.replaceAll("-", "_").toUpperCase()}_`;
  return `TWILIO_${whose}${SUFFIXES[kind]}`;
}

function keyOf(kind: CredentialKind, account: string | undefined): string {
  return account === undefined ? `twilio:${kind}` : `twilio:accounts.${account}.${kind}`;
}

function sourceOf(found: (kind: CredentialKind) => Omit<Named, "kind">): CredentialSource {
  const named = (kind: CredentialKind): Named => ({ kind, ...found(kind) });
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

/** Flaws that pasting, quoting and files leave on a credential, in the order of reporting. */
const FLAWS: readonly (readonly [pattern: RegExp, flaw: string])[] = [
  [/[\r\n]$/, "ends with a line break"],
  [/^[\r\n]/, "begins with a line break"],
  [/[\r\n]/, "holds a line break"],
  [/(?!\t)[\p{Cc}\p{Cf}]/u, "holds an invisible character"],
  [/^\s/, "begins with a blank"],
  [/\s$/, "ends with a blank"],
  [/\s/, "holds a blank"],
  [/^["'`]|["'`]$/, "begins or ends with a quotation mark"],
  [/[^!-~]/, "holds a character beyond ASCII"],
];

/** Why a text cannot be a credential of any kind. Shows nothing of it. */
export function credentialFlaw(text: string): string | undefined {
  if (text.trim() === "") return "is blank. Set it, or unset it.";
  const flaw = FLAWS.find(([pattern]) => pattern.test(text))?.[1];
  return flaw && `${flaw}, which is no part of it. Set it again without.`;
}
