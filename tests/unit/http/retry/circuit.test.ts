import { equal, ok } from "node:assert/strict";
import { ApiError, CancelledError, TimeoutError } from "../../../../provider/http/errors";
import type { ApiRequest } from "../../../../provider/http/request";
import { Circuit, isHeldBack } from "../../../../provider/http/retry/circuit";
import { failureOf, read } from "../server";

const never = new AbortController().signal;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function answered(status: number, twilioCode?: number): ApiError {
  return new ApiError(read(), {
    status,
    twilioCode,
    twilioMessage: "",
    requestId: undefined,
    retryAfterMs: undefined,
  });
}

const outage = answered(503, 20503);
const cancel = new CancelledError(read(), { sent: true, reason: "cancelled", outcome: "" });

describe("http: the circuit", () => {
  const outcomeOf = (circuit: Circuit, error?: Error, request: ApiRequest = read()) =>
    circuit.execute(request, () => (error ? Promise.reject(error) : Promise.resolve("an answer")), never);

  async function fail(circuit: Circuit, times: number, error: Error = outage, request?: ApiRequest) {
    for (let count = 0; count < times; count += 1) await failureOf(outcomeOf(circuit, error, request));
  }

  const isOpen = async (circuit: Circuit) =>
    outcomeOf(circuit).then(
      () => false,
      (error: unknown) => isHeldBack(error),
    );

  it("opens after five failures in a row", async () => {
    const circuit = new Circuit(() => 1000);
    await fail(circuit, 4);
    equal(await isOpen(circuit), false);
    await fail(circuit, 5);
    equal(await isOpen(circuit), true);
    equal(circuit.cause, outage);
    ok(circuit.probeInMs > 900);
  });

  it("does not open for one request, however often it fails", async () => {
    const circuit = new Circuit(() => 1000);
    const poison = read();
    await fail(circuit, 50, outage, poison);
    equal(await isOpen(circuit), false);
  });

  for (const [what, refusal] of Object.entries({
    "a missing object": answered(404, 20404),
    "a bad request": answered(400, 50407),
    "a throttling": answered(429, 20429),
  })) {
    it(`takes ${what} for a sign of life`, async () => {
      const circuit = new Circuit(() => 1000);
      await fail(circuit, 4);
      await fail(circuit, 1, refusal);
      await fail(circuit, 4);
      equal(await isOpen(circuit), false);
    });

    it(`closes on a probe that found ${what}`, async () => {
      const circuit = new Circuit(() => 10);
      await fail(circuit, 5);
      await pause(12);
      await fail(circuit, 1, refusal);
      equal(await isOpen(circuit), false);
    });
  }

  it("takes a cancel for no sign at all", async () => {
    const circuit = new Circuit(() => 1000);
    await fail(circuit, 4);
    await fail(circuit, 20, cancel);
    await fail(circuit, 1);
    equal(await isOpen(circuit), true);
  });

  it("stays open when its probe is cancelled", async () => {
    const circuit = new Circuit((opening) => (opening === 1 ? 10 : 1000));
    await fail(circuit, 5);
    await pause(12);
    await fail(circuit, 1, cancel);
    equal(await isOpen(circuit), true);
  });

  it("lets one probe through at a time, ever more rarely", async () => {
    const openings: number[] = [];
    const circuit = new Circuit((opening) => {
      openings.push(opening);
      return 10;
    });
    await fail(circuit, 5);
    let probes = 0;
    const probe = () => {
      probes += 1;
      return Promise.reject(outage);
    };
    for (const _ of [1, 2]) {
      await pause(12);
      await Promise.allSettled([1, 2, 3, 4].map(() => circuit.execute(read(), probe, never)));
    }
    equal(probes, 2);
    equal(openings.join(), "1,2,3");
  });

  it("keeps the cause when a probe's own deadline ends it", async () => {
    const circuit = new Circuit(() => 10);
    await fail(circuit, 5);
    await pause(12);
    await fail(circuit, 1, new TimeoutError(read(), { sent: true, reason: "deadline", outcome: "" }));
    equal(circuit.cause, outage);
  });
});
