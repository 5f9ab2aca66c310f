import type { runtime } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { toForm } from "../../core/api/codec";
import type { Account, Connection } from "../../core/api/connection";
import type { Definition } from "../../core/definition/define";
import type { Json, JsonObject } from "../../core/json";
import type { Problem } from "../../core/problem";
import { programMocks } from "../../core/program/current-run";
import { warnOfPlainSecrets } from "../../core/program/plaintext-secrets";
import { indexToken } from "../../core/program/provider-text";
import type { Session } from "../../core/run/session";
import { privateFormValues } from "../../http/redaction/redaction";
import { checkedArguments } from "./arguments";
import { asLookupError } from "./lookup-error";

/** A look-up: its arguments, their checks, and the requests that answer it. */
export interface Lookup {
  /** The function's name. */
  readonly name: string;
  readonly schema: z.ZodObject;
  readonly definition: Definition;
  /** Checks that concern several arguments. */
  readonly rules?: (inputs: JsonObject) => Problem[];
  readonly resolve: (search: Search) => Promise<Json>;
}

/** A look-up in progress, after the account is verified. */
export interface Search {
  readonly definition: Definition;
  readonly connection: Connection;
  readonly account: Account;
  /** The checked arguments. */
  readonly inputs: JsonObject;
  /** Whether an argument is secret. Then a message may not show similar names either. */
  readonly isSecret: boolean;
}

/** Runs a look-up in a session. */
export async function lookUp(
  session: Session,
  { name, definition, schema, rules, resolve }: Lookup,
  args: object,
  isSecret = false,
): Promise<Json> {
  let secrets: string[] = [];
  try {
    const asked = { ...definition, type: name, schema, rules };
    const inputs = checkedArguments(asked, args);
    if (isSecret) secrets = privateFormValues(toForm(asked, inputs));
    const connection = session.connection(inputs);
    // Verify first: a path carries no account, so another account's key would find or miss the wrong objects.
    const account = await connection.verified();
    return await resolve({ definition, connection, account, inputs, isSecret });
  } catch (error) {
    throw asLookupError(error, { name, session, secrets });
  }
}

/** A function that calls Twilio while the program runs. */
export type Call<Args, Result> = (args: Args) => Promise<Result>;
/** The same with optional arguments. */
export type OptionalCall<Args, Result> = (args?: Args) => Promise<Result>;
/** The same with outputs as arguments. */
export type OutputCall<Args, Result> = (args: Args) => pulumi.Output<Result>;
/** The same with optional outputs as arguments. */
export type OptionalOutputCall<Args, Result> = (args?: Args) => pulumi.Output<Result>;

/** The function of a look-up for plain arguments. */
export function callOf(lookup: Lookup) {
  return named(lookup.name, <Result>(args?: object): Promise<Result> => inProgram(lookup, args));
}

/** The function of a look-up for outputs. Its result is unknown while one of them is, and secret if one of them is. */
export function outputCallOf(lookup: Lookup) {
  return named(`${lookup.name}Output`, <Result>(args: object = {}): pulumi.Output<Result> => {
    const known = pulumi.output(args);
    return known.apply(async (plain) =>
      inProgram<Result>(lookup, plain, await pulumi.isSecret(known)),
    ) as pulumi.Output<Result>;
  });
}

/** Names a returned function, which has no name, after its export, for stack traces and debuggers. */
function named<Named extends object>(name: string, call: Named): Named {
  return Object.defineProperty(call, "name", { value: name });
}

/** Runs a look-up in a program. */
async function inProgram<Result>(lookup: Lookup, args: object = {}, isSecret = false): Promise<Result> {
  const mocks = programMocks();
  if (mocks !== undefined) return (await mocked(mocks, lookup.name, args)) as Result;
  warnOfPlainSecrets();
  // Load late: most programs look nothing up, and need not wait for the HTTP client.
  const { programSession } = require("./program-session") as typeof import("./program-session");
  return (await lookUp(programSession(), lookup, args, isSecret)) as Result;
}

/**
 * Calls the mocks of a unit test directly. The SDK's `invoke` would turn a list into an object, and drops an error's
 * message (measured at 3.255.0).
 */
export async function mocked(mocks: runtime.Mocks, name: string, args: object): Promise<unknown> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return mocks.call({ token: indexToken(name), inputs: Object.fromEntries(given) });
}
