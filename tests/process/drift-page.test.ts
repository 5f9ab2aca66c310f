import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { htmlText } from "../../provider/cli/drift/report/html/page";
import { CLASSES, type Row } from "../../provider/cli/drift/report/row";
import { Browser, hasBrowser } from "../support/browser";
import { ROWS, reportOf } from "../unit/cli/drift/observed";

const PAGE = htmlText(reportOf(ROWS));
/** WCAG 2 AA, for text of this size. */
const READABLE = 4.5;

/** In the page: the least contrast that any of these has with the page. */
const LEAST_CONTRAST = `(() => {
  const channels = (text) => text.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = (text) => {
    const [r, g, b] = channels(text).map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const page = light(getComputedStyle(document.body).backgroundColor);
  const all = [...document.querySelectorAll("p, th, td, li, label, .mark, h3, .box a")];
  return Math.min(...all.map((element) => {
    const style = getComputedStyle(element);
    const text = light(style.color);
    return (Math.max(page, text) + 0.05) / (Math.min(page, text) + 0.05);
  }));
})()`;

describe("drift page", () => {
  it("is one file that loads nothing, and runs no script but its own", () => {
    doesNotMatch(PAGE, /https?:|src=[^x]|<link|@import|url\(/);
    match(PAGE, /Content-Security-Policy" content="default-src 'none'/);
    equal(PAGE.match(/<script/g)?.length, 1);
    doesNotMatch(PAGE, /<img/);
    ok(!PAGE.includes("\u001b") && !PAGE.includes("\u202e"));
  });

  it("draws each conversation with those who differ, each leading to its row, and the others as dots", () => {
    for (const [at, kind] of CLASSES.entries())
      match(PAGE, new RegExp(`<tr id="row-${at}" role="row" class="${kind}">`));
    match(PAGE, /5 differ, 1 the same/);
    equal(PAGE.match(/<i><\/i>/g)?.length, 1 + 5 + 5);
    const targets = [...PAGE.matchAll(/href="#(row-\d+)"/g)].map(([, id]) => id);
    ok(targets.length === 5 && targets.every((id) => PAGE.includes(`<tr id="${id}"`)));
    match(PAGE, /class="role-promotion" href="#row-0" aria-label="ann: Roles and permissions, 2 rows"/);
  });

  it("tells several stacks apart", () => {
    const page = htmlText(reportOf(ROWS, ["test", "prod"]));
    match(page, /<title>Drift of test, prod<\/title>/);
    match(page, />desk \(stack prod\)</);
    match(page, /<th scope="col" role="columnheader">stack<\/th>/);
  });

  it("says of when, what and by which version it is, and how to put it right", () => {
    match(PAGE, /<dt>Made<\/dt><dd><time datetime="2026-05-04T03:02:01\.000Z">2026-05-04 03:02 UTC<\/time>/);
    match(PAGE, /<dt>Account<\/dt><dd>AC1{32}<\/dd>/);
    match(PAGE, /<dt>Version<\/dt><dd>pulumi-twilio-conversations 0\.0\.1<\/dd>/);
    match(PAGE, /<dt>To revert the drift<\/dt><dd><code>pulumi up --refresh --stack test<\/code><\/dd>/);
    doesNotMatch(htmlText(reportOf([])), /To revert the drift/);
  });

  it("orders conversations by name, and says what is not recorded", () => {
    const { was: _, ...unrecorded } = ROWS[1] as Row;
    const loose: Row = {
      class: "drift-reverted",
      stack: "test",
      resource: "Role agent",
      field: "permissions",
      was: 1,
    };
    const page = htmlText(reportOf([loose, unrecorded]));
    const names = [...page.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, name]) => name);
    deepEqual(names, ["desk", "room 9", "room 10", "Not in a conversation"]);
    match(page, /data-title="was"><span>not recorded<\/span>/);
    match(page, /data-title="is"><span>not there<\/span>/);
  });

  it("says in a line that nothing differs", () => {
    const page = htmlText(reportOf([]));
    match(page, /nothing differs in 7 resources/);
    doesNotMatch(page, /<table|"picture"|<script/);
  });
});

describe("drift page in Chromium", () => {
  if (!hasBrowser) {
    it("is not looked at: there is no chromium on PATH", function () {
      this.skip();
    });
    return;
  }

  const folder = mkdtempSync(join(tmpdir(), "drift-page-"));
  const file = join(folder, "drift.html");
  let browser: Browser;
  before(async () => {
    writeFileSync(file, PAGE);
    browser = await Browser.start();
    await browser.open(file);
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const shownRows = () =>
    browser.evaluate(
      `[...document.querySelectorAll("tbody tr")].filter((row) => row.offsetParent).map((row) => row.id)`,
    );
  const focused = () =>
    browser.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.id");

  it("is readable in light and in dark", async () => {
    const pages: unknown[] = [];
    for (const scheme of ["light", "dark"] as const) {
      await browser.prefer(scheme);
      pages.push(await browser.evaluate("getComputedStyle(document.body).backgroundColor"));
      const contrast = Number(await browser.evaluate(LEAST_CONTRAST));
      ok(contrast >= READABLE, `${scheme}: ${contrast}`);
    }
    deepEqual(pages, ["rgb(255, 255, 255)", "rgb(13, 17, 23)"]);
  });

  it("has a name for whatever a screen reader comes to", async () => {
    const read = await browser.readAloud();
    for (const expected of [
      "heading: Drift of test",
      "link: ann: Roles and permissions, 2 rows",
      "link: mallory: Members nobody declared",
      "searchbox: Rows with this text",
      "combobox: Kind",
      "columnheader: will be",
      "rowheader: Participant ann",
    ])
      ok(read.includes(expected), `${expected} is not in\n${read.join("\n")}`);
    deepEqual(
      read.filter((text) => /^(link|searchbox|combobox|region|table|group): *$/.test(text)),
      [],
    );
  });

  it("is used by keys alone: from a member to its row, and through the filter", async () => {
    await browser.press("Tab");
    equal(await focused(), "ann: Roles and permissions, 2 rows");
    await browser.press("Enter");
    equal(await browser.evaluate("location.hash"), "#row-0");
    equal(await browser.evaluate(`document.querySelector("tr:target").id`), "row-0");
    await browser.open(file);
    for (let at = 0; at < 6; at += 1) await browser.press("Tab");
    equal(await focused(), "text");
    await browser.type("MALLORY");
    deepEqual(await shownRows(), ["row-5"]);
    equal(await browser.evaluate(`document.getElementById("shown").textContent`), "1 of 6 rows");
  });

  it("is readable on a narrow screen", async () => {
    await browser.open(file);
    for (const width of [320, 420, 700, 1280]) {
      await browser.resize(width);
      deepEqual(await browser.misfits(), { beyond: 0, broken: [] }, `at ${width} pixels`);
      const sizes = await browser.evaluate(
        `[...document.querySelectorAll(".box a, .box p, tbody td")].map((one) => parseFloat(getComputedStyle(one).fontSize))`,
      );
      ok(Math.min(...(sizes as number[])) >= 14);
    }
    await browser.resize(420);
    ok((await browser.readAloud()).some((text) => /^rowheader: resource Participant ann$/.test(text)));
    await browser.resize(1280);
  });

  it("filters by kind", async () => {
    await browser.open(file);
    await browser.evaluate(`kind.value = "drift-kept"; kind.dispatchEvent(new Event("change"))`);
    deepEqual(await shownRows(), ["row-3"]);
  });

  it("is whole without JavaScript, but for the filter", async () => {
    await browser.allowScripts(false);
    await browser.open(file);
    const read = await browser.readAloud();
    equal(read.filter((text) => text.startsWith("rowheader: ")).length, ROWS.length);
    ok(read.includes("link: mallory: Members nobody declared"));
    ok(!read.some((text) => text.startsWith("searchbox")));
    await browser.allowScripts(true);
  });
});
