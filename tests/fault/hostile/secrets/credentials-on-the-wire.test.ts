import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { networkInterfaces } from "node:os";
import { Lifecycle } from "../../../../provider/core/lifecycle/lifecycle";
import { participant } from "../../../../provider/resources/conversation/participant";
import { AC, CH, IS } from "../../../types/sids";
import { participantBody } from "../../../unit/core/state/samples";
import { everyOperation, LOGIN, session } from "../names/every-operation";
import { type Listener, listen } from "../names/listener";

const AUTHORIZATION = `Basic ${Buffer.from(`${AC}:${LOGIN.TWILIO_AUTH_TOKEN}`).toString("base64")}`;

describe("Credentials stay with the host that they are for", () => {
  const listeners: Listener[] = [];
  const started = async (...args: Parameters<typeof listen>) => {
    const listener = await listen(...args);
    listeners.push(listener);
    return listener;
  };
  afterEach(() => {
    for (const listener of listeners.splice(0)) listener.close();
  });

  const sendJson = (response: ServerResponse, body: unknown) =>
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));

  /** Answers as the account, so that the writes are sent, and everything else by `answer`. */
  const asTheAccount =
    (answer: (request: IncomingMessage, response: ServerResponse) => void) =>
    (request: IncomingMessage, response: ServerResponse) =>
      request.url === "/v1/Configuration"
        ? sendJson(response, { account_sid: AC, default_chat_service_sid: IS })
        : answer(request, response);

  const targets: Record<string, (foreign: Listener) => string> = {
    "another port": ({ port }) => `http://127.0.0.1:${port}/v1/stolen`,
    "another name": ({ port }) => `http://localhost:${port}/v1/stolen`,
    "another scheme": ({ port }) => `https://127.0.0.1:${port}/v1/stolen`,
    "no scheme": ({ port }) => `//127.0.0.1:${port}/v1/stolen`,
    "a login of its own": ({ port }) => `http://me:you@127.0.0.1:${port}/v1/stolen`,
  };
  for (const status of [301, 302, 303, 307, 308])
    it(`when a ${status} sends them to another host, whatever was asked`, async () => {
      for (const [name, target] of Object.entries(targets)) {
        const foreign = await started((_request, response) => sendJson(response, {}));
        const home = await started(
          asTheAccount((_request, response) => {
            response.writeHead(status, { location: target(foreign) }).end();
          }),
        );
        const errors = await everyOperation({ TWILIO_CONVERSATIONS_URL: `http://127.0.0.1:${home.port}` });
        for (const error of errors) match(String(error), /The redirect .*was not followed/, name);
        equal(foreign.connections, 0, name);
        const redirected = home.requests.filter(({ url }) => url !== "/v1/Configuration");
        deepEqual(redirected.map(({ method }) => method).sort(), ["DELETE", "GET", "GET", "POST", "POST"]);
      }
    });

  it("when a list says that it goes on at another one", async () => {
    const foreign = await started((_request, response) => sendJson(response, { participants: [] }));
    const home = await started(
      asTheAccount((_request, response) => {
        const next = `http://127.0.0.1:${foreign.port}/v1/Conversations/${CH}/Participants?Page=1`;
        sendJson(response, { participants: [participantBody()], meta: { next_page_url: next } });
      }),
    );
    const origin = `http://127.0.0.1:${home.port}`;
    const state = { conversationSid: CH, accountSid: AC, origin, region: "us1", chatServiceSid: IS };
    const lifecycle = new Lifecycle(participant, session({ TWILIO_CONVERSATIONS_URL: origin }));
    await Promise.all(["MB2", "MB3"].map((sid) => lifecycle.read(sid, state).catch(() => {})));
    ok(home.requests.length > 1);
    equal(foreign.connections, 0);
  });

  it("when a proxy carries them: it sees the name of the host, and not what is sent", async () => {
    const proxy = await started((_request, response) => sendJson(response, {}));
    const url = `http://127.0.0.1:${proxy.port}`;
    for (const variable of ["HTTPS_PROXY", "ALL_PROXY"])
      await everyOperation({ [variable]: url }, { timeoutSeconds: "1" });
    ok(proxy.requests.length > 0);
    for (const { method, url, headers } of proxy.requests) {
      equal(`${method} ${url}`, "CONNECT conversations.twilio.com:443");
      equal(headers.authorization, undefined);
    }
  });

  it("when a proxy offers itself for loopback", async () => {
    const proxy = await started((_request, response) => sendJson(response, {}));
    const home = await started((_request, response) => sendJson(response, {}));
    const url = `http://127.0.0.1:${proxy.port}`;
    await everyOperation({
      TWILIO_CONVERSATIONS_URL: `http://127.0.0.1:${home.port}`,
      HTTP_PROXY: url,
      ALL_PROXY: url,
    });
    ok(home.requests.length > 0);
    equal(proxy.connections, 0);
  });

  const hasIpv6 = Object.values(networkInterfaces()).some((own) =>
    own?.some(({ family }) => family === "IPv6"),
  );
  for (const host of ["localhost", "127.0.0.1", ...(hasIpv6 ? ["[::1]"] : [])])
    it(`and go to ${host} over plain http`, async () => {
      const address = host === "[::1]" ? "::1" : "127.0.0.1";
      const home = await started((_request, response) => sendJson(response, {}), address);
      await everyOperation({ TWILIO_CONVERSATIONS_URL: `http://${host}:${home.port}` });
      ok(home.requests.length > 0);
      for (const { headers } of home.requests) equal(headers.authorization, AUTHORIZATION);
    });
});
