import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

/** The fields of a schema, or of a part of it. */
type Fields = Readonly<Record<string, z.core.$ZodType>>;

/** The argument type of a schema; each part of it may be an output of another resource. */
type ValueOf<Schema> =
  Schema extends z.ZodOptional<infer Inner>
    ? ValueOf<Inner>
    : Schema extends z.ZodArray<infer Item>
      ? readonly pulumi.Input<ValueOf<Item>>[]
      : Schema extends z.ZodObject<infer Members>
        ? ArgsOf<Members>
        : z.input<Schema>;

/**
 * The argument types of a schema's fields. `Instead` has the types of fields that the schema does not tell. The
 * published declarations are written out, with the docs of the fields (`scripts/declarations`).
 */
export type ArgsOf<Named extends Fields, Instead = unknown> = {
  [Key in keyof Named as undefined extends z.input<Named[Key]> ? never : Key]: ArgOf<Named, Instead, Key>;
} & {
  [Key in keyof Named as undefined extends z.input<Named[Key]> ? Key : never]?: ArgOf<Named, Instead, Key>;
};

type ArgOf<Named extends Fields, Instead, Key extends keyof Named> = Key extends keyof Instead
  ? Instead[Key]
  : pulumi.Input<ValueOf<Named[Key]> | (undefined extends z.input<Named[Key]> ? undefined : never)>;

/** The same with these fields required, in these types. */
export type Having<Args, Given> = Omit<Args, keyof Given> & {
  [Key in keyof Required<Pick<Args, keyof Args & keyof Given>>]: Given[Key];
};

/** An object without these members, for each of its variants. */
export type Without<Args, Names extends PropertyKey> = Args extends unknown ? Omit<Args, Names> : never;

/** A word that is not known before the program runs. */
export type Later<Word> = Promise<Word> | pulumi.OutputInstance<Word>;

/** The object of an account that a `get` reads. */
export interface AccountGetArgs {
  /** SID of the object. */
  sid: pulumi.Input<string>;
  /** Name of the credentials to use. Default: the main credentials. */
  account?: pulumi.Input<string>;
}

/** The object of a service that a `get` reads. */
export interface GetArgs extends AccountGetArgs {
  /** SID (IS…) of the Conversations service it lives in. Default: the account's default service. */
  serviceSid?: pulumi.Input<string>;
}

/** The service whose settings a `get` reads. */
export interface SingletonGetArgs {
  /** SID (IS…) of the service. */
  serviceSid: pulumi.Input<string>;
  /** Name of the credentials to use. Default: the main credentials. */
  account?: pulumi.Input<string>;
}

/** The account whose settings a `get` reads. */
export interface AccountSingletonGetArgs {
  /** SID (AC…) of the account. */
  accountSid: pulumi.Input<string>;
  /** Name of the credentials to use. Default: the main credentials. */
  account?: pulumi.Input<string>;
}
