import { processEnvironment } from "../engine/config";
import { Session } from "../engine/session";
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
  const stored = stack === undefined ? {} : await configOf(cwd, stack);
  const told =
    timeoutSeconds === undefined ? {} : { "twilio:timeoutSeconds": { value: String(timeoutSeconds) } };
  const config: StackConfig = { ...stored, ...told };
  return new Session(
    processEnvironment(),
    (key) => config[`twilio:${key}`]?.value,
    (message) => console.error(message),
  );
}

type StackConfig = Readonly<Record<string, { readonly value?: string } | undefined>>;

async function configOf(cwd: string, stack: string): Promise<StackConfig> {
  const args = ["config", "--json", "--show-secrets", "--stack", stack];
  return JSON.parse(await pulumiOutput(args, cwd)) as StackConfig;
}
