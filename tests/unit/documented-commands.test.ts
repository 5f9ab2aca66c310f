import { deepEqual, match } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

describe("the commands in docs", () => {
  const texts = ["docs", "examples"]
    .flatMap((folder) => pagesIn(join(ROOT, folder)))
    .concat(join(ROOT, "README.md"))
    .map((path) => [path, readFileSync(path, "utf8")] as const);

  it("put no secret into arguments, where `ps` and the shell's history have it", () => {
    const settings = texts.flatMap(([name, text]) =>
      [...text.matchAll(/^.*config set --secret [^\s`]+([^`\n]*)/gm)].map(
        ([, rest = ""]) => `${name}:${rest}`,
      ),
    );
    deepEqual(settings.length > 1, true);
    for (const setting of settings) match(setting, /:( < [\w.-]+)?( +#.*)?$/);
  });
});

/** Follows no link, as Node's own recursion does: that of the examples leads back to the root. */
function pagesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pagesIn(path);
    return path.endsWith(".md") ? [path] : [];
  });
}
