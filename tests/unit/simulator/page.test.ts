import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fixture } from "../../contract/client";

const chromium = ["chromium", "chromium-browser", "google-chrome"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);
const artefacts = join(__dirname, "../../../artifacts");

describe("simulator page", () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await Fixture.start({ nowMs: Date.UTC(2026, 0, 1) });
    fixture.simulator.seed({
      roles: [{ friendlyName: "on-call lead", type: "conversation", permissions: ["sendMessage"] }],
      conversations: [
        {
          friendlyName: "EU support",
          uniqueName: "support-eu",
          attributes: { team: "eu" },
          participants: [
            { identity: "ann", attributes: { shift: "day" } },
            { identity: "<b>bo</b>", role: "on-call lead" },
            { messagingBinding: { address: "+15558675310", proxyAddress: "+15017122661" } },
          ],
        },
      ],
    });
    await fixture.send("POST", "/v1/Conversations/support-eu/Participants", { Identity: "ann" });
  });
  after(() => fixture.close());

  const text = async (): Promise<string> => (await fetch(`${fixture.simulator.url}/`)).text();

  it("shows services, conversations, members with role and attributes, and the last requests", async () => {
    const html = await text();
    for (const expected of [
      "Default Conversations Service",
      "EU support",
      "support-eu",
      "ann",
      "channel user",
      "on-call lead",
      "&#34;shift&#34;",
      "+15558675310 via +15017122661",
      "409",
      "POST /v1/Conversations/support-eu/Participants",
    ]) {
      assert.ok(html.includes(expected), expected);
    }
  });

  it("escapes what it shows and loads nothing from elsewhere", async () => {
    const html = await text();
    assert.ok(!html.includes("<b>bo</b>"));
    assert.ok(html.includes("&#60;b&#62;bo&#60;/b&#62;"));
    assert.doesNotMatch(html, /https?:\/\/|src=|<link/);
    const { headers } = await fetch(`${fixture.simulator.url}/`);
    assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'/);
  });

  it("is no API request and needs no credentials", async () => {
    const count = fixture.simulator.requests().length;
    assert.equal((await fetch(`${fixture.simulator.url}/`)).status, 200);
    assert.equal(fixture.simulator.requests().length, count);
  });

  it("stays short when the store is large", async () => {
    const large = await Fixture.start();
    const conversations = Array.from({ length: 120 }, (_, index) => ({ uniqueName: `c${index}` }));
    large.simulator.seed({ conversations });
    const html = await (await fetch(`${large.simulator.url}/`)).text();
    assert.match(html, /and 70 more conversations/);
    await large.close();
  });

  it("renders and refreshes itself in Chromium", async function () {
    if (!chromium) {
      process.stdout.write("      (skipped: no chromium on the PATH)\n");
      this.skip();
    }
    this.timeout(60_000);
    mkdirSync(artefacts, { recursive: true });
    const shot = join(artefacts, "simulator-page.png");
    const front = await frontServer(() => {
      fixture.simulator.seed({ conversations: [{ friendlyName: "made meanwhile" }] });
    });
    const dom = await browse(front.url, ["--dump-dom", "--virtual-time-budget=9000"]);
    front.server.close();
    assert.match(dom, /EU support/);
    assert.match(dom, /made meanwhile/);
    await browse(fixture.simulator.url, [`--screenshot=${shot}`, "--window-size=1100,900"]);
    assert.ok(statSync(shot).size > 10_000);
  });

  /** Passes the page on, and does something once it has been loaded for the first time. */
  async function frontServer(afterFirst: () => void): Promise<{ url: string; server: Server }> {
    let loads = 0;
    const server = createServer(async (_request, response) => {
      const page = await fetch(`${fixture.simulator.url}/`);
      response.writeHead(200, { "content-type": "text/html", connection: "close" }).end(await page.text());
      loads += 1;
      if (loads === 1) afterFirst();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  /** Runs Chromium without a window and gives what it printed. */
  function browse(url: string, flags: readonly string[]): Promise<string> {
    const profile = mkdtempSync(join(tmpdir(), "chromium-"));
    const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
    const still = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
    const args = ["--headless", ...quiet, ...still, `--user-data-dir=${profile}`, ...flags, `${url}/`];
    return new Promise((resolve, reject) => {
      const child = spawn(chromium ?? "", args, { stdio: ["ignore", "pipe", "ignore"], timeout: 50_000 });
      let printed = "";
      child.stdout.on("data", (chunk) => {
        printed += chunk;
      });
      child.once("error", reject);
      child.once("close", (status) => {
        rmSync(profile, { recursive: true, force: true });
        if (status === 0) resolve(printed);
        else reject(new Error(`chromium ended with ${status}`));
      });
    });
  }
});
