import { equal, match, ok } from "node:assert/strict";
import {
  CancelledError,
  concernsEveryRequest,
  RequestError,
  TimeoutError,
} from "../../../provider/http/errors";
import { CollectionReader } from "../../../provider/http/pages";
import { collection, sidOf } from "./list-server";
import { clientOf, create, failureOf, read, sendError, sendJson, startServer, stopAll } from "./server";

describe("http: the deadline of a caller", () => {
  afterEach(stopAll);

  it("is told like the client's own, with the last cause", async () => {
    const server = await startServer((_, response) => sendError(response, 503));
    const error = await failureOf(clientOf(server.origin).request(read(), AbortSignal.timeout(100)));
    ok(error instanceof TimeoutError && !(error instanceof CancelledError));
    match(error.message, /gave up after 5 s: the last attempt answered 503/);
  });

  it("is no cancel even when it is over before the request", async () => {
    const signal = AbortSignal.timeout(1);
    while (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 1));
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
    const client = clientOf(server.origin, { timeoutMs: 400 });
    await Promise.all([failureOf(client.request(read())), failureOf(client.request(read("/v1/Roles")))]);
    const startedAtMs = performance.now();
    const errors = await Promise.all([1, 2, 3, 4, 5].map(() => failureOf(client.request(read()))));
    ok(performance.now() - startedAtMs < 1000);
    ok(errors.some(({ message }) => /was not sent, because the API does not answer: .* 503/.test(message)));
    isDown = false;
    await new Promise((resolve) => setTimeout(resolve, 200));
    equal((await client.request(read())).status, 200);
    equal((await client.request(read())).status, 200);
  });

  it("names the host that was never reached, and no status page", async () => {
    const server = await startServer(() => undefined);
    await server.stop();
    const error = await failureOf(clientOf(server.origin, { timeoutMs: 500 }).request(read()));
    match(error.message, new RegExp(`gave up after 0.5 s: .*\\(ECONNREFUSED, 127.0.0.1:${server.port}\\)`));
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
    it(`is${expected ? "" : " not"} an answer of ${status}, whose brief text leaves the cure out`, async () => {
      const server = await startServer((_, response) => sendError(response, status, 20000 + status));
      const error = await failureOf(clientOf(server.origin).request(create()));
      ok(error instanceof RequestError);
      equal(concernsEveryRequest(error), expected);
      equal(error.brief, `${error.message.slice(0, error.message.indexOf(")."))}).`);
      equal(error.message.startsWith(`${error.brief} ${error.cure ?? ""}`.trimEnd()), true);
    });
});
