import { doesNotMatch, equal, match } from "node:assert/strict";
import { judgedFailure } from "../../../../provider/cli/doctor/reachability";
import { ApiError, NetworkError, TimeoutError } from "../../../../provider/http/errors";
import type { ApiRequest } from "../../../../provider/http/request";

const request: ApiRequest = {
  method: "GET",
  path: "/v1/Configuration",
  repeatable: true,
  attempting: "verify the account",
};
const asked = { origin: "https://conversations.ie1.twilio.com", proxyEnv: {} };
const proxied = { ...asked, proxyEnv: { HTTPS_PROXY: "http://ann:canary@proxy:3128" } };

function lost(reason: string): NetworkError {
  return new NetworkError(request, { sent: false, reason, outcome: `failed (${reason})`, hint: "Wait." });
}
function refused(status: number, twilioCode?: number): ApiError {
  const rest = { twilioMessage: "no", requestId: "RQ1", retryAfterMs: undefined };
  return new ApiError(request, { status, twilioCode, ...rest });
}
/** As the client ends a request whose attempts all failed in the same way. */
function gaveUp(cause?: Error): TimeoutError {
  return new TimeoutError(request, {
    sent: false,
    reason: "deadline",
    outcome: "gave up",
    hint: "Wait.",
    cause,
  });
}

describe("doctor: why Twilio does not answer", () => {
  const cases: [string, unknown, typeof proxied | typeof asked, RegExp][] = [
    ["no such name", lost("ENOTFOUND"), asked, /DNS.*TWILIO_REGION/],
    ["no such name, tried until the deadline", gaveUp(lost("EAI_AGAIN")), asked, /DNS/],
    ["nothing that listens", gaveUp(lost("ECONNREFUSED")), asked, /Start the server there.*twilio:baseUrl/],
    [
      "a certificate of an unknown authority",
      lost("SELF_SIGNED_CERT_IN_CHAIN"),
      asked,
      /NODE_EXTRA_CA_CERTS/,
    ],
    ["a certificate of another time", lost("CERT_HAS_EXPIRED"), asked, /clock/],
    ["a firewall that drops", gaveUp(), asked, /firewall.*HTTPS_PROXY/],
    ["a proxy that refuses", gaveUp(lost("ECONNREFUSED")), proxied, /Check HTTPS_PROXY.*NO_PROXY/],
    ["a proxy that wants a login", refused(407), proxied, /user name and password into HTTPS_PROXY/],
    ["wrong credentials", refused(401, 20003), asked, /belong together/],
    ["a key that may not", refused(403, 20403), asked, /restricted API key/],
    ["an answer that is not Twilio's", refused(404), asked, /did not come from Twilio/],
    ["an outage", refused(503), asked, /status\.twilio\.com/],
  ];
  for (const [what, error, settings, hint] of cases)
    it(`has a hint for ${what}`, () => {
      const finding = judgedFailure(error, settings);
      equal(finding.status, "problem");
      match(finding.found, /^GET https:\/\/conversations\.ie1\.twilio\.com\/v1\/Configuration /);
      match(finding.hint ?? "", hint);
      doesNotMatch(JSON.stringify(finding), /canary/);
    });

  it("says that it asked through a proxy", () =>
    match(judgedFailure(lost("ECONNRESET"), proxied).found, /through the proxy of the environment failed/));
});
