import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchModules } from "../../support/fetched-modules";
import { installPacked, linkModule, PACKAGE, REPOSITORYS_MODULES } from "../../support/packed-package";

const PROGRAMS = join(__dirname, "../programs");
/** Its own node_modules, since each TypeScript has a tsc. */
export const COMPILERS = join(__dirname, "../compilers");

/**
 * Somebody's project with the package as it is packed, and what Pulumi brings. There is no zod in it: a program is
 * compiled without.
 */
export class Consumer {
  readonly folder = mkdtempSync(join(tmpdir(), "consumer-"));

  constructor() {
    fetchModules(COMPILERS);
    const modules = join(this.folder, "node_modules");
    for (const name of namesIn(REPOSITORYS_MODULES))
      if (isPulumis(name)) linkModule(join(REPOSITORYS_MODULES, name), join(modules, name));
    for (const name of ["@types/node", "undici-types"])
      linkModule(join(COMPILERS, "node_modules", name), join(modules, name));
    installPacked(modules);
    cpSync(PROGRAMS, this.folder, { recursive: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Types of other things in the repository would be taken in by every program. */
function isPulumis(name: string): boolean {
  const isType = name.startsWith("@types/") && !["@types/google-protobuf", "@types/semver"].includes(name);
  return !isType && !["zod", "typescript", "undici-types", PACKAGE].includes(name);
}

function namesIn(modules: string): string[] {
  return readdirSync(modules)
    .filter((entry) => !entry.startsWith("."))
    .flatMap((entry) =>
      entry.startsWith("@") ? readdirSync(join(modules, entry)).map((name) => `${entry}/${name}`) : [entry],
    );
}
