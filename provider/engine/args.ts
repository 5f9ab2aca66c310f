import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

/** A value in which every part may be an output of another resource. */
type Deep<Value> = pulumi.Input<
  Value extends readonly (infer Item)[]
    ? Deep<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: Deep<Value[Key]> }
      : Value
>;

/** The fields of a schema, or of a part of it. */
type Fields = Readonly<Record<string, z.ZodType>>;

/**
 * What a program may say, by the fields of a schema. `Groups` gives the fields with members of their own, as an
 * `ArgsOf` each. The docs come along only from fields that are written out in a constant of their own: the compiler
 * drops the comments of what is spread or nested when it writes declarations.
 */
export type ArgsOf<Named extends Fields, Groups = unknown> = {
  [Key in keyof Named as undefined extends z.input<Named[Key]> ? never : Key]: ArgOf<Named, Groups, Key>;
} & {
  [Key in keyof Named as undefined extends z.input<Named[Key]> ? Key : never]?: ArgOf<Named, Groups, Key>;
};

type ArgOf<Named extends Fields, Groups, Key extends keyof Named> = Key extends keyof Groups
  ? pulumi.Input<Groups[Key]> | (undefined extends z.input<Named[Key]> ? undefined : never)
  : Deep<z.input<Named[Key]>>;

/** What a program may say of a group in which some fields stand, and none of the others. */
export type VariantOf<Named extends Fields, Own extends keyof Named, Groups = unknown> = ArgsOf<
  Pick<Named, Own>,
  Groups
> & { [Key in keyof Omit<Named, Own>]?: never };

/** Which of the account's objects a `get` reads. */
export interface AccountGetArgs {
  /** SID of the object. */
  sid: pulumi.Input<string>;
  /** Name of the credentials to use. Default: the main credentials. */
  account?: pulumi.Input<string>;
}

/** Which object of a service a `get` reads. */
export interface GetArgs extends AccountGetArgs {
  /** SID (IS…) of the Conversations service it lives in. Default: the account's default service. */
  serviceSid?: pulumi.Input<string>;
}

/** Whose settings a `get` reads. */
export interface SingletonGetArgs {
  /** SID (IS…) of the service. */
  serviceSid: pulumi.Input<string>;
  /** Name of the credentials to use. Default: the main credentials. */
  account?: pulumi.Input<string>;
}

/** Of which account a `get` reads the settings. */
export interface AccountSingletonGetArgs {
  /** SID (AC…) of the account. */
  accountSid: pulumi.Input<string>;
  /** Name of the credentials to use. Default: the main credentials. */
  account?: pulumi.Input<string>;
}
