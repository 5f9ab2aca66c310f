import { deepEqual, equal, ok } from "node:assert/strict";
import {
  ApiError,
  concernsEveryRequest,
  isForbidden,
  isMissing,
  NetworkError,
  RateLimitError,
  TimeoutError,
  TwilioError,
} from "../../../provider/http/errors";
import { adviceFor } from "../../../provider/http/hints";
import { errorCodes } from "../../../simulator/rules/error-codes";
import { clientOf, create, failureOf, read, sendJson, startServer, stopAll } from "./server";

describe("http: errors", () => {
  afterEach(stopAll);

  it("say what was attempted, what came back, what to do, and the request id", async () => {
    const server = await startServer((_, response) =>
      sendJson(
        response,
        409,
        { code: 50433, message: "Participant already exists" },
        { "twilio-request-id": "RQ1" },
      ),
    );
    const error = await failureOf(clientOf(server.origin).request(create()));
    equal(
      error.message,
      "create participant: POST /v1/Conversations/CH00000000000000000000000000000001/Participants answered 409 (Twilio error 50433: Participant already exists). " +
        'This identity is a member already: declare it once, or take the member over with `adopt: "always"`. (request id RQ1)',
    );
    ok(error instanceof ApiError);
    const { status, twilioCode, method, path, requestId, twilioMessage } = error;
    deepEqual(
      [status, twilioCode, requestId, twilioMessage],
      [409, 50433, "RQ1", "Participant already exists"],
    );
    deepEqual([method, path], ["POST", create().path]);
    ok(!("code" in error), "gRPC would read a `code`");
  });

  it("are one family", () => {
    const failure = { sent: true, reason: "timeout", outcome: "" };
    const error = new TimeoutError(read(), failure);
    ok(error instanceof NetworkError && error instanceof TwilioError);
    equal(error.name, "TimeoutError");
    ok(!("code" in error));
  });

  it("name a throttling as such, with the wait that Twilio asked for", async () => {
    const server = await startServer((_, response) =>
      sendJson(response, 429, { code: 20429, message: "Too Many Requests" }, { "retry-after": "9" }),
    );
    const error = await failureOf(clientOf(server.origin, { timeoutMs: 50 }).request(read()));
    ok(error instanceof RateLimitError && error instanceof ApiError);
    equal(error.retryAfterMs, 9000);
    ok(error.message.includes("Too Many Requests), and asks to wait 9 s."), error.message);
  });

  it("tell a refusal of one request from one of the login, of a limit, and of a proxy", () => {
    const cases: [number, number | undefined, boolean][] = [
      [403, 70051, true],
      [401, 70051, true],
      [403, 20403, true],
      [403, 50107, true],
      [403, undefined, false],
      [401, 20003, false],
      [404, 20404, false],
    ];
    for (const [status, twilioCode, expected] of cases) {
      const refusal = { twilioMessage: "", requestId: undefined, retryAfterMs: undefined };
      equal(isForbidden(new ApiError(read(), { ...refusal, status, twilioCode })), expected);
    }
    equal(isForbidden(new Error()), false);
  });

  it("believe a 404 only when Twilio gave its code", () => {
    const refusal = { status: 404, twilioMessage: "", requestId: undefined, retryAfterMs: undefined };
    equal(isMissing(new ApiError(read(), { ...refusal, twilioCode: 20404 })), true);
    equal(isMissing(new ApiError(read(), { ...refusal, twilioCode: 50432 })), true);
    equal(isMissing(new ApiError(read(), { ...refusal, twilioCode: undefined })), false);
    equal(isMissing(new ApiError(read(), { ...refusal, status: 403, twilioCode: 20403 })), false);
    equal(isMissing(new Error("404")), false);
  });

  it("concern every request where the login is refused, but not where it lacks one permission", () => {
    const refusal = { status: 401, twilioMessage: "", requestId: undefined, retryAfterMs: undefined };
    equal(concernsEveryRequest(new ApiError(read(), { ...refusal, twilioCode: 20003 })), true);
    equal(concernsEveryRequest(new ApiError(read(), { ...refusal, twilioCode: 70051 })), false);
  });

  it("advise on every code that Twilio answers a request of the provider with", () => {
    // Of push bindings and of conversations created with their participants, and an HTTP method that nothing sends.
    const neverAnswered = [20405, 50209, 50424, 50425, 50426];
    const codes = Object.keys(errorCodes).map(Number);
    for (const code of codes.filter((one) => !neverAnswered.includes(one))) {
      const advice = adviceFor(400, code);
      ok(advice !== undefined && /^[A-Z].*\.$/.test(advice), `${code}: provider/http/hints.ts has no hint`);
    }
    ok(adviceFor(401, undefined)?.includes("API key"));
    ok(adviceFor(500, undefined)?.includes("status.twilio.com"));
    equal(adviceFor(418, undefined), undefined);
  });
});
