import { RequestError, TwilioError } from "../http/errors";
import type { JsonObject } from "./json";

/** The object exists already and must not be adopted. */
export class AdoptionError extends TwilioError {
  override name = "AdoptionError";
}

/** Problem of credentials or settings, with a hint. */
export class ConfigurationError extends TwilioError {
  override name = "ConfigurationError";
}

/** No credentials at all: only a preview works without. */
export class MissingCredentialsError extends ConfigurationError {
  override name = "MissingCredentialsError";

  /** `remark` concerns only callers that may have been given an old config. */
  constructor(
    readonly lookedFor: string,
    remark: string,
  ) {
    super(`${lookedFor} ${remark}`);
  }
}

/** The state lacks a value that an operation needs. */
export class DamagedStateError extends TwilioError {
  override name = "DamagedStateError";

  constructor(what: string) {
    super(
      `the state ${what}: it is damaged, or not of this package. Nothing was sent. ` +
        "Mend it with `pulumi stack export` and `import`, or remove the resource with `pulumi state delete`.",
    );
  }
}

/** The object of a `get` does not exist. */
export class NotFoundError extends TwilioError {
  override name = "NotFoundError";
}

/** A new object would get a mask in place of the hidden value. */
export class HiddenValueError extends TwilioError {
  override name = "HiddenValueError";
}

/** The object is managed, but its declared values are unverified: the next operation reads first. */
export class UnverifiedError extends TwilioError {
  override name = "UnverifiedError";

  constructor(
    readonly sid: string,
    readonly state: JsonObject,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** An update that Twilio would only answer with an error. */
export class RefusedUpdateError extends TwilioError {
  override name = "RefusedUpdateError";
}

/** The setting does not exist yet. */
export class AbsentError extends TwilioError {
  override name = "AbsentError";
}

/** A create whose outcome cannot be determined here. */
export class UnknownOutcomeError extends TwilioError {
  override name = "UnknownOutcomeError";

  constructor({ noun }: { readonly noun: string }, error: unknown, because: string, hint: string) {
    super(`${briefly(error)}. Whether the ${noun} was created is not known: ${because}. ${hint}`, {
      cause: error,
    });
  }
}

/** The recorded location and the location that the credentials reach differ. The message names both. */
export class MismatchError extends TwilioError {
  override name = "MismatchError";
}

/** Some members could not be written or deleted. */
export class RosterError extends TwilioError {
  override name = "RosterError";
}

/** The error in brief, without its hint. */
export function briefly(error: unknown): string {
  return (error instanceof RequestError ? error.brief : String(error)).replace(/\.$/, "");
}
