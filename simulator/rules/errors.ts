import { type ErrorCode, errorCodes } from "./error-codes";

/** A refusal in Twilio's terms: the HTTP status, the code and a message. Rendered in http/answer.ts. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly headers: Record<string, string> = {};

  constructor(
    readonly code: number,
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export class NotFoundError extends ApiError {
  override name = "NotFoundError";

  constructor(path: string) {
    super(20404, `The requested resource ${path} was not found`, 404);
  }
}

/** The error of a code from the table; `detail` is put after the standard message. */
export class CodedError extends ApiError {
  override name = "CodedError";

  constructor(code: ErrorCode, detail?: string) {
    const [status, message] = errorCodes[code];
    super(code, detail === undefined ? message : `${message}: ${detail}`, status);
  }
}

/** A mistake in a flag, a seed or a fault script: shown as one line, never as a stack. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** The simulator cannot listen where it is to: no mistake of the command line, since the port was free before. */
export class ListenError extends Error {
  override name = "ListenError";
}
