import { deepEqual, equal, ok } from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import * as provider from "../../../provider";
import { definitions, roster } from "../../../provider/resources";
import { run } from "../../support/built-command";
import type { Report } from "./under-mocks";

const LOOKUPS = Object.keys(provider).filter((name) => name.startsWith("get"));
const TYPES = [...definitions, roster].map(({ type }) => type);

describe("a program under pulumi.runtime.setMocks", () => {
  let server: Server;
  let requests = 0;
  let report: Report;
  before(async function () {
    this.timeout(60_000);
    server = createServer((_request, response) => {
      requests += 1;
      response.end("{}");
    }).listen(0, "127.0.0.1");
    await new Promise((listening) => server.once("listening", listening));
    const { port } = server.address() as AddressInfo;
    const { code, stdout, stderr } = await run(
      process.execPath,
      ["-r", "tsx/cjs", join(__dirname, "under-mocks.ts")],
      {
        cwd: join(__dirname, "../../.."),
        env: {
          TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
          TWILIO_AUTH_TOKEN: "0".repeat(32),
          TWILIO_CONVERSATIONS_URL: `http://127.0.0.1:${port}`,
        },
      },
    );
    equal(code, 0, stderr);
    report = JSON.parse(stdout);
  });
  after(() => server.close());

  it("registers each class under the token that the class says", () => {
    const expected = Object.fromEntries(TYPES.map((type) => [type, `pulumi-nodejs:dynamic/twilio:${type}`]));
    deepEqual(report.tokens, { ...expected, StandingConversation: "twilio:index:StandingConversation" });
    for (const [name, token] of Object.entries(report.tokens)) equal(report.types[name], token);
  });

  for (const name of [...TYPES, "StandingConversation"])
    it(`tells ${name} from every other resource`, () => deepEqual(report.instances[name], [name]));

  it("takes nothing for a resource that is none", () => deepEqual(report.gullible, []));

  for (const name of LOOKUPS)
    it(`asks the mocks for ${name}, and gives what they answer`, () => {
      const plain = name.replace(/Output$/, "");
      const given = plain.endsWith("s") ? [{ sid: "first" }, { sid: "second" }] : { sid: "only" };
      deepEqual(report.lookups[name], [{ token: `twilio:index:${plain}`, inputs: { sid: "any" }, given }]);
    });

  it("asks nobody else", () => {
    ok(LOOKUPS.length >= 30);
    equal(requests, 0);
  });

  it("hears what the mocks refuse", () => equal(report.refusal, "the mocks refuse"));

  it("keeps secret what is looked up by a secret", () => equal(report.isSecret, true));

  it("marks whom one recognises by a secret, and nobody else", () =>
    deepEqual(report.marked.sort(), ["address", "listed", "secret"]));

  it("looks nothing up by what a preview does not know", () => equal(report.unknownCalls, 0));

  it("may be loaded anew, with all that it needs", () =>
    deepEqual(report.otherCopy, { given: { sid: "only" }, isKnown: true }));

  it("may declare a setting again after each setMocks", () => deepEqual(report.errors, []));
});
