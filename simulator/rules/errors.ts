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

/** The error of a code in the table; `detail` follows the standard message. */
export class CodedError extends ApiError {
  override name = "CodedError";

  constructor(code: ErrorCode, detail?: string) {
    const [status, message] = errorCodes[code];
    super(code, detail === undefined ? message : `${message}: ${detail}`, status);
  }
}

/** A mistake in a flag, a seed or a fault script. Printed as one line without a stack trace. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Applies the API's rules outside a request: turns an ApiError into a UsageError with its code and location. */
export function underRules<Result>(place: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) throw new UsageError(`${place}: ${error.code} ${error.message}`);
    throw error;
  }
}

/** An unknown name, with similar candidates. */
export class UnknownNameError extends UsageError {
  constructor(
    message: string,
    readonly given: string,
    readonly known: readonly string[],
  ) {
    super(message);
  }
}

const hints: Readonly<Record<string, string>> = {
  EADDRINUSE:
    "another program has this port (EADDRINUSE). End that, or choose another port; 0 takes a free one",
  EACCES: "only root may have this port (EACCES). Choose one from 1024 on; 0 takes a free one",
  EADDRNOTAVAIL: "no network of this machine has this address (EADDRNOTAVAIL). Choose another host",
};

/** The simulator cannot listen on its port. No UsageError: another program may have taken the port only just now. */
export class ListenError extends Error {
  override name = "ListenError";

  constructor(host: string, port: number, reason: string) {
    const hint = Object.hasOwn(hints, reason) ? hints[reason] : undefined;
    super(`cannot listen on ${host}:${port}: ${hint ?? reason}`);
  }
}
