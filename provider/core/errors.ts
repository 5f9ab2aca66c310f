import { RequestError, TwilioError } from "../http/errors";
import type { JsonObject } from "./json";

/** The object exists already, and may not be taken over. */
export class AdoptionError extends TwilioError {
  override name = "AdoptionError";
}

/** What is wrong with the credentials or settings, and what to do. */
export class ConfigurationError extends TwilioError {
  override name = "ConfigurationError";
}

/** No credentials at all: a preview works without, everything else does not. */
export class MissingCredentialsError extends ConfigurationError {
  override name = "MissingCredentialsError";

  /** `remark` is for those alone who may have been given an old config. */
  constructor(
    readonly lookedFor: string,
    remark: string,
  ) {
    super(`${lookedFor} ${remark}`);
  }
}

/** The state does not hold what an operation needs. */
export class DamagedStateError extends TwilioError {
  override name = "DamagedStateError";

  constructor(what: string) {
    super(
      `the state ${what}: it is damaged, or not of this package. Nothing was sent. ` +
        "Mend it with `pulumi stack export` and `import`, or remove the resource with `pulumi state delete`.",
    );
  }
}

/** What a `get` names is not there. */
export class NotFoundError extends TwilioError {
  override name = "NotFoundError";
}

/** A new object would be given the mask of a value instead of the value. */
export class HiddenValueError extends TwilioError {
  override name = "HiddenValueError";
}

/** An object is the resource's own, but nobody can tell whether it was set as declared: the next operation asks. */
export class UnverifiedError extends TwilioError {
  override name = "UnsettledError";

  constructor(
    readonly sid: string,
    readonly state: JsonObject,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** An update that Twilio could only answer with an error. */
export class RefusedUpdateError extends TwilioError {
  override name = "RefusedUpdateError";
}

/** Nothing is there that could be set. */
export class AbsentError extends TwilioError {
  override name = "AbsentError";
}

/** A create that may have happened, and nothing here can tell. */
export class UnknownOutcomeError extends TwilioError {
  override name = "UnknownOutcomeError";

  constructor({ noun }: { readonly noun: string }, error: unknown, because: string, cure: string) {
    super(`${briefly(error)}. Whether the ${noun} was created is not known: ${because}. ${cure}`, {
      cause: error,
    });
  }
}

/** The stack's state and what the credentials in use reach are of different places. Both are named. */
export class MismatchError extends TwilioError {
  override name = "MismatchError";
}

/** Some members could not be written; the others were. */
export class RosterError extends TwilioError {
  override name = "RosterError";
}

/** What came back, without what to do about it. */
export function briefly(error: unknown): string {
  return (error instanceof RequestError ? error.brief : String(error)).replace(/\.$/, "");
}
