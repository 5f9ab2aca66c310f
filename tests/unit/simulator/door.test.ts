import assert from "node:assert/strict";
import { request } from "node:http";
import { Fixture } from "../../contract/client";

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly host?: string;
  readonly origin?: string;
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
  function ask({ method = "GET", path, host, origin }: Asked, to = fixture): Promise<[number, string]> {
    const { accountSid, authToken } = to.simulator.account;
    const options = {
      method,
      auth: `${accountSid}:${authToken}`,
      headers: {
        ...(host !== undefined && { host }),
        ...(origin !== undefined && { origin }),
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

  for (const [method, path] of paths)
    it(`refuses ${method} ${path} under another name and from another page, in Twilio's form`, async () => {
      const wrong: Asked[] = [
        ...foreignHosts.map((host) => ({ method, path, host })),
        ...foreignOrigins.map((origin) => ({ method, path, origin })),
        { method, path, host: "evil.example", origin: "http://evil.example" },
      ];
      for (const asked of wrong) {
        const [status, text] = await ask(asked);
        const { code, message, more_info, status: told } = JSON.parse(text);
        const where = JSON.stringify(asked);
        assert.deepEqual([status, code, told], [403, 20403, 403], where);
        assert.equal(more_info, "https://www.twilio.com/docs/errors/20403");
        assert.match(message, asked.origin && !asked.host ? /Origin header/ : /Host header/, where);
        assert.doesNotMatch(text, /evil/);
      }
      assert.deepEqual(fixture.simulator.requests(), []);
      assert.deepEqual(fixture.simulator.conversations(), []);
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
