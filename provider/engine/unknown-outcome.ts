import { RequestError, TwilioError } from "../http/errors";
import type { Definition } from "./define";

/** A create that may have happened, and nothing here can tell. */
export class UnknownOutcomeError extends TwilioError {
  override name = "UnknownOutcomeError";

  constructor({ noun }: Definition, error: unknown, because: string, cure: string) {
    super(`${briefly(error)}. Whether the ${noun} was created is not known: ${because}. ${cure}`, {
      cause: error,
    });
  }
}

/** What came back, without what to do about it. */
export function briefly(error: unknown): string {
  return (error instanceof RequestError ? error.brief : String(error)).replace(/\.$/, "");
}
