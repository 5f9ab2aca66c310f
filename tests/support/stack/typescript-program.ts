import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { linkPackages } from "./stack-folder";
import type { TestProject } from "./test-project";

const ROOT = resolve(__dirname, "../../..");
const BIN = join(ROOT, "node_modules/.bin");
const STRICT = ["--strict", "--noEmit", "--skipLibCheck", "--module", "nodenext", "--target", "es2023"];

/** The project runs the index.ts beside its program, as a user's project would. */
export function useTypeScript({ folder }: TestProject): void {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "project", main: "start.cjs" }));
  const loader = require.resolve("tsx/cjs/api");
  writeFileSync(
    join(folder, "start.cjs"),
    `require(${JSON.stringify(loader)}).register();\nrequire("./index.ts");\n`,
  );
}

/** What the compiler says of programs, all in one run of it, strictly. */
export function compilerComplaints(files: readonly string[], cwd: string): string {
  return spawnSync(join(BIN, "tsc"), [...STRICT, ...files], { cwd, encoding: "utf8" }).stdout;
}

/** What compiler and formatter have to say of programs, each in one run. */
export function complaintsOn(texts: readonly string[]): { compiler: string; formatter: string } {
  const folder = mkdtempSync(join(tmpdir(), "twilio-conversations-programs-"));
  try {
    linkPackages(folder);
    const files = texts.map((text, at) => {
      const file = join(folder, `program-${at}.ts`);
      writeFileSync(file, text);
      return file;
    });
    const { formatter } = JSON.parse(readFileSync(join(ROOT, "biome.json"), "utf8"));
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ formatter }));
    const ran = spawnSync(join(BIN, "biome"), ["format", ...files], { cwd: folder, encoding: "utf8" });
    return { compiler: compilerComplaints(files, folder), formatter: ran.status === 0 ? "" : ran.stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A program as the repository's formatter leaves it. */
export function formatted(text: string): string {
  return execFileSync(join(BIN, "biome"), ["format", "--stdin-file-path=index.ts"], {
    cwd: ROOT,
    input: text,
  }).toString();
}
