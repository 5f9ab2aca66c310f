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

/** The arguments of a look-up as plain values, by its schema. Its output form takes `ArgsOf` the same schema. */
export type PlainArgsOf<Named extends Fields> = {
  [Key in keyof Named as undefined extends z.input<Named[Key]> ? never : Key]: z.input<Named[Key]>;
} & {
  [Key in keyof Named as undefined extends z.input<Named[Key]> ? Key : never]?: z.input<Named[Key]>;
};

/** The argument that selects the account. */
export const inAccount = {
  /**
   * Name of the credentials to use, for subaccounts: `TWILIO_<NAME>_ACCOUNT_SID` and its like in the environment,
   * or `twilio:accounts` in the stack config. Default: the main credentials.
   */
  account: common.inAccount.account,
};

/** The argument that selects the service. */
export const inService = {
  /** SID (IS…) of the Conversations service to look in. Default: the account's default service. */
  serviceSid: common.inService.serviceSid,
};

/** The argument that selects the conversation. */
export const inConversation = {
  /** The conversation: its SID or its unique name. */
  conversationSid: participant.schema.shape.conversationSid,
};

/** The argument that limits a list. */
export const upToLimit = {
  /** Most objects to return, 1 or more; reading stops there. Default: all. */
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

/** The schema of a look-up's arguments: its own fields, and the account, service and conversation to look in. */
export function argumentSchema({ schema }: Definition, fields: Fields): z.ZodObject {
  for (const schema of Object.values(fields))
    if (policyOf(schema) === undefined) field({ change: "local" }, schema);
  const scope = Object.entries({ ...inConversation, ...inService, ...inAccount });
  const where = scope.filter(([name]) => name in schema.shape);
  return z.strictObject({ ...fields, ...Object.fromEntries(where) });
}

/** Problems with the arguments of a look-up. */
export class ArgumentError extends TwilioError {
  override name = "ArgumentError";
}

/** Returns the arguments that the program gave, or throws all their problems at once. */
export function checkedArguments(definition: Definition, args: object): JsonObject {
  // JSON turns NaN into null, which would mean no limit. In objects the schemas check what JSON makes of them.
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
