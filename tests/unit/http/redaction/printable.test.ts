import { deepEqual, doesNotMatch, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { describeProblem } from "../../../../provider/core/problem";
import { ProgramError } from "../../../../provider/core/program/program-error";
import { Session } from "../../../../provider/core/run/session";
import {
  NetworkError,
  RequestError,
  TwilioError,
  UnreadableAnswerError,
} from "../../../../provider/http/errors";
import { printable, printableLine } from "../../../../provider/http/redaction/printable";
import { toAnswer } from "../../../../provider/http/response";
import { HOSTILE, STEERING } from "../../../support/steering";
import { read } from "../server";

const text = fc.string({
  unit: fc.oneof(fc.string({ unit: "binary", maxLength: 2 }), fc.constantFrom(...HOSTILE)),
});

describe("http: what is printable", () => {
  it("has no control but a new line and a tab, and no mark of direction, of all characters", () => {
    for (let point = 0; point <= 0x10ffff; point++) {
      const char = String.fromCodePoint(point);
      if (STEERING.test(char)) doesNotMatch(printable(char), STEERING);
      if (/[\p{L}\p{N}\p{P}\p{S}\p{Zs}\n\t]/u.test(char)) equal(printable(char), char);
      doesNotMatch(printableLine(char), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
  });

  it("keeps the meaning of JSON text", () =>
    fc.assert(
      fc.property(fc.jsonValue(), text, (value, other) => {
        const whole = { [other]: [other, value] };
        deepEqual(JSON.parse(printable(JSON.stringify(whole))), JSON.parse(JSON.stringify(whole)));
      }),
    ));

  it("is every error, whatever Twilio says", () =>
    fc.assert(
      fc.property(
        text,
        text,
        text,
        fc.constantFrom(200, 302, 400, 404, 429, 500),
        (message, id, type, status) => {
          const headers = new Map([
            ["twilio-request-id", id],
            ["content-type", type],
            ["location", `https://${id}/`],
          ]);
          const raw = {
            status,
            headers: { get: (name: string) => headers.get(name) ?? null },
            text: status === 200 ? message : JSON.stringify({ code: 20001, message }),
            receivedAtMs: 0,
          };
          try {
            toAnswer(read(), raw, []);
          } catch (error) {
            assertPrintable(error);
          }
        },
      ),
    ));

  it("is told of a message without an end within a second", () => {
    const form: [string, string][] = [["Attributes", "a".repeat(16_000)]];
    for (const unit of ["a", "%41", "\\u0041", "&#65;", HOSTILE]) {
      const message = unit.repeat(1_000_000);
      const raw = { status: 400, headers: new Headers(), text: JSON.stringify({ message }), receivedAtMs: 0 };
      const sinceMs = performance.now();
      throws(() => toAnswer({ ...read(), form }, raw, ["secret"]), /\(a message of \d+ characters\)/);
      ok(performance.now() - sinceMs < 1_000);
    }
  });

  it("is every error of this package, by what it is made of", () => {
    const failure = { sent: true, reason: "x", outcome: HOSTILE, hint: HOSTILE };
    const errors = [
      new TwilioError(HOSTILE),
      new RequestError(HOSTILE, HOSTILE, HOSTILE, undefined, HOSTILE),
      new NetworkError(read(), failure),
      new UnreadableAnswerError(read(), 200, HOSTILE),
      new ProgramError(HOSTILE),
    ];
    for (const error of errors) assertPrintable(error);
    doesNotMatch(describeProblem({ path: HOSTILE, message: HOSTILE, hint: HOSTILE }), STEERING);
  });

  it("is what a run tells", () => {
    const told: string[] = [];
    const session = new Session(
      {},
      () => undefined,
      (note) => void told.push(note),
    );
    session.notify(HOSTILE);
    told.push(session.explain(new Error(HOSTILE)));
    equal(told.length, 2);
    for (const note of told) doesNotMatch(note, STEERING);
  });
});

function assertPrintable(error: unknown): void {
  if (!(error instanceof Error)) throw error;
  for (const said of [error.message, error.stack ?? "", ...Object.values(error)])
    if (typeof said === "string") doesNotMatch(said, STEERING);
}
