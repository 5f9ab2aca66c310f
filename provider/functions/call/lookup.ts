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

/** What is looked for, and how. */
export interface Lookup {
  /** The function's name. */
  readonly name: string;
  readonly schema: z.ZodObject;
  readonly definition: Definition;
  /** What is wrong with the arguments that no single one shows. */
  readonly rules?: (inputs: JsonObject) => Problem[];
  readonly resolve: (search: Search) => Promise<Json>;
}

/** A look-up under way, once the account has answered for itself. */
export interface Search {
  readonly definition: Definition;
  readonly connection: Connection;
  readonly account: Account;
  /** What the program asked. */
  readonly inputs: JsonObject;
  /** Whether a text of the program's is secret, so that not even one that is like it may be shown. */
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
    // First, since a path carries no account: what another account's key finds or misses proves nothing.
    const account = await connection.verified();
    return await resolve({ definition, connection, account, inputs, isSecret });
  } catch (error) {
    throw asLookupError(error, { name, session, secrets });
  }
}

/** A function that asks Twilio while the program runs. */
export type Call<Args, Result> = (args: Args) => Promise<Result>;
/** The same, whose arguments can be left out. */
export type OptionalCall<Args, Result> = (args?: Args) => Promise<Result>;
/** The same for arguments that are outputs of resources. */
export type OutputCall<Args, Result> = (args: Args) => pulumi.Output<Result>;
/** The same for arguments that are outputs of resources and can be left out. */
export type OptionalOutputCall<Args, Result> = (args?: Args) => pulumi.Output<Result>;

/** The function of a look-up for plain arguments. */
export function callOf(lookup: Lookup) {
  return named(lookup.name, <Result>(args?: object): Promise<Result> => inProgram(lookup, args));
}

/** The function of a look-up for outputs: its result is unknown as long as one of them is, secret if one of them is. */
export function outputCallOf(lookup: Lookup) {
  return named(`${lookup.name}Output`, <Result>(args: object = {}): pulumi.Output<Result> => {
    const known = pulumi.output(args);
    return known.apply(async (plain) =>
      inProgram<Result>(lookup, plain, await pulumi.isSecret(known)),
    ) as pulumi.Output<Result>;
  });
}

/** The function under the name of its export, which stack traces and debuggers show: one that is returned has none. */
function named<Named extends object>(name: string, call: Named): Named {
  return Object.defineProperty(call, "name", { value: name });
}

/** Answers a look-up in a program. */
async function inProgram<Result>(lookup: Lookup, args: object = {}, isSecret = false): Promise<Result> {
  const mocks = programMocks();
  if (mocks !== undefined) return (await mocked(mocks, lookup.name, args)) as Result;
  warnOfPlainSecrets();
  // Most programs look nothing up, and would wait for what sends requests.
  const { programSession } = require("./program-session") as typeof import("./program-session");
  return (await lookUp(programSession(), lookup, args, isSecret)) as Result;
}

/**
 * What the mocks of a unit test answer to a look-up. Asked by themselves, and not by the SDK's `invoke`, which would
 * make an object of a list, and leaves out what an error says (measured at 3.255.0).
 */
export async function mocked(mocks: runtime.Mocks, name: string, args: object): Promise<unknown> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return mocks.call({ token: indexToken(name), inputs: Object.fromEntries(given) });
}
