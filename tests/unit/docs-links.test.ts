import { deepEqual, equal, match } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = join(__dirname, "../..");
const MAX_README_BYTES = 8_000;
const FIRST_SCREEN_LINES = 25;

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "DESIGN.md",
  "CHANGELOG.md",
  "examples/README.md",
  "simulator/README.md",
  "simulator/LIMITS.md",
  ...pagesIn("docs"),
];

describe("the links in docs", () => {
  it("are really looked at", () => {
    equal(pagesIn("docs").length > 10, true);
    equal(PAGES.flatMap(linksIn).length > 80, true);
    deepEqual(headingsOf("## `up`\n```\n# no heading\n```\n## A “b”: c, d-e\n## `up`\n"), [
      "up",
      "a-b-c-d-e",
      "up-1",
    ]);
  });

  for (const page of PAGES)
    it(`of ${page} lead to a file, and to a heading in it`, () => {
      const broken = linksIn(page).filter((link) => whyBroken(page, link) !== undefined);
      deepEqual(
        broken.map((link) => `${link}: ${whyBroken(page, link)}`),
        [],
      );
    });

  it("of docs/reliability.md to its tests lead to a file or a folder", () => {
    const page = readFileSync(join(ROOT, "docs/reliability.md"), "utf8");
    const named = [...page.matchAll(/`([a-z]+\/[a-z/-]*)`/g)].map(([, path = ""]) => path);
    equal(named.length > 50, true);
    const isThere = (path: string) =>
      ["", "tests/", "tests/fault/"].some((folder) =>
        ["", ".test.ts"].some((suffix) => existsSync(join(ROOT, folder + path + suffix))),
      );
    deepEqual(
      named.filter((path) => !isThere(path)),
      [],
    );
  });

  it("lead from the README to every page of docs, or from a page that it links", () => {
    const linked = new Set(linkedFrom("README.md"));
    for (const page of [...linked]) for (const further of linkedFrom(page)) linked.add(further);
    deepEqual(
      pagesIn("docs").filter((page) => !linked.has(page)),
      [],
    );
  });
});

describe("README.md", () => {
  const text = read("README.md");
  const firstScreen = text.split("\n").slice(0, FIRST_SCREEN_LINES).join("\n");

  it(`has at most ${MAX_README_BYTES} bytes`, () =>
    equal(Buffer.byteLength(text) <= MAX_README_BYTES, true, `${Buffer.byteLength(text)} bytes`));

  it("says on its first screen that it is unpublished and was never run against Twilio, and how to install it", () => {
    match(firstScreen, /not yet published, and never run against Twilio itself/);
    match(firstScreen, /^npm install \S*pulumi-twilio-conversations\S* @pulumi\/pulumi\b/m);
  });
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

function pagesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return pagesIn(path);
    return path.endsWith(".md") ? [path] : [];
  });
}

/** Markdown without its blocks of code. */
function withoutBlocks(text: string): string {
  return text.replace(/^```.*\n[\s\S]*?^```$/gm, "");
}

/** The targets of a page's links within the repository. */
function linksIn(page: string): string[] {
  const prose = withoutBlocks(read(page)).replace(/`[^`\n]*`/g, "code");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? "")
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors of a page's headings, by GitHub's rule. */
function headingsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return [...withoutBlocks(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => {
    const shown = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const slug = shown.replace(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-");
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

function targetOf(page: string, link: string): { path: string; anchor: string | undefined } {
  const [file = "", anchor] = link.split("#");
  return { path: file === "" ? page : relative(ROOT, join(ROOT, dirname(page), file)), anchor };
}

function whyBroken(page: string, link: string): string | undefined {
  const { path, anchor } = targetOf(page, link);
  if (path.startsWith("..") || !existsSync(join(ROOT, path))) return "no such file";
  if (anchor === undefined) return undefined;
  if (statSync(join(ROOT, path)).isDirectory()) return "a folder has no headings";
  return headingsOf(read(path)).includes(anchor) ? undefined : "no such heading";
}

function linkedFrom(page: string): string[] {
  if (!page.endsWith(".md")) return [];
  return linksIn(page).map((link) => targetOf(page, link).path);
}
