import { deepEqual, equal, ok } from "node:assert/strict";
import {
  ApiError,
  CancelledError,
  NetworkError,
  TimeoutError,
  UnreadableAnswerError,
} from "../../../../provider/http/errors";
import {
  defaultBackoff,
  failureKind,
  isRetryable,
  isUnsentReason,
  probeDelayMs,
  retryDelayMs,
} from "../../../../provider/http/retry/retry";
import { seed } from "../../../support/soak";
import { create, seededRandom } from "../server";

const request = create();

function answered(status: number, twilioCode?: number): ApiError {
  return new ApiError(request, {
    status,
    twilioCode,
    twilioMessage: "",
    requestId: undefined,
    retryAfterMs: undefined,
  });
}

function failed(sent: boolean, reason: string): NetworkError {
  return new NetworkError(request, { sent, reason, outcome: "" });
}

describe("http: what a failure means", () => {
  const kinds: [string, unknown, string][] = [
    ["429", answered(429, 20429), "throttled"],
    ["429 of a service's own limit", answered(429, 50063), "throttled"],
    ["500", answered(500), "outage"],
    ["502", answered(502), "outage"],
    ["503", answered(503, 20503), "outage"],
    ["504", answered(504), "outage"],
    ["408", answered(408), "outage"],
    ["a connection reset", failed(true, "ECONNRESET"), "outage"],
    ["a time-out", new TimeoutError(request, { sent: true, reason: "timeout", outcome: "" }), "outage"],
    ["an unreadable answer", new UnreadableAnswerError(request, 201, "an empty body"), "outage"],
    ["a refused connection", failed(false, "ECONNREFUSED"), "absent"],
    ["an unknown host", failed(false, "ENOTFOUND"), "absent"],
    ["a name that cannot be looked up now", failed(false, "EAI_AGAIN"), "unsent"],
    ["a concurrent change of a user", answered(409, 50213), "contended"],
    ["a concurrent change of a conversation", answered(409, 50349), "contended"],
    ["a concurrent change of a conversation's state", answered(409, 50391), "contended"],
    ["a concurrent change of a participant", answered(409, 50419), "contended"],
    ["a concurrent change of a group MMS", answered(409, 50449), "contended"],
    ["a service that is being deleted", answered(409, 50002), "contended"],
    ["a conversation that is being deleted", answered(409, 50334), "contended"],
    ["a conversation that is being set up", answered(409, 50386), "contended"],
    ["a failure of TLS", failed(true, "EPROTO"), "passing"],
    ["an untrusted certificate", failed(false, "SELF_SIGNED_CERT_IN_CHAIN"), "final"],
    ["a cancel", new CancelledError(request, { sent: true, reason: "cancelled", outcome: "" }), "final"],
    ["302", answered(302), "final"],
    ["400", answered(400, 50407), "final"],
    ["401", answered(401, 20003), "final"],
    ["403", answered(403), "final"],
    ["404", answered(404, 20404), "final"],
    ["409", answered(409, 50433), "final"],
    ["a bug", new TypeError("bug"), "final"],
  ];
  for (const [what, error, kind] of kinds) {
    it(`takes ${what} for ${kind}`, () => equal(failureKind(error), kind));
  }

  it("sends a create again only when nothing can have come of it", () => {
    const again = (["throttled", "unsent", "absent", "outage", "passing", "contended", "final"] as const).map(
      (kind) => [kind, isRetryable(kind, true, 1), isRetryable(kind, false, 1)],
    );
    deepEqual(again, [
      ["throttled", true, true],
      ["unsent", true, true],
      ["absent", true, true],
      ["outage", true, false],
      ["passing", true, false],
      ["contended", true, true],
      ["final", false, false],
    ]);
  });

  it("gives up on a conflict after some seconds", () => {
    equal(isRetryable("passing", true, 6), true);
    equal(isRetryable("passing", true, 7), false);
    equal(isRetryable("contended", false, 6), true);
    equal(isRetryable("contended", false, 7), false);
  });

  it("knows what surely never arrived", () => {
    for (const reason of ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "CERT_HAS_EXPIRED"])
      ok(isUnsentReason(reason), reason);
    ok(isUnsentReason("ETIMEDOUT", "connect"));
    for (const reason of ["ECONNRESET", "EPIPE", "EPROTO", "ETIMEDOUT"])
      ok(!isUnsentReason(reason, "read"), reason);
  });
});

describe("http: waits", () => {
  it("takes the server's wait as it is, however long", () => {
    equal(retryDelayMs(1, 7000, defaultBackoff, Math.random), 7000);
    equal(retryDelayMs(9, 7000, defaultBackoff, Math.random), 7000);
    equal(retryDelayMs(1, 3_600_000, defaultBackoff, Math.random), 3_600_000);
  });

  it("is never shorter than the server's", () => {
    const random = seededRandom(seed);
    for (let draw = 0; draw < 10_000; draw += 1) {
      const askedMs = Math.ceil(random() * 120_000);
      ok(retryDelayMs(1 + (draw % 12), askedMs, defaultBackoff, random) >= askedMs, `${askedMs}`);
    }
  });

  it("does not take a wait of nothing for a licence to hammer", () => {
    equal(
      retryDelayMs(1, 0, defaultBackoff, () => 0.5),
      125,
    );
  });

  it("doubles its own ceiling from 250 ms to 20 s", () => {
    const ceilings = [1, 2, 3, 7, 8, 50].map((failures) =>
      retryDelayMs(failures, undefined, defaultBackoff, () => 1),
    );
    deepEqual(ceilings, [250, 500, 1000, 16_000, 20_000, 20_000]);
  });

  it("draws its own waits uniformly between nothing and the ceiling", () => {
    for (const failures of [1, 4, 12]) {
      const ceilingMs = retryDelayMs(failures, undefined, defaultBackoff, () => 1);
      const random = seededRandom(seed + failures);
      const delays = Array.from({ length: 10_000 }, () =>
        retryDelayMs(failures, undefined, defaultBackoff, random),
      );
      ok(
        distanceFromUniform(delays.map((delay) => delay / ceilingMs)) < 0.0163,
        `after ${failures} failures`,
      );
    }
  });

  it("probes ever more rarely, but four times within any deadline", () => {
    const delays = [1, 2, 5, 6, 7, 40].map((opening) =>
      probeDelayMs(opening, defaultBackoff, 120_000, () => 0.5),
    );
    deepEqual(delays, [500, 1000, 8000, 16_000, 30_000, 30_000]);
    equal(
      probeDelayMs(40, defaultBackoff, 10_000, () => 0.5),
      2500,
    );
    equal(
      probeDelayMs(40, defaultBackoff, 120_000, () => 0),
      24_000,
    );
  });
});

/** Kolmogorov and Smirnov's statistic; at 10,000 draws, 0.0163 is the bound for p > 0.01. */
function distanceFromUniform(draws: number[]): number {
  const sorted = draws.toSorted((a, b) => a - b);
  const gaps = sorted.map((draw, index) =>
    Math.max(Math.abs(draw - index / sorted.length), Math.abs(draw - (index + 1) / sorted.length)),
  );
  return Math.max(...gaps);
}
