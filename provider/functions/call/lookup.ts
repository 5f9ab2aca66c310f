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

/** A function with which a program asks Twilio. */
export interface Lookup extends Resolver {
  /** The function's name. */
  readonly name: string;
  readonly schema: z.ZodObject;
}

/** What is looked for, and how. */
export interface Resolver {
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
  { name, definition, schema, rules, resolve: answer }: Lookup,
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
    return await answer({ definition, connection, account, inputs, isSecret });
  } catch (error) {
    throw asLookupError(error, { name, session, secrets });
  }
}

/** Answers a look-up in a program. */
export async function inProgram<Result>(
  lookup: Lookup,
  args: object = {},
  isSecret = false,
): Promise<Result> {
  const mocks = programMocks();
  if (mocks !== undefined) return (await mocked(mocks, lookup.name, args)) as Result;
  warnOfPlainSecrets();
  // Most programs look nothing up, and would wait for what sends requests.
  const { programSession } = require("./program-session") as typeof import("./program-session");
  return (await lookUp(programSession(), lookup, args, isSecret)) as Result;
}

/** The same for arguments that may be outputs: unknown as long as one of them is, and secret if one of them is. */
export function inProgramOutput<Result>(lookup: Lookup, args: object = {}): pulumi.Output<Result> {
  const known = pulumi.output(args);
  return known.apply(async (plain) =>
    inProgram<Result>(lookup, plain, await pulumi.isSecret(known)),
  ) as pulumi.Output<Result>;
}

/**
 * What the mocks of a unit test answer to a look-up. Asked by themselves, and not by the SDK's `invoke`, which would
 * make an object of a list, and leaves out what an error says (measured at 3.255.0).
 */
export async function mocked(mocks: runtime.Mocks, name: string, args: object): Promise<unknown> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return mocks.call({ token: indexToken(name), inputs: Object.fromEntries(given) });
}
