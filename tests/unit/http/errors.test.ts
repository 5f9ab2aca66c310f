import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  ApiError,
  concernsEveryRequest,
  isForbidden,
  isMissing,
  isOutcomeUnknown,
  NetworkError,
  RateLimitError,
  TimeoutError,
  TwilioError,
} from "../../../provider/http/errors";
import { adviceFor } from "../../../provider/http/hints";
import { toAnswer } from "../../../provider/http/response";
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

  /** How a response ends whose body breaks off, so that it tells no reason. */
  const cutOff = (status: number): unknown => {
    const raw = { status, headers: new Headers(), text: undefined, receivedAtMs: 0 };
    try {
      return toAnswer(create(), raw, []);
    } catch (error) {
      return error;
    }
  };
  for (const [status, name] of [
    [400, "UnreadableAnswerError"],
    [401, "ApiError"],
    [403, "UnreadableAnswerError"],
    [404, "UnreadableAnswerError"],
    [409, "UnreadableAnswerError"],
    [429, "RateLimitError"],
    [500, "ApiError"],
    [201, "UnreadableAnswerError"],
  ] as const)
    it(`name a ${status} whose body breaks off for what it surely is: ${name}`, () =>
      equal((cutOff(status) as Error).name, name));

  it("know the outcome of what Twilio refused, and of nothing that timed out or failed there", () => {
    const refusal = {
      twilioCode: undefined,
      twilioMessage: "",
      requestId: undefined,
      retryAfterMs: undefined,
    };
    const unknown = [400, 401, 403, 404, 408, 409, 429, 500, 502, 503, 504].filter((status) =>
      isOutcomeUnknown(new ApiError(create(), { ...refusal, status })),
    );
    deepEqual(unknown, [408, 500, 502, 503, 504]);
  });

  const byStatus: [status: number, cure: RegExp][] = [
    [401, /account SID, the API key or auth token/],
    [403, /account that owns the object/],
    [404, /did not come from Twilio: check twilio:baseUrl and the proxy/],
    [407, /the proxy's user name and password into HTTPS_PROXY/],
    [413, /Shorten the attributes or the body/],
    [429, /Lower twilio:concurrency/],
    [500, /status\.twilio\.com/],
    [504, /status\.twilio\.com/],
  ];
  for (const [status, cure] of byStatus)
    it(`advise on a ${status} without a code of Twilio's`, () =>
      match(adviceFor(status, undefined) ?? "", cure));

  it("advise on a refused login by the request's own hint, whatever the code", () => {
    const advice = { 401: "Log in." };
    equal(adviceFor(401, 20003, { advice }), "Log in.");
    equal(adviceFor(401, 70051, { advice: { ...advice, 70051: "Add it." } }), "Add it.");
    equal(adviceFor(400, 20001, { advice })?.includes("Log in"), false);
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

  // Twilio's error dictionary says nothing of when most of these come, so the simulator never answers with them.
  const unsimulated: [code: number, cure: RegExp][] = [
    [20422, /limits in the resource's documentation/],
    [50057, /preWebhookUrl failed: .*webhookEnabled: false/],
    [50063, /Lower twilio:writesPerSecond: this service/],
    [50074, /Lower twilio:writesPerSecond: this account/],
    [50076, /preWebhookUrl did not answer within 5 seconds/],
    [50200, /appears when the identity joins its first conversation/],
    [50300, /conversation does not exist/],
    [50307, /another uniqueName, or adopt the conversation that holds it; closed conversations keep theirs/],
    [50340, /messaging service that exists/],
    [50342, /messaging service of this account/],
    [50347, /carried no field; please report this/],
    [50349, /changed this conversation at the same moment/],
    [50350, /conversation does not exist/],
    [50360, /webhook does not exist any more: run `pulumi refresh`/],
    [50385, /remove twilio:region/],
    [50403, /full: 1,000 participants at most/],
    [50406, /lastReadMessageIndex that exists/],
    [50418, /50 participants outside chat/],
    [50430, /not a member of this conversation/],
    [50432, /participant does not exist any more: run `pulumi refresh`/],
    [50435, /at least three members/],
    [50449, /changed this conversation at the same moment/],
    [70051, /lacks the permission .*use a standard key/],
  ];
  for (const [code, cure] of unsimulated)
    it(`advise on ${code}, which Twilio documents and the simulator does not answer with`, () => {
      equal(code in errorCodes, false);
      match(adviceFor(400, code) ?? "", cure);
    });

  /** Two requests at the same moment. */
  const contended: [code: number, hint: RegExp][] = [
    [50002, /wait a minute and run `pulumi up` again/],
    [50213, /changed this user at the same moment: run `pulumi up` again/],
    [50334, /conversation is being deleted: wait a minute/],
    [50391, /changed this conversation at the same moment/],
    [50419, /changed this participant at the same moment/],
  ];
  for (const [code, hint] of contended)
    it(`advise on ${code}, which one of two requests is refused with`, () =>
      match(adviceFor(409, code) ?? "", hint));

  it("advise on a member that is in a group already", () =>
    match(adviceFor(409, 50437) ?? "", /in the group already: declare it once/));
});
