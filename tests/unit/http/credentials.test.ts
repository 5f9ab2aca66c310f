import { equal, notEqual, ok } from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import { CollectionReader, type Row } from "../../../provider/http/pages";
import { requestUrl } from "../../../provider/http/path";
import {
  clientOf,
  conversation,
  create,
  failureOf,
  password,
  read,
  sendJson,
  startServer,
  stopAll,
} from "./server";

const authorization = `Basic ${Buffer.from(`AC00000000000000000000000000000001:${password}`).toString("base64")}`;

describe("http: credentials", () => {
  afterEach(stopAll);

  it("go out as Basic authentication, with the user agent", async () => {
    const server = await startServer((_, response) => sendJson(response, 200, {}));
    await clientOf(server.origin).request(read());
    equal(server.seen[0]?.headers.authorization, authorization);
    equal(server.seen[0]?.headers["user-agent"], "http-tests");
  });

  for (const status of [301, 302, 303, 307, 308]) {
    it(`do not follow a redirect ${status} to another host`, async () => {
      const other = await startServer((_, response) => sendJson(response, 200, {}));
      const server = await startServer((_, response) => {
        response.writeHead(status, { location: `${other.origin}/v1/stolen?token=1` }).end();
      });
      const error = await failureOf(clientOf(server.origin).request(create()));
      equal(other.seen.length, 0);
      equal(server.seen.length, 1);
      ok(error.message.includes(`redirect to 127.0.0.1:${other.port} was not followed`), error.message);
    });
  }

  it("do not follow a list to another host", async () => {
    const other = await startServer((_, response) => sendJson(response, 200, { participants: [] }));
    const server = await startServer(({ url }, response) => {
      const isFirst = !url.includes("Page=1");
      const next = isFirst
        ? `${other.origin}${conversation}/Participants?PageSize=1&Page=1&PageToken=a%2Bb`
        : null;
      sendJson(response, 200, {
        participants: [{ sid: isFirst ? "MB1" : "MB2" }],
        meta: { next_page_url: next },
      });
    });
    const reader = new CollectionReader(clientOf(server.origin), {
      path: `${conversation}/Participants`,
      pageSize: 1,
      listKey: "participants",
    });
    const rows: Row[] = [];
    for await (const page of reader.pages(5)) rows.push(...page);
    equal(rows.length, 2);
    equal(other.seen.length, 0);
    equal(server.seen[1]?.url, `${conversation}/Participants?PageSize=1&Page=1&PageToken=a%2Bb`);
  });

  it("do not travel with a path that means another one", () => {
    const paths = [
      "/v1/Users/..",
      "/v1/Users/%2e%2e",
      "/v1/Users/.",
      "//evil.example/v1/",
      "/v2/Users",
      "/v1/Users/",
      "/v1//x",
    ];
    for (const path of paths) {
      let reached = "";
      try {
        reached = requestUrl("https://conversations.twilio.com", read(path)).href;
      } catch {
        continue;
      }
      equal(reached, "", path);
    }
  });

  it("reach exactly the intended route, whatever an identity looks like", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (identity) => {
        fc.pre(identity !== "." && identity !== "..");
        const url = requestUrl(
          "https://conversations.twilio.com",
          read(`/v1/Users/${encodeURIComponent(identity)}`),
        );
        equal(url.origin, "https://conversations.twilio.com");
        equal(url.search + url.hash, "");
        equal(url.pathname.split("/").length, 4);
        equal(decodeURIComponent(url.pathname.slice("/v1/Users/".length)), identity);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe("http: secrets", () => {
  afterEach(stopAll);

  const formCanary = 'canary-form "9b1c"';
  const phone = "+15551234567";
  const request = {
    ...create(),
    path: `${conversation}/Participants/${encodeURIComponent(phone)}`,
    query: { Identity: "canary-query-55aa" },
    form: [
      ["Attributes", formCanary],
      ["MessagingBinding.Address", phone],
      ["RoleSid", "RL00000000000000000000000000000001"],
    ] as [string, string][],
  };
  const credentials = Buffer.from(`SK-canary-key:${password}`).toString("base64");
  const echo = `no: Basic ${credentials} ${password} ${encodeURIComponent(password)} SK-canary-key ${formCanary} ${JSON.stringify(formCanary)} ${phone} RL00000000000000000000000000000001`;

  const endings: Record<string, Parameters<typeof startServer>[0]> = {
    "a refusal that echoes everything": (_, response) =>
      sendJson(response, 400, { code: 20001, message: echo }),
    "an outage that echoes everything": (_, response) =>
      sendJson(response, 503, { code: 20503, message: echo }),
    "a throttling that echoes everything": (_, response) =>
      sendJson(response, 429, { code: 20429, message: echo }, { "retry-after": "9" }),
    "a page that echoes everything": (_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end(echo);
    },
    "a redirect that echoes everything": (_, response) => {
      response.writeHead(302, { location: `http://canary-user:${password}@other.example/${password}` }).end();
    },
    "a reset": (_, response) => {
      response.destroy();
    },
    silence: () => undefined,
  };
  for (const [ending, handler] of Object.entries(endings)) {
    it(`are in no error after ${ending}`, async () => {
      const server = await startServer(handler);
      const client = clientOf(server.origin, { timeoutMs: 60, username: "SK-canary-key" });
      const error = await failureOf(client.request(request));
      const shown = [
        inspect(error, { depth: 9, showHidden: true }),
        error.message,
        error.stack,
        String(error.cause),
      ].join("\n");
      for (const secret of [password, "canary", credentials, "9b1c"]) {
        ok(!shown.includes(secret), `${secret} in ${shown}`);
      }
      ok(!error.message.includes(phone), error.message);
      ok(!error.message.includes(encodeURIComponent(phone)), error.message);
    });
  }

  it("leave what the reader needs: SIDs, and the ends of a phone number", async () => {
    const message = "Role RL00000000000000000000000000000001 for +442071838750 not found";
    const server = await startServer((_, response) => sendJson(response, 400, { code: 50109, message }));
    const error = await failureOf(clientOf(server.origin).request(request));
    ok(error.message.includes("Role RL00000000000000000000000000000001 for +44…50 not found"), error.message);
  });

  it("are not shown by the client itself", () => {
    const client = clientOf("http://127.0.0.1:9");
    const shown = inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client);
    ok(!shown.includes(password));
    notEqual(shown, "");
  });
});
