import { type ConfigReader, processEnvironment } from "../../core/api/settings";
import { Session } from "../../core/run/session";
import { systemClock } from "../../http/clock";
import { pulumiOutput } from "./pulumi";

/** Where a command reads settings besides the environment. */
export interface SettingsPlace {
  readonly cwd: string;
  /** The stack whose `twilio:` config applies, as in its own runs; without one only the environment does. */
  readonly stack?: string | undefined;
  /** Limit for a request with all its attempts, in seconds. Default: from the config. */
  readonly timeoutSeconds?: number;
}

/** The session of a command that calls Twilio, with credentials and settings as the provider reads them. */
export async function cliSession({ cwd, stack, timeoutSeconds }: SettingsPlace): Promise<Session> {
  const stored = stack === undefined ? () => undefined : await stackConfig(cwd, stack);
  const told = timeoutSeconds === undefined ? undefined : String(timeoutSeconds);
  return sessionWith((key) => (key === "timeoutSeconds" ? (told ?? stored(key)) : stored(key)));
}

/** A user waits, and the likely cause is a mistyped address or a stopped simulator. Some commands try twice. */
const MAX_ABSENT_MS = 600;

/** The session with a config that the command has read already. */
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
