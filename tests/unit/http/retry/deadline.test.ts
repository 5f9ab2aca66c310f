import { equal, match, ok } from "node:assert/strict";
import {
  CancelledError,
  concernsEveryRequest,
  RequestError,
  TimeoutError,
} from "../../../../provider/http/errors";
import { CollectionReader } from "../../../../provider/http/pages";
import { collection, sidOf } from "../list-server";
import { clientOf, create, failureOf, read, sendError, sendJson, startServer, stopAll } from "../server";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("http: the deadline of a caller", () => {
  afterEach(stopAll);

  it("is told like the client's own, with the last cause", async () => {
    const caller = new AbortController();
    const server = await startServer(({ number }, response) => {
      // The second attempt proves that the client knows how the first one ended.
      if (number === 2) caller.abort(new DOMException("", "TimeoutError"));
      else sendError(response, 503);
    });
    const error = await failureOf(clientOf(server.origin).request(read(), caller.signal));
    ok(error instanceof TimeoutError && !(error instanceof CancelledError));
    match(error.message, /gave up after 5 s: the last attempt answered 503/);
  });

  it("is no cancel even when it is over before the request", async () => {
    const signal = AbortSignal.timeout(1);
    while (!signal.aborted) await pause(1);
    const error = await failureOf(clientOf("http://127.0.0.1:9").request(create(), signal));
    ok(error instanceof TimeoutError, error.name);
  });

  it("is told in words where a page is fetched for several", async () => {
    const server = await startServer(() => undefined);
    const reader = new CollectionReader(clientOf(server.origin), collection);
    const error = await failureOf(reader.find(sidOf(1), AbortSignal.timeout(50)));
    ok(error instanceof TimeoutError, error.name);
    match(error.message, /^list participants: GET \S+ did not come to an end in time\. .*timeoutSeconds/);
  });

  it("is waited for once while the API is down, and again when it is back", async () => {
    let isDown = true;
    const server = await startServer((_, response) =>
      isDown ? sendError(response, 503) : sendJson(response, 200, {}),
    );
    // The waits between two probes are of one length: a quarter of the time limit, and a fifth more by chance.
    const backoff = { baseMs: 125, capMs: 1000 };
    const client = clientOf(server.origin, { timeoutMs: 1000, backoff, random: () => 1 });
    const probeDelayMs = 300;
    const creates = () => server.seen.filter(({ method }) => method === "POST").length;
    // A create is not sent again, so that its failure is told as soon as the circuit knows of it.
    const openCircuit = () => Promise.all([1, 2, 3, 4, 5].map(() => failureOf(client.request(create()))));

    await openCircuit();
    match((await failureOf(client.request(read()))).message, /gave up after 1 s: .* answered 503/);
    for (let tries = 0; tries < 200 && creates() === 5; tries += 1) {
      await pause(5);
      await failureOf(client.request(create()));
    }
    equal(creates(), 6, "no probe was let through");
    // The probe has failed just now and nothing is waited for in between, so that the next one is not due yet.
    const errors = await Promise.all([1, 2, 3, 4, 5].map(() => failureOf(client.request(read("/v1/Roles")))));
    for (const { message } of errors)
      match(message, /was not sent, because the API does not answer: .* answered 503/);
    ok(!server.seen.some(({ url }) => url === "/v1/Roles"));

    isDown = false;
    await pause(probeDelayMs + 100);
    equal((await client.request(read())).status, 200);
    equal((await client.request(read())).status, 200);

    isDown = true;
    await openCircuit();
    const again = await failureOf(client.request(read(), AbortSignal.timeout(1)));
    match(again.message, /gave up after 1 s: .* answered 503/);
  });

  it("names the host that was never reached, and no status page", async () => {
    const server = await startServer(() => undefined);
    await server.stop();
    // The deadline comes in the wait for the second attempt: one that it cuts short may have been sent.
    const backoff = { baseMs: 60_000, capMs: 60_000 };
    const client = clientOf(server.origin, { timeoutMs: 1000, backoff, random: () => 1 });
    const error = await failureOf(client.request(read()));
    match(error.message, new RegExp(`gave up after 1 s: .*\\(ECONNREFUSED, 127.0.0.1:${server.port}\\)`));
    match(error.message, /Check the network, the proxy/);
  });
});

describe("http: what is wrong with every request", () => {
  afterEach(stopAll);

  for (const [status, expected] of [
    [401, true],
    [503, true],
    [403, false],
    [404, false],
    [409, false],
  ] as const)
    it(`is${expected ? "" : " not"} an answer of ${status}, whose brief text leaves the hint out`, async () => {
      const server = await startServer((_, response) => sendError(response, status, 20000 + status));
      const error = await failureOf(clientOf(server.origin).request(create()));
      ok(error instanceof RequestError);
      equal(concernsEveryRequest(error), expected);
      equal(error.brief, `${error.message.slice(0, error.message.indexOf(")."))}).`);
      equal(error.message.startsWith(`${error.brief} ${error.hint ?? ""}`.trimEnd()), true);
    });
});
