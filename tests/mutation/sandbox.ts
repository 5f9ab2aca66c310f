import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

/** What is no part of the code, or too large to copy. */
const LEFT_OUT = new Set(["node_modules", ".git", "artifacts", "coverage", ".pulumi-state", "declarations"]);

/** A copy of the project, in which files are changed while tests run. Commands of `dist` run its sources. */
export class Sandbox {
  readonly root = mkdtempSync(join(tmpdir(), "mutation-"));

  constructor(private readonly project: string) {
    cpSync(project, this.root, {
      recursive: true,
      filter: (path) =>
        !path
          .slice(project.length + 1)
          .split("/")
          .some((name) => LEFT_OUT.has(name)),
    });
    symlinkSync(join(project, "node_modules"), join(this.root, "node_modules"));
    for (const built of globSync("dist/**/*.js", { cwd: this.root })) {
      const source = built.replace(/^dist/, "").replace(/js$/, "ts");
      const root = relative(join(built, ".."), ".");
      this.write(built, `require("tsx/cjs");\nmodule.exports = require(${JSON.stringify(root + source)});\n`);
    }
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.root, file), text);
  }

  restore(file: string): void {
    this.write(file, readFileSync(join(this.project, file), "utf8"));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
