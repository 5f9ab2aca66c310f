import { type ConfigReader, processEnvironment } from "../../core/api/settings";
import { Session } from "../../core/run/session";
import { systemClock } from "../../http/clock";
import { pulumiOutput } from "./pulumi";

/** Where a command finds the settings besides the environment. */
export interface SettingsPlace {
  readonly cwd: string;
  /** The stack whose `twilio:` config counts, as in its own runs; without it the environment alone does. */
  readonly stack?: string | undefined;
  /** How long a request may take with all its attempts, in seconds. Default: what the config says. */
  readonly timeoutSeconds?: number;
}

/** The session of a command that speaks to Twilio: credentials and settings as the provider itself reads them. */
export async function cliSession({ cwd, stack, timeoutSeconds }: SettingsPlace): Promise<Session> {
  const stored = stack === undefined ? () => undefined : await stackConfig(cwd, stack);
  const told = timeoutSeconds === undefined ? undefined : String(timeoutSeconds);
  return sessionWith((key) => (key === "timeoutSeconds" ? (told ?? stored(key)) : stored(key)));
}

/** Somebody waits, and most likely an address is mistyped or a simulator is yet to be started. Some commands ask twice. */
const MAX_ABSENT_MS = 600;

/** The same with a config that is read already. */
export function sessionWith(config: ConfigReader): Session {
  const notify = (message: string) => console.error(message);
  return new Session(processEnvironment(), config, notify, systemClock, { maxAbsentMs: MAX_ABSENT_MS });
}

/** The `twilio:` config of a stack, secrets in clear. */
export async function stackConfig(cwd: string, stack: string): Promise<ConfigReader> {
  const args = ["config", "--json", "--show-secrets", "--stack", stack];
  const config: Readonly<Record<string, { readonly value?: string } | undefined>> = JSON.parse(
    await pulumiOutput(args, cwd),
  );
  return (key) => config[`twilio:${key}`]?.value;
}
