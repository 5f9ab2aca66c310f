import type { Connection } from "../../core/api/connection";
import { ApiError, RequestError } from "../../http/errors";
import { REDACTED, redact } from "../../http/redaction/redaction";
import type { ApiRequest } from "../../http/request";
import { withTexts } from "../terminal/text";
import type { Call } from "./call";

/** The result of a request. */
export interface Outcome {
  /** The HTTP status; undefined where no response came. */
  readonly status: number | undefined;
  /** Twilio's request ID. */
  readonly requestId: string | undefined;
  /** Twilio's JSON; undefined where it refused or sent no content. */
  readonly answer: unknown;
  readonly failure: Failure | undefined;
}

export interface Failure {
  readonly twilioCode: number | undefined;
  /** The attempt, the outcome and a hint. */
  readonly message: string;
}

/**
 * Sends a request once `guard` has passed. The result holds no secret of the login or the request. Throws any error
 * that is not about a request.
 */
export async function send(
  connection: Connection,
  request: ApiRequest,
  call: Call,
  guard: () => Promise<unknown> = async () => {},
): Promise<Outcome> {
  try {
    await guard();
    const { status, body, requestId } = await connection.request(request);
    const secrets = secretsOf(connection, call);
    const answer = status === 204 ? undefined : withTexts(body, (text) => redact(text, secrets));
    return { status, requestId, answer, failure: undefined };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const api = error instanceof ApiError ? error : undefined;
    const failure = { twilioCode: api?.twilioCode, message: error.message };
    return { status: api?.status, requestId: api?.requestId, answer: undefined, failure };
  }
}

function secretsOf({ credentials }: Connection, { request, secrets }: Call): string[] {
  const values = (request.form ?? []).filter(([name]) => secrets.includes(name)).map(([, value]) => value);
  return [credentials.password, ...values];
}

/** The form with secrets hidden. */
export function shownForm({ request, secrets }: Call): [string, string][] {
  return (request.form ?? []).map(([name, value]) => [name, secrets.includes(name) ? REDACTED : value]);
}

export function isDone({ failure }: Outcome): boolean {
  return failure === undefined;
}
