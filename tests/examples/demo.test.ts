import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "./temporary-stack";

describe("npm run demo", function () {
  // Half a minute, on a machine that has nothing else to do.
  this.timeout(240_000);
  let outside: Server;
  let knocks: string[];
  let folder: string;

  beforeEach(async () => {
    knocks = [];
    outside = createServer((request, answer) => {
      knocks.push(`${request.method} ${request.url}`);
      answer.end();
    }).on("connect", (request, socket) => {
      knocks.push(`CONNECT ${request.url}`);
      socket.end();
    });
    await new Promise<void>((listening) => outside.listen(0, "127.0.0.1", listening));
    folder = mkdtempSync(join(tmpdir(), "demo-test-"));
  });
  afterEach(() => {
    outside.close();
    rmSync(folder, { recursive: true });
  });

  it("creates, previews, finds drift, repairs and destroys, and never leaves the machine", async () => {
    // An account and a proxy in the user's environment: neither may be used without --live.
    const elsewhere = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
    const { code, output } = await demo([], {
      TWILIO_CONVERSATIONS_URL: elsewhere,
      TWILIO_ACCOUNT_SID: `AC${"f".repeat(32)}`,
      TWILIO_AUTH_TOKEN: "the user's own",
      HTTP_PROXY: elsewhere,
      HTTPS_PROXY: elsewhere,
      TMPDIR: folder,
    });
    assert.equal(code, 0, output);
    assertInOrder(output, [
      "# examples/support-desk is brought up",
      "+ 8 created",
      "# A preview finds nothing to do",
      "8 unchanged",
      "# Outside Pulumi",
      "# A preview with --refresh names exactly these three",
      '~ team: "sales" => "support"',
      "+ 1 to create",
      "~ 2 to update",
      "# An update puts them back",
      "+ 1 created",
      "~ 2 updated",
      "# The support desk is taken down",
      "- 8 deleted",
      "# Nothing is left",
    ]);
    assert.deepEqual(knocks, []);
    // The compiler caches there, if the demo had to compile.
    const left = readdirSync(folder).filter((name) => name !== "node-compile-cache");
    assert.deepEqual(left, []);
  });

  it("asks before it touches an account", async () => {
    const { code, output } = await demo(["--live"], {
      TWILIO_CONVERSATIONS_URL: `http://127.0.0.1:${(outside.address() as AddressInfo).port}`,
      TWILIO_ACCOUNT_SID: `AC${"f".repeat(32)}`,
      TWILIO_AUTH_TOKEN: "the user's own",
    });
    assert.equal(code, 1);
    assertInOrder(output, [`in account AC${"f".repeat(32)}`, "[y/N]", "nothing was done"]);
    assert.deepEqual(knocks, []);
  });
});

async function demo(args: string[], env: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, ["scripts/demo.mjs", ...args], {
    cwd: repository,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number>((done) => child.once("close", done));
  return { code, output };
}

function assertInOrder(output: string, wanted: string[]): void {
  let from = 0;
  for (const text of wanted) {
    const at = output.indexOf(text, from);
    assert.ok(at >= 0, `"${text}" is not there, or not in its place:\n${output}`);
    from = at + text.length;
  }
}
