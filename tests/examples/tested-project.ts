import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type Ran, run } from "../support/built-command";
import { installPacked, linkModule, REPOSITORYS_MODULES, unpack } from "../support/packed-package";
import { useToolchain } from "../support/toolchain";
import type { Block } from "./documented";
import { repository } from "./temporary-stack";

/** Apart, since they are a hundred megabytes that only this needs; fetched by the first run. */
const TESTERS = join(__dirname, "testers");
/** Packed alone: installed, it would bring an SDK of its own. */
const POLICY = "@pulumi/policy@1.21.0";
const OF_TESTERS = ["jest", "ts-jest", "vitest", "typescript"];
const OF_REPOSITORY = [
  "mocha",
  "tsx",
  "@pulumi/pulumi",
  "@grpc/grpc-js",
  "google-protobuf",
  "@types/mocha",
  "@types/node",
  "undici-types",
];
const COMMANDS = { mocha: "mocha/bin/mocha.js", jest: "jest/bin/jest.js", vitest: "vitest/vitest.mjs" };

const FILES = {
  "package.json": JSON.stringify({ name: "desk", jest: { preset: "ts-jest", cacheDirectory: "./.jest" } }),
  // Pulumi's template for TypeScript.
  "tsconfig.json": JSON.stringify({
    compilerOptions: { strict: true, target: "es2020", module: "commonjs", moduleResolution: "node" },
  }),
  "Pulumi.yaml": "name: desk\nruntime: nodejs\n",
};

/** Somebody's project with the package as it is packed, and with what programs are tested with. */
export class TestedProject {
  readonly folder = mkdtempSync(join(tmpdir(), "tested-project-"));
  private readonly modules = join(this.folder, "node_modules");

  constructor(blocks: readonly Block[]) {
    const toolchain = useToolchain();
    if (!existsSync(join(TESTERS, "node_modules")))
      execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], {
        cwd: TESTERS,
      });
    installPacked(this.modules);
    const manifest = readFileSync(join(repository, "package.json"), "utf8");
    const needed = Object.keys((JSON.parse(manifest) as { dependencies: object }).dependencies);
    for (const name of [...OF_REPOSITORY, ...needed])
      linkModule(join(REPOSITORYS_MODULES, name), join(this.modules, name));
    for (const name of OF_TESTERS) linkModule(join(TESTERS, "node_modules", name), join(this.modules, name));
    for (const [name, path] of Object.entries(COMMANDS))
      linkModule(join(this.modules, path), join(this.modules, ".bin", name));
    for (const { file, text } of blocks) if (file !== undefined) this.write(file, text);
    for (const [file, text] of Object.entries(FILES)) this.write(file, text);
    mkdirSync(join(this.folder, "home"));
    this.env = {
      PATH: [toolchain, dirname(process.execPath), process.env["PATH"]].join(delimiter),
      PULUMI_HOME: join(this.folder, "home"),
      PULUMI_BACKEND_URL: `file://${this.folder}/home`,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
  }

  private readonly env: NodeJS.ProcessEnv;

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  /** `npm install @pulumi/policy`. */
  addPolicies(): void {
    const folder = join(this.modules, "@pulumi", "policy");
    mkdirSync(folder);
    unpack(folder, this.folder, POLICY);
  }

  /**
   * A policy pack as a program of its own, which the engine takes too: a language host that set-up has built is too
   * old to start one from its folder.
   */
  startable(pack: string): string {
    const path = join(pack, "pulumi-analyzer-policy");
    const sdk = join(this.modules, "@pulumi/pulumi/cmd/run-policy-pack");
    this.write(path, `#!/bin/sh\ncd "${join(this.folder, pack)}"\nexec node "${sdk}" "$1" .\n`);
    chmodSync(join(this.folder, path), 0o755);
    return path;
  }

  /** What a block of commands says and does. */
  run(commands: string): Promise<Ran> {
    return run("sh", ["-ec", commands], { cwd: this.folder, env: this.env });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
