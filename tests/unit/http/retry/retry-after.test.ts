import { equal } from "node:assert/strict";
import { retryAfterMs } from "../../../../provider/http/retry/retry";

const nowMs = Date.parse("2026-01-31T12:00:00Z");

describe("http: Retry-After", () => {
  const readings: [string | null, number | undefined][] = [
    ["0", 0],
    ["7", 7000],
    [" 7 ", 7000],
    ["1.5", 1500],
    ["Sat, 31 Jan 2026 12:00:30 GMT", 30_000],
    ["Sat, 31 Jan 2026 11:59:00 GMT", 0],
    ["-3", undefined],
    ["soon", undefined],
    ["", undefined],
    [null, undefined],
  ];
  for (const [header, expected] of readings) {
    it(`reads ${JSON.stringify(header)} as ${expected}`, () => equal(retryAfterMs(header, nowMs), expected));
  }
});
