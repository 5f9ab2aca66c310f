import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { Fixture } from "../../contract/sdk/client";

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly host?: string;
  readonly origin?: string;
  /** What a browser says of whoever makes it ask: `Sec-Fetch-Site`, `-Mode` and `-Dest`. */
  readonly fetched?: readonly [site: string, mode: string, destination: string];
}

const paths: [method: string, path: string][] = [
  ["GET", "/"],
  ["GET", "/favicon.ico"],
  ["GET", "/_control/requests"],
  ["POST", "/_control/reset"],
  ["GET", "/v1/Conversations"],
  ["POST", "/v1/Conversations"],
  ["POST", "/v1/Configuration/Webhooks"],
  ["OPTIONS", "/v1/Conversations"],
  ["DELETE", "/v1/Nothing"],
];

describe("simulator door", () => {
  let fixture: Fixture;
  let port: string;
  before(async () => {
    fixture = await Fixture.start();
    port = new URL(fixture.simulator.url).port;
  });
  after(() => fixture.close());
  beforeEach(() => fixture.simulator.reset());

  /** With the login that everybody knows, under any name and from any page. */
  function ask(
    { method = "GET", path, host, origin, fetched }: Asked,
    to = fixture,
  ): Promise<[number, string]> {
    const { accountSid, authToken } = to.simulator.account;
    const options = {
      method,
      auth: `${accountSid}:${authToken}`,
      headers: {
        ...(host !== undefined && { host }),
        ...(origin !== undefined && { origin }),
        ...(fetched && {
          "sec-fetch-site": fetched[0],
          "sec-fetch-mode": fetched[1],
          "sec-fetch-dest": fetched[2],
        }),
        "content-type": "application/x-www-form-urlencoded",
      },
    };
    return new Promise((resolve, reject) => {
      const url = new URL(to.simulator.url);
      const asking = request({ host: url.hostname, port: url.port, path, ...options }, async (response) => {
        let text = "";
        for await (const chunk of response) text += chunk;
        resolve([response.statusCode ?? 0, text]);
      });
      asking.once("error", reject);
      asking.end();
    });
  }

  /** What comes back for these bytes. */
  const sent = (bytes: string): Promise<string> => text(connect(Number(port), "127.0.0.1").end(bytes));

  const foreignHosts = [
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:80",
    "10.0.0.1",
    "127.0.0.1@evil.example",
  ];
  const foreignOrigins = [
    "https://evil.example",
    "null",
    "http://127.0.0.1:1",
    "https://localhost",
    "file://",
  ];

  const foreignFetches: Asked["fetched"][] = ["cross-site", "same-site", "new-word"].flatMap((site) => [
    [site, "no-cors", "image"],
    [site, "navigate", "iframe"],
  ]);

  for (const [method, path] of paths)
    it(`refuses ${method} ${path} under another name and from another page, in Twilio's form`, async () => {
      const wrong: Asked[] = [
        ...foreignHosts.map((host) => ({ method, path, host })),
        ...foreignOrigins.map((origin) => ({ method, path, origin })),
        { method, path, host: "evil.example", origin: "http://evil.example" },
        // An `Origin` comes with no picture, no script and no frame.
        ...foreignFetches.map((fetched) => ({ method, path, fetched })),
        { method, path: `http://127.0.0.1:${port}${path}` },
        { method, path: `http://evil.example${path}` },
      ];
      for (const asked of wrong) {
        const [status, text] = await ask(asked);
        const { code, message, more_info, status: told } = JSON.parse(text);
        const where = JSON.stringify(asked);
        assert.deepEqual([status, code, told], [403, 20403, 403], where);
        assert.equal(more_info, "https://www.twilio.com/docs/errors/20403");
        assert.match(message, reasonOf(asked), where);
        assert.doesNotMatch(text, /evil/);
      }
      assert.deepEqual(fixture.simulator.requests(), []);
      assert.deepEqual(fixture.simulator.conversations(), []);
    });

  it("refuses a second Host, whichever of them is right", async () => {
    for (const hosts of [
      ["localhost", "evil.example"],
      ["evil.example", "localhost"],
      ["localhost", "localhost"],
    ]) {
      const lines = hosts.map((host) => `Host: ${host}\r\n`).join("");
      const said = await sent(`GET /_control/clock HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`);
      assert.match(said, /^HTTP\/1\.1 40[03] /, String(hosts));
      assert.doesNotMatch(said, /nowMs/);
    }
  });

  it("is open to a link to its page, and to what its own page and its user ask", async () => {
    const open: Asked[] = [
      { path: "/", fetched: ["cross-site", "navigate", "document"] },
      { path: "/", fetched: ["same-origin", "cors", "empty"] },
      { path: "/_control/requests", fetched: ["none", "navigate", "document"] },
    ];
    for (const asked of open) assert.equal((await ask(asked))[0], 200, JSON.stringify(asked));
  });

  it("is open to loopback's names on any port, and to its own page", async () => {
    for (const host of [`127.0.0.1:${port}`, "localhost", `LOCALHOST:${port}`, "127.9.9.9:8080", "[::1]:80"])
      for (const origin of [undefined, `http://${host.toLowerCase()}`])
        for (const path of ["/", "/_control/requests", "/v1/Conversations"]) {
          const [status] = await ask({ path, host, ...(origin !== undefined && { origin }) });
          assert.equal(status, 200, `${host} ${origin} ${path}`);
        }
  });

  it("is open to the address that it listens on, and to names that it was given", async () => {
    const open = await Fixture.start({ host: "0.0.0.0", allowHosts: ["Simulator.example"] });
    try {
      for (const host of ["0.0.0.0:80", "127.0.0.1", "simulator.example:8080"])
        assert.equal((await ask({ path: "/v1/Roles", host }, open))[0], 200, host);
      for (const host of ["evil.example", "10.0.0.1"])
        assert.equal((await ask({ path: "/v1/Roles", host }, open))[0], 403, host);
    } finally {
      await open.close();
    }
  });
});

function reasonOf({ origin, host, fetched, path }: Asked): RegExp {
  if (!path.startsWith("/")) return /names its host more than once/;
  if (fetched) return /Sec-Fetch-Site header/;
  return origin && !host ? /Origin header/ : /Host header/;
}
