import { ConfigurationError, MismatchError } from "../../core/errors";
import { ProgramError } from "../../core/program/program-error";
import type { Session } from "../../core/run/session";
import { RequestError, TwilioError } from "../../http/errors";
import { redact } from "../../http/redaction/redaction";

/** No object matches, or several do. */
export class NoMatchError extends TwilioError {
  override name = "NoMatchError";

  constructor(
    readonly reason: "nothing" | "several",
    message: string,
  ) {
    super(message);
  }
}

/** A failed look-up. If the program does not catch it, Pulumi prints only its message, without a stack. */
export class LookupError extends ProgramError {
  override name = "LookupError";
  /** Why: `nothing` matches, `several` objects match, or the look-up itself `failed`. */
  readonly reason: "nothing" | "several" | "failed";

  constructor(reason: LookupError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The errors of each run, by text and by cause: all look-ups share one check of the account, which can fail. */
const byText = new WeakMap<Session, Map<string, LookupError>>();
const byCause = new WeakMap<TwilioError, LookupError>();

/**
 * Converts an error to a {@link LookupError} without secret texts; a fault of this package stays unchanged. Equal
 * errors are one object: Pulumi recognizes by identity what it has printed already.
 */
export function asLookupError(
  error: unknown,
  { name, session, secrets }: { name: string; session: Session; secrets: readonly string[] },
): unknown {
  if (!(error instanceof TwilioError)) return error;
  const known = byCause.get(error);
  if (known !== undefined) return known;
  // An error of the whole run does not name this look-up.
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
