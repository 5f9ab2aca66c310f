import { z } from "zod";
import type { ArgsOf } from "../../core/definition/args";
import * as common from "../../core/definition/common-fields";
import { constrained } from "../../core/definition/constraint";
import type { Definition } from "../../core/definition/define";
import { field, policyOf } from "../../core/definition/field";
import { validate } from "../../core/definition/validate";
import type { JsonObject } from "../../core/json";
import { formProblem } from "../../core/json-form";
import { describeProblem } from "../../core/problem";
import { TwilioError } from "../../http/errors";
import { participant } from "../../resources";

export type Fields = Readonly<Record<string, z.ZodType>>;

/** The plain arguments of a look-up, by its schema. The output form takes `ArgsOf` the same schema. */
export type PlainArgsOf<Named extends Fields> = {
  [Key in keyof Named as undefined extends z.input<Named[Key]> ? never : Key]: z.input<Named[Key]>;
} & {
  [Key in keyof Named as undefined extends z.input<Named[Key]> ? Key : never]?: z.input<Named[Key]>;
};

/** The account to look in. */
export const inAccount = {
  /**
   * Name of the credentials to use, for subaccounts: `TWILIO_<NAME>_ACCOUNT_SID` and its like in the environment,
   * or `twilio:accounts` in the stack config. Default: the main credentials.
   */
  account: common.inAccount.account,
};

/** The service whose objects are looked up. */
export const inService = {
  /** SID (IS…) of the Conversations service to look in. Default: the account's default service. */
  serviceSid: common.inService.serviceSid,
};

/** The conversation whose objects are looked up. */
export const inConversation = {
  /** The conversation: its SID or its unique name. */
  conversationSid: participant.schema.shape.conversationSid,
};

/** How many objects to list. */
export const upToLimit = {
  /** How many at most, 1 or more. Default: all. */
  limit: constrained(z.number(), (value) =>
    Number.isSafeInteger(value) && value >= 1
      ? undefined
      : {
          message: "is not a number of objects",
          hint: "Give a whole number of 1 or more, or leave it out for all.",
        },
  ).optional(),
};

export type InAccountArgs = PlainArgsOf<typeof inAccount>;
export type InAccountOutputArgs = ArgsOf<typeof inAccount>;
export type InServiceArgs = PlainArgsOf<typeof inService> & InAccountArgs;
export type InServiceOutputArgs = ArgsOf<typeof inService> & InAccountOutputArgs;
export type InConversationArgs = PlainArgsOf<typeof inConversation> & InServiceArgs;
export type InConversationOutputArgs = ArgsOf<typeof inConversation> & InServiceOutputArgs;
export type LimitArgs = PlainArgsOf<typeof upToLimit>;
export type LimitOutputArgs = ArgsOf<typeof upToLimit>;

/** The schema of a look-up's arguments: its own fields, and where objects of this definition live. */
export function argumentSchema({ schema }: Definition, fields: Fields): z.ZodObject {
  for (const schema of Object.values(fields))
    if (policyOf(schema) === undefined) field({ change: "local" }, schema);
  const scope = Object.entries({ ...inConversation, ...inService, ...inAccount });
  const where = scope.filter(([name]) => name in schema.shape);
  return z.strictObject({ ...fields, ...Object.fromEntries(where) });
}

/** The error of a look-up's arguments. */
export class ArgumentError extends TwilioError {
  override name = "ArgumentError";
}

/** The checked arguments, without undefined ones. One error names every mistake. */
export function checkedArguments(definition: Definition, args: object): JsonObject {
  // JSON would turn NaN into null, which means left out: a limit would be none. Schemas see objects as JSON writes them.
  const formless = Object.entries(args).flatMap(([path, value]) => {
    const finding = typeof value === "object" ? undefined : formProblem(value);
    return finding === undefined ? [] : [{ path, ...finding }];
  });
  const isFormless = (path: string) => formless.some((problem) => problem.path === path);
  const formed = Object.fromEntries(Object.entries(args).filter(([path]) => !isFormless(path)));
  const { inputs, problems: others } = validate({ ...definition, normalizeInputs: undefined }, {}, formed);
  const problems = [...formless, ...others.filter(({ path }) => !isFormless(path))];
  if (problems.length > 0) throw new ArgumentError(problems.map(describeProblem).join(" "));
  return inputs;
}
