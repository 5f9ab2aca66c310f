import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parsedJson } from "./control/parsed-json";
import { seedOf } from "./control/seed-file";
import { exportedVariables } from "./exported-variables";
import { faultsOf } from "./faults/fault";
import { UsageError } from "./rules/errors";
import { applySetting } from "./setting";
import { startSimulator } from "./simulator";
import type { SimulatorOptions } from "./simulator-types";

/** The flags of `pulumi-twilio-conversations simulator`, as text from the command line. */
export interface RunFlags {
  port?: string;
  seed?: string;
  latency?: string;
  rateLimit?: string;
  faults?: string;
  data?: string;
  allowWebhookHost?: string | string[];
  /** `name=value` for a switch or a limit in LIMITS.md. */
  set?: string | string[];
}

/**
 * The default port. A stack's state records where its objects live, so another port strands it. No system assigns this
 * port by itself, and no known service uses it.
 */
export const usualPort = 14_155;
const usualPorts = Array.from({ length: 100 }, (_, more) => usualPort + more);

/** Runs until SIGINT or SIGTERM; prints the address and the lines to paste for a program. */
export async function runSimulator(flags: RunFlags | readonly string[]): Promise<void> {
  const options = simulatorOptions(isArguments(flags) ? flagsOf(flags) : flags);
  const simulator = await startSimulator({ port: usualPorts, ...options });
  const { url, env } = simulator;
  const ended = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  try {
    const { port } = new URL(url);
    if (options.port === undefined && Number(port) !== usualPort)
      console.error(
        `Port ${usualPort} is taken, so this simulator listens on ${port}. A stack records the port that it was created with.`,
      );
    console.log(`Twilio Conversations simulator listening on ${url}\n${exportedVariables(env)}`);
    await ended;
  } finally {
    await simulator.close();
  }
}

function isArguments(flags: RunFlags | readonly string[]): flags is readonly string[] {
  return Array.isArray(flags);
}

/** Parses command-line arguments; refuses anything else in one line. */
export function flagsOf(argv: readonly string[]): RunFlags {
  try {
    const text = { type: "string" } as const;
    const many = { type: "string", multiple: true } as const;
    const { values, tokens } = parseArgs({
      args: [...argv],
      options: {
        port: text,
        seed: text,
        latency: text,
        "rate-limit": text,
        faults: text,
        data: text,
        "allow-webhook-host": many,
        set: many,
      },
      strict: true,
      allowPositionals: false,
      tokens: true,
    });
    refuseRepeated(tokens.flatMap((token) => (token.kind === "option" ? [token] : [])));
    const { "rate-limit": rateLimit, "allow-webhook-host": allowWebhookHost, ...rest } = values;
    return { ...rest, rateLimit, allowWebhookHost };
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split("\n")[0] ?? "") : "bad arguments");
  }
}

const repeatable: ReadonlySet<string> = new Set(["allow-webhook-host", "set"]);

function refuseRepeated(
  given: readonly { readonly name: string; readonly value: string | undefined }[],
): void {
  for (const { name } of given) {
    const values = given.filter((other) => other.name === name).map(({ value }) => value);
    if (values.length > 1 && !repeatable.has(name))
      throw new UsageError(`--${name} was given more than once: ${values.join(", then ")}. Give it once`);
  }
}

/** Checks every flag and reads the files they name. */
export function simulatorOptions(flags: RunFlags): SimulatorOptions {
  const options: SimulatorOptions = {};
  if (flags.port !== undefined) options.port = whole(flags.port, "--port", 65_535);
  if (flags.latency !== undefined) options.latencyMs = whole(flags.latency, "--latency", 600_000);
  if (flags.rateLimit !== undefined) options.rateLimit = rateLimitOf(flags.rateLimit);
  if (flags.seed !== undefined) options.seed = fromFile(flags.seed, "--seed", seedOf);
  if (flags.faults !== undefined) options.faults = fromFile(flags.faults, "--faults", faultsOf);
  if (flags.data === "") throw new UsageError("--data takes the name of a file");
  if (flags.data !== undefined) options.dataFile = flags.data;
  if (flags.allowWebhookHost !== undefined) options.allowWebhookHosts = [flags.allowWebhookHost].flat();
  for (const setting of [flags.set ?? []].flat()) applySetting(options, setting);
  return options;
}

function rateLimitOf(text: string): "off" | "twilio" | number {
  if (text === "off" || text === "twilio") return text;
  const limit = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (limit === 0)
    throw new UsageError(`--rate-limit takes off, twilio or a whole number from 1, not ${text}`);
  return limit;
}

function whole(text: string, flag: string, max: number): number {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= max)) throw new UsageError(`${flag} takes a whole number from 0 to ${max}, not ${text}`);
  return value;
}

function fromFile<T>(file: string, flag: string, check: (value: unknown) => T): T {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(
      `${flag}: cannot read ${file} (${(error as NodeJS.ErrnoException).code ?? "error"})`,
    );
  }
  try {
    return check(parsedJson(text));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "not valid";
    throw new UsageError(`${flag}: ${file}: ${reason}`);
  }
}
