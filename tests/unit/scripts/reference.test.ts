import { deepEqual, equal, match } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { definitions, roster } from "../../../provider/resources";
import { repository, script } from "./modules";

const FOLDER = join(repository, "docs/reference");

describe("reference pages", () => {
  let pages: ReadonlyMap<string, string>;
  before(async () => {
    const { referencePages } = await script<{ referencePages: () => ReadonlyMap<string, string> }>(
      "reference.mjs",
    );
    pages = referencePages();
  });

  it("are one for each type", () => {
    equal(pages.size, [...definitions, roster].length);
    deepEqual(readdirSync(FOLDER).sort(), [...pages.keys()].sort());
  });

  it("are as `npm run docs` writes them", () => {
    for (const [name, text] of pages)
      equal(readFileSync(join(FOLDER, name), "utf8"), text, `docs/reference/${name} is stale: npm run docs`);
  });

  it("leave no table of another page stale", async () => {
    const { tablePages } = await script<{ tablePages: () => ReadonlyMap<string, string> }>("doc-tables.mjs");
    for (const [path, text] of tablePages())
      equal(readFileSync(join(repository, path), "utf8"), text, `${path} is stale: npm run docs`);
  });

  it("say of each field what a change does, and what it is", () => {
    for (const [name, text] of pages) {
      const fields = text.split("\n### ").slice(1);
      equal(fields.length > 1, true, name);
      for (const field of fields)
        match(
          field,
          /^[\w.]+\n\n\*\w+.*; (changes in place|replaces the resource|counts when it is created|sends nothing).*\*\n\n\S/,
          name,
        );
    }
  });
});
