import { equal, ok } from "node:assert/strict";
import type { ServerResponse } from "node:http";
import {
  isOutcomeUnknown,
  NetworkError,
  RateLimitError,
  TimeoutError,
  UnreadableAnswerError,
} from "../../../../provider/http/errors";
import {
  clientOf,
  create,
  failureOf,
  read,
  remove,
  sendError,
  sendJson,
  startServer,
  stopAll,
  update,
} from "../server";

/** Ways in which the first attempt fails. */
const failures: Record<string, (response: ServerResponse) => void> = {
  "429": (response) => sendError(response, 429, 20429),
  "500": (response) => sendError(response, 500, 20500),
  "502 with HTML": (response) => response.writeHead(502, { "content-type": "text/html" }).end("<html>"),
  "503": (response) => sendError(response, 503, 20503),
  "504": (response) => sendError(response, 504),
  "a reset": (response) => response.destroy(),
  "a body that breaks off": (response) => {
    response.writeHead(200, { "content-length": 100 });
    response.write('{"sid":', () => response.destroy());
  },
  "a chunked body that breaks off": (response) => {
    response.writeHead(200);
    response.write('{"sid":', () => response.destroy());
  },
  "a body that is not JSON": (response) => response.end("<html>sign in</html>"),
  "an empty body": (response) => response.writeHead(201).end(),
  "a JSON list": (response) => sendJson(response, 200, []),
  "no answer": () => undefined,
  "a conflict": (response) => sendError(response, 409, 50419),
  "a redirect": (response) => response.writeHead(302, { location: "/v1/Other" }).end(),
  "400": (response) => sendError(response, 400, 50407),
  "401": (response) => sendError(response, 401, 20003),
  "403": (response) => sendError(response, 403, 50107),
  "404": (response) => sendError(response, 404, 20404),
  "409": (response) => sendError(response, 409, 50433),
};

const always = new Set(["429", "a conflict"]);
const never = new Set(["a redirect", "400", "401", "403", "404", "409"]);
const refused = new Set([...never, "a conflict"]);

describe("http: retries", () => {
  afterEach(stopAll);

  for (const [lost, isKnown] of [
    ["503", false],
    ["a reset", false],
    ["no answer", false],
    ["429", true],
  ] as const)
    for (const refusal of ["400", "401", "404"])
      it(`${isKnown ? "knows" : "does not know"} that nothing was done after ${lost} and then ${refusal}`, async () => {
        const server = await startServer(({ number }, response) =>
          failures[number === 1 ? lost : refusal]?.(response),
        );
        const attemptTimeoutMs = lost === "no answer" ? 60 : 5000;
        const error = await failureOf(clientOf(server.origin, { attemptTimeoutMs }).request(update()));
        equal(server.seen.length, 2);
        equal(isOutcomeUnknown(error), !isKnown);
      });

  async function failOnce(name: string) {
    const server = await startServer(({ number }, response) =>
      number === 1 ? failures[name]?.(response) : sendJson(response, 200, { sid: "MB1" }),
    );
    // Where an answer comes, a busy machine must not make it late.
    const attemptTimeoutMs = name === "no answer" ? 60 : 5000;
    return { server, client: clientOf(server.origin, { attemptTimeoutMs }) };
  }

  for (const name of Object.keys(failures)) {
    for (const [kind, request] of Object.entries({ read: read(), update: update(), delete: remove() })) {
      it(`${never.has(name) ? "does not repeat" : "repeats"} a ${kind} after ${name}`, async () => {
        const { server, client } = await failOnce(name);
        if (never.has(name)) {
          await failureOf(client.request(request));
          equal(server.seen.length, 1);
        } else {
          equal((await client.request(request)).body["sid"], "MB1");
          equal(server.seen.length, 2);
        }
      });
    }

    it(`${always.has(name) ? "repeats" : "does not repeat"} a create after ${name}`, async () => {
      const { server, client } = await failOnce(name);
      if (always.has(name)) {
        await client.request(create());
        equal(server.seen.length, 2);
        return;
      }
      const error = await failureOf(client.request(create()));
      equal(server.seen.length, 1);
      equal(isOutcomeUnknown(error), !refused.has(name));
    });
  }

  it("never repeats a create that a reset of an idle connection may have reached", async () => {
    const server = await startServer(({ number }, response) =>
      number === 1 ? sendJson(response, 200, {}) : void response.destroy(),
    );
    const client = clientOf(server.origin);
    await client.request(read());
    const error = await failureOf(client.request(create()));
    ok(error instanceof NetworkError && error.sent);
    equal(server.seen.length, 2);
  });

  it("waits for a server that refuses connections, with a create too", async () => {
    const gone = await startServer(() => undefined);
    await gone.stop();
    const client = clientOf(gone.origin);
    const pending = Promise.all([client.request(create()), client.request(read())]);
    await new Promise((resolve) => setTimeout(resolve, 40));
    const back = await startServer((_, response) => sendJson(response, 201, { sid: "MB1" }), gone.port);
    await pending;
    // The read, or a question in its place, may be asked again: it does nothing.
    equal(back.seen.filter(({ method }) => method === "POST").length, 1);
    ok(back.seen.length <= 3);
  });

  it("says that nothing was sent when no connection was made until the deadline", async () => {
    const gone = await startServer(() => undefined);
    await gone.stop();
    const error = await failureOf(
      clientOf(gone.origin, { timeoutMs: 60, backoff: { baseMs: 200, capMs: 200 }, random: () => 1 }).request(
        create(),
      ),
    );
    ok(error instanceof NetworkError && !error.sent);
    equal(isOutcomeUnknown(error), false);
    ok(error.message.includes("ECONNREFUSED"), error.message);
  });

  it("keeps to the server's Retry-After, in seconds", async () => {
    const server = await startServer(({ number }, response) =>
      number === 1 ? sendError(response, 429, 20429, { "retry-after": "1" }) : sendJson(response, 200, {}),
    );
    await clientOf(server.origin).request(create());
    const [first, second] = server.seen;
    const waitedMs = (second?.atMs ?? 0) - (first?.atMs ?? 0);
    ok(waitedMs >= 999 && waitedMs < 1500, `${waitedMs}`);
  });

  it("keeps to the Retry-After of a 503, as a date by the server's own clock", async () => {
    const dates = { date: "Wed, 01 Jan 2020 00:00:00 GMT", "retry-after": "Wed, 01 Jan 2020 00:00:01 GMT" };
    const server = await startServer(({ number }, response) =>
      number === 1 ? sendError(response, 503, 20503, dates) : sendJson(response, 200, {}),
    );
    await clientOf(server.origin).request(read());
    const [first, second] = server.seen;
    const waitedMs = (second?.atMs ?? 0) - (first?.atMs ?? 0);
    ok(waitedMs >= 999 && waitedMs < 1500, `${waitedMs}`);
  });

  it("gives up at once when the server asks for more time than there is", async () => {
    const server = await startServer((_, response) =>
      sendError(response, 429, 20429, { "retry-after": "60" }),
    );
    const error = await failureOf(clientOf(server.origin).request(create()));
    ok(error instanceof RateLimitError);
    equal(isOutcomeUnknown(error), false);
    equal(server.seen.length, 1);
  });

  it("throws the throttling itself as a RateLimitError when it is the cause at the deadline", async () => {
    const server = await startServer((_, response) => sendError(response, 429, 20429));
    // The deadline comes in the wait for the second attempt.
    const settings = { timeoutMs: 1000, backoff: { baseMs: 60_000, capMs: 60_000 }, random: () => 1 };
    const error = await failureOf(clientOf(server.origin, settings).request(create()));
    ok(error.cause instanceof RateLimitError);
    equal(isOutcomeUnknown(error), false);
  });

  it("reads no content as an empty answer, and Twilio's clock and request id from the headers", async () => {
    const date = "Wed, 01 Jan 2020 00:00:00 GMT";
    const server = await startServer((_, response) => {
      response.writeHead(204, { date, "twilio-request-id": "RQ1" }).end();
    });
    const answer = await clientOf(server.origin).request(remove());
    equal(JSON.stringify(answer.body), "{}");
    equal(answer.serverNowMs, Date.parse(date));
    equal(answer.requestId, "RQ1");
  });

  it("gives up within seconds on a server without TLS", async () => {
    const server = await startServer(() => undefined);
    const client = clientOf(server.origin.replace("http:", "https:"), { timeoutMs: 10_000 });
    const error = await failureOf(client.request(read()));
    ok(error instanceof NetworkError && !(error instanceof TimeoutError));
    ok(error.message.includes("found no TLS at the other end (EPROTO, 127.0.0.1:"), error.message);
  });

  it("tells a broken body apart from a lost connection", async () => {
    const { client } = await failOnce("a body that breaks off");
    const error = await failureOf(client.request(create()));
    ok(error instanceof UnreadableAnswerError);
    ok(error.message.includes("broke off"), error.message);
  });
});
