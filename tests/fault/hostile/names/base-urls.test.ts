import { deepEqual, ok } from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { BlockList, isIP } from "node:net";
import fc from "fast-check";
import { readSettings } from "../../../../provider/core/api/settings";
import { ConfigurationError } from "../../../../provider/core/errors";
import { LookupError } from "../../../../provider/functions/call/lookup-error";
import { measured, seed, sized } from "../../../support/soak";
import { everyOperation } from "./every-operation";

/** How many sockets the process opens meanwhile, wherever they go. */
async function socketsOf(work: () => Promise<unknown>): Promise<number> {
  let sockets = 0;
  const note = () => {
    sockets += 1;
  };
  subscribe("net.client.socket", note);
  try {
    await work();
  } finally {
    unsubscribe("net.client.socket", note);
  }
  return sockets;
}

describe("Credentials go nowhere in clear", () => {
  const plain = [
    "http://example.com",
    "http://127.0.0.1.evil.com",
    "http://127.0.0.1@evil.com",
    "http://127.0.0.1:80@evil.com",
    "http://evil.com#@127.0.0.1",
    "http://evil.com\\@127.0.0.1",
    "http://evil.com?@localhost",
    "http://localhost.evil.com",
    "http://127.0.0.1%2eevil.com",
    "http://localhost.",
    "http://0.0.0.0",
    "http://10.0.0.1",
    "http://[::2]",
    "http://[::ffff:10.0.0.1]",
    "http:example.com",
    "ws://127.0.0.1",
    "ftp://127.0.0.1",
  ];
  for (const baseUrl of plain)
    it(`to ${baseUrl}: it is refused before a socket is opened`, async () => {
      const wrongEnv = await socketsOf(async () => {
        for (const error of await everyOperation({ TWILIO_CONVERSATIONS_URL: baseUrl }))
          ok(error instanceof ConfigurationError || error instanceof LookupError, String(error));
      });
      const wrongConfig = await socketsOf(async () => {
        for (const error of await everyOperation({}, { baseUrl }))
          ok(error instanceof ConfigurationError || error instanceof LookupError, String(error));
      });
      deepEqual([wrongEnv, wrongConfig], [0, 0]);
    });

  const RUNS = sized({ short: 2_000, full: 100_000 });

  it(`for ${RUNS} URLs put together from parts that deceive`, () => {
    const loopback = new BlockList();
    loopback.addSubnet("127.0.0.0", 8);
    loopback.addAddress("::1", "ipv6");
    const isLoopback = (hostname: string) => {
      const address = hostname.replace(/^\[|\]$/g, "");
      const family = isIP(address);
      return family === 0 ? address === "localhost" : loopback.check(address, family === 6 ? "ipv6" : "ipv4");
    };
    const host = fc.constantFrom(
      ...["localhost", "LOCALHOST", "127.0.0.1", "127.1", "0x7f.1", "2130706433", "017700000001", "[::1]"],
      ...[
        "evil.com",
        "128.0.0.1",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
        "[::ffff:1.2.3.4]",
        "127.0.0.1.nip.io",
        "１２７.0.0.1",
      ],
      ...[
        "%6cocalhost",
        "localhost%00",
        "127.0.0.256",
        "1.127.0.0.1",
        "localhost。evil.com",
        "x.localhost",
        "",
      ],
    );
    const glue = fc.constantFrom(
      "",
      "@",
      ".",
      ":",
      "#",
      "?",
      "/",
      "\\",
      "%40",
      "%2f",
      "\t",
      ":80@",
      ";",
      "//",
    );
    const url = fc
      .tuple(
        fc.constantFrom("http://", "http:", "http:/", "HTTP://", "http:\\\\", "https://"),
        host,
        glue,
        host,
        glue,
      )
      .map((parts) => parts.join(""));
    let accepted = 0;
    fc.assert(
      fc.property(url, (baseUrl) => {
        try {
          const { origin } = readSettings({}, (key) => (key === "baseUrl" ? baseUrl : undefined));
          accepted += 1;
          const { protocol, hostname } = new URL(origin);
          ok(protocol === "https:" || isLoopback(hostname), origin);
        } catch (error) {
          ok(error instanceof ConfigurationError, String(error));
        }
      }),
      { numRuns: RUNS, seed },
    );
    ok(accepted > RUNS / 100, `only ${accepted} were accepted`);
    measured("Base URLs that deceive", `${RUNS} URLs, ${accepted} accepted, 0 of them in clear off loopback`);
  });
});
