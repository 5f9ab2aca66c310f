import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fixture } from "../../contract/sdk/client";
import { Browser, hasBrowser } from "../../support/browser";

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
      "POST /<wbr>v1/<wbr>Conversations/<wbr>support-eu/<wbr>Participants",
    ]) {
      assert.ok(html.includes(expected), expected);
    }
  });

  it("escapes what it shows and loads nothing from elsewhere", async () => {
    const html = await text();
    assert.ok(!html.includes("<b>bo</b>"));
    assert.ok(html.includes("&#60;b&#62;bo&#60;/b&#62;"));
    assert.doesNotMatch(html.replaceAll(fixture.simulator.url, ""), /https?:\/\/|src=|<link/);
    const { headers } = await fetch(`${fixture.simulator.url}/`);
    assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'/);
  });

  it("shows the last requests first, and what else there is: exports, users, permissions, webhooks, faults, clock", async () => {
    const { simulator } = fixture;
    await fixture.send("POST", "/v1/Conversations/support-eu/Webhooks", {
      Target: "webhook",
      "Configuration.Url": "https://example.com/hook",
    });
    simulator.addFault({ kind: "status", status: 429, route: "/v1/Roles" });
    const html = await text();
    simulator.clearFaults();
    const places = ["Last requests", "Use it from a program", "Default Conversations Service"];
    const at = places.map((name) => html.indexOf(name));
    assert.ok(at[0] !== -1 && (at[0] ?? 0) < (at[1] ?? 0) && (at[1] ?? 0) < (at[2] ?? 0), String(at));
    for (const [name, value] of Object.entries(simulator.env))
      assert.ok(html.includes(`export ${name}=${value}`));
    for (const expected of [
      "simulator poke support-eu/ann --delete",
      "Roles and permissions",
      "sendMessage, sendMediaMessage",
      ">Users<",
      "https://example.com/hook",
      "any /v1/Roles",
      "2026-01-01 00:00 UTC",
    ])
      assert.ok(html.includes(expected), expected);
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

  it("keeps rows low and words whole on a narrow screen, and filters, in Chromium", async function () {
    if (!hasBrowser) this.skip();
    const crowded = await Fixture.start();
    crowded.simulator.seed({
      conversations: [
        {
          uniqueName: "desk",
          participants: [{ identity: "long".repeat(64), attributes: { note: "x".repeat(400) } }],
        },
        { uniqueName: "other", participants: [{ identity: "quentin" }] },
      ],
    });
    const browser = await Browser.start();
    try {
      await browser.openUrl(`${crowded.simulator.url}/`);
      for (const [width, highest] of [
        [420, 120],
        [1280, 40],
      ] as const) {
        await browser.resize(width);
        assert.deepEqual(await browser.misfits(), { beyond: 0, broken: [] }, `at ${width} pixels`);
        const heights = (await browser.evaluate(
          `[...document.querySelectorAll("tbody tr:not(:has(.words))")].map((row) => row.offsetHeight)`,
        )) as number[];
        assert.ok(Math.max(...heights) <= highest, `${Math.max(...heights)} at ${width} pixels`);
      }
      await browser.evaluate(`filter.value = "QUEN"; filter.dispatchEvent(new Event("input"))`);
      const shown = await browser.evaluate(
        `[...document.querySelectorAll("article")].filter((one) => one.checkVisibility()).map((one) => one.firstChild.textContent.split(" ")[0])`,
      );
      assert.deepEqual(shown, ["other", "Users"]);
    } finally {
      await browser.close();
      await crowded.close();
    }
  }).timeout(60_000);

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
