import { ConfigurationError, MismatchError } from "../../core/errors";
import { ProgramError } from "../../core/program/program-error";
import type { Session } from "../../core/run/session";
import { RequestError, TwilioError } from "../../http/errors";
import { redact } from "../../http/redaction/redaction";

/** Nothing is there that was asked for, or more than one. */
export class NoMatchError extends TwilioError {
  override name = "NoMatchError";

  constructor(
    readonly reason: "nothing" | "several",
    message: string,
  ) {
    super(message);
  }
}

/**
 * A look-up that failed. Where the program does not catch it, Pulumi prints its message alone, without a stack.
 */
export class LookupError extends ProgramError {
  override name = "LookupError";
  /** Why: `nothing` is there that was asked for, `several` are, or the look-up itself `failed`. */
  readonly reason: "nothing" | "several" | "failed";

  constructor(reason: LookupError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The errors of each run by their text, and by what caused them: look-ups share the question whose account it is. */
const byText = new WeakMap<Session, Map<string, LookupError>>();
const byCause = new WeakMap<TwilioError, LookupError>();

/**
 * An error as the program gets it, without the texts that are secret; what is a fault of this package stays as it is.
 * Equal ones are one object, since Pulumi knows by identity what it has printed already.
 */
export function asLookupError(
  error: unknown,
  { name, session, secrets }: { name: string; session: Session; secrets: readonly string[] },
): unknown {
  if (!(error instanceof TwilioError)) return error;
  const known = byCause.get(error);
  if (known !== undefined) return known;
  // What is wrong with the run as a whole is no matter of this look-up.
  const isOfTheRun = error instanceof ConfigurationError || error instanceof MismatchError;
  const message = error instanceof RequestError ? session.explain(error) : error.message;
  const text = redact(isOfTheRun ? message : `${name}: ${message}`, secrets);
  const texts = byText.get(session) ?? new Map<string, LookupError>();
  byText.set(session, texts);
  const same = texts.get(text) ?? new LookupError(reasonOf(error), text);
  texts.set(text, same);
  byCause.set(error, same);
  return same;
}

function reasonOf(error: TwilioError): LookupError["reason"] {
  return error instanceof NoMatchError ? error.reason : "failed";
}
