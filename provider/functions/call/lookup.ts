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

/** One kind of look-up: its name, its arguments, its objects. */
export interface Lookup {
  /** The function's name. */
  readonly name: string;
  readonly schema: z.ZodObject;
  readonly definition: Definition;
  /** Finds mistakes in the combination of arguments. */
  readonly rules?: (inputs: JsonObject) => Problem[];
  readonly resolve: (search: Search) => Promise<Json>;
}

/** A look-up under way, after the account is verified. */
export interface Search {
  readonly definition: Definition;
  readonly connection: Connection;
  readonly account: Account;
  /** The program's arguments. */
  readonly inputs: JsonObject;
  /** Whether a text of the program is secret. Then no similar text may be shown either. */
  readonly isSecret: boolean;
}

/** Answers a look-up within a session. */
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
    // First, since a path carries no account: another account's key would find or miss other objects.
    const account = await connection.verified();
    return await resolve({ definition, connection, account, inputs, isSecret });
  } catch (error) {
    throw asLookupError(error, { name, session, secrets });
  }
}

/** A function that reads from Twilio while the program runs. */
export type Call<Args, Result> = (args: Args) => Promise<Result>;
/** The same with optional arguments. */
export type OptionalCall<Args, Result> = (args?: Args) => Promise<Result>;
/** The same with arguments that can be outputs of resources. */
export type OutputCall<Args, Result> = (args: Args) => pulumi.Output<Result>;
/** The same with optional arguments that can be outputs of resources. */
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

/** Names the function as its export, for stack traces and debuggers: a returned function has no name. */
function named<Named extends object>(name: string, call: Named): Named {
  return Object.defineProperty(call, "name", { value: name });
}

/** Answers a look-up in a program. */
async function inProgram<Result>(lookup: Lookup, args: object = {}, isSecret = false): Promise<Result> {
  const mocks = programMocks();
  if (mocks !== undefined) return (await mocked(mocks, lookup.name, args)) as Result;
  warnOfPlainSecrets();
  // Loaded on demand: most programs call no function, and the HTTP client takes time to load.
  const { programSession } = require("./program-session") as typeof import("./program-session");
  return (await lookUp(programSession(), lookup, args, isSecret)) as Result;
}

/**
 * The answer of a unit test's mocks to a look-up. The mocks are called directly: the SDK's `invoke` makes an object
 * of a list and drops the text of an error (measured at 3.255.0).
 */
export async function mocked(mocks: runtime.Mocks, name: string, args: object): Promise<unknown> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return mocks.call({ token: indexToken(name), inputs: Object.fromEntries(given) });
}
