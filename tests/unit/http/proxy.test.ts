import { equal, ok, throws } from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { getProxyForUrl } from "proxy-from-env";
import { agentFor, proxyFor } from "../../../provider/http/proxy";
import { clientOf, failureOf, read, sendJson, startServer, stopAll } from "./server";

const twilio = "https://conversations.twilio.com";
const proxy = "http://proxy.example:3128";

describe("http: the choice of a proxy", () => {
  const choices: [string, Record<string, string>, string | undefined][] = [
    [twilio, {}, undefined],
    [twilio, { HTTPS_PROXY: proxy }, proxy],
    [twilio, { https_proxy: proxy }, proxy],
    [twilio, { HTTPS_PROXY: "http://other.example:1", https_proxy: proxy }, proxy],
    [twilio, { ALL_PROXY: proxy }, proxy],
    [twilio, { HTTP_PROXY: proxy }, undefined],
    [twilio, { HTTPS_PROXY: proxy, NO_PROXY: "*" }, undefined],
    [twilio, { HTTPS_PROXY: proxy, NO_PROXY: "conversations.twilio.com" }, undefined],
    [twilio, { HTTPS_PROXY: proxy, NO_PROXY: "example.com, conversations.twilio.com" }, undefined],
    [twilio, { HTTPS_PROXY: proxy, NO_PROXY: ".twilio.com" }, undefined],
    [twilio, { HTTPS_PROXY: proxy, NO_PROXY: "*.twilio.com" }, undefined],
    [twilio, { HTTPS_PROXY: proxy, NO_PROXY: "conversations.twilio.com:443" }, undefined],
    [twilio, { HTTPS_PROXY: proxy, NO_PROXY: "conversations.twilio.com:8443" }, proxy],
    [twilio, { HTTPS_PROXY: proxy, NO_PROXY: "example.com" }, proxy],
    ["http://api.example:8080", { HTTP_PROXY: proxy }, proxy],
  ];
  for (const [origin, env, expected] of choices) {
    it(`is ${expected ?? "none"} for ${origin} with ${JSON.stringify(env)}, as other tools choose`, () => {
      equal(proxyFor(origin, env), expected);
      equal(withEnv(env, () => getProxyForUrl(origin)) || undefined, expected);
    });
  }

  it("takes a listed domain for its subdomains too, as Pulumi does", () => {
    equal(proxyFor(twilio, { HTTPS_PROXY: proxy, NO_PROXY: "twilio.com" }), undefined);
    equal(proxyFor("https://nottwilio.com", { HTTPS_PROXY: proxy, NO_PROXY: "twilio.com" }), proxy);
  });

  it("never uses a proxy for this machine", () => {
    for (const origin of ["http://127.0.0.1:3000", "http://localhost:3000", "http://[::1]:3000"]) {
      equal(proxyFor(origin, { HTTP_PROXY: proxy, ALL_PROXY: proxy }), undefined);
    }
  });

  it("refuses a proxy that is no http URL, without showing it", () => {
    for (const bad of ["socks5://user:canary@proxy:1", "http://user:canary@:x"]) {
      throws(
        () => agentFor(twilio, { HTTPS_PROXY: bad }),
        (error: Error) => error.message.includes("HTTPS_PROXY") && !error.message.includes("canary"),
      );
    }
  });
});

describe("http: through a proxy", () => {
  afterEach(stopAll);

  it("tunnels to the host that was meant, and reuses the tunnel", async () => {
    const server = await startServer((_, response) => sendJson(response, 200, { sid: "CH1" }));
    const asked: string[] = [];
    const tunnels = createServer().on("connect", (request, socket) => {
      asked.push(request.url ?? "");
      const upstream = connect(server.port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        socket.pipe(upstream).pipe(socket);
      });
      socket.on("error", () => upstream.destroy());
      upstream.on("error", () => socket.destroy());
    });
    await once(tunnels.listen(0, "127.0.0.1"), "listening");
    const { port } = tunnels.address() as AddressInfo;
    const client = clientOf("http://api.example", { proxyEnv: { HTTP_PROXY: `http://127.0.0.1:${port}` } });
    for (const _ of [1, 2, 3]) equal((await client.request(read())).body["sid"], "CH1");
    equal(asked.join(), "api.example:80");
    equal(server.seen[0]?.headers.host, "api.example");
    tunnels.close();
  });

  it("sends no credentials to a proxy that refuses, and shows none of its own", async () => {
    const heads: string[] = [];
    const tunnels = createServer().on("connect", (request, socket) => {
      heads.push(JSON.stringify(request.headers));
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    });
    await once(tunnels.listen(0, "127.0.0.1"), "listening");
    const { port } = tunnels.address() as AddressInfo;
    const client = clientOf("http://api.example", {
      proxyEnv: { HTTP_PROXY: `http://user:canary@127.0.0.1:${port}` },
    });
    const error = await failureOf(client.request(read()));
    ok(error.message.includes("answered 407"), error.message);
    ok(error.message.includes("HTTPS_PROXY"), error.message);
    ok(!error.message.includes("canary"));
    ok(!heads.join().includes('"authorization"'));
    tunnels.close();
  });
});

function withEnv<T>(env: Record<string, string>, work: () => T): T {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (/_proxy$/i.test(name)) delete process.env[name];
  Object.assign(process.env, env);
  try {
    return work();
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
    Object.assign(process.env, before);
  }
}
