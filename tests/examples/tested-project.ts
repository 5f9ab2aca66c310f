import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type Ran, run } from "../support/built-command";
import { fetchModules } from "../support/fetched-modules";
import { installPacked, linkModule, REPOSITORYS_MODULES, unpack } from "../support/packed-package";
import { useToolchain } from "../support/stack/toolchain";
import type { Block } from "./documented";
import { repository } from "./temporary-stack";

/** Apart, since they are a hundred megabytes that only this needs; fetched by the first run. */
const TESTERS = join(__dirname, "testers");
/** Packed alone: installed, it would bring an SDK of its own. */
const POLICY = { name: "@pulumi/policy", version: "1.21.0" };
/** What `npm install @pulumi/pulumi` brings. */
const OF_REPOSITORY = ["@pulumi/pulumi", "@grpc/grpc-js", "google-protobuf", "@types/node", "undici-types"];
const COMMANDS: Readonly<Record<string, string>> = {
  mocha: "mocha/bin/mocha.js",
  jest: "jest/bin/jest.js",
  vitest: "vitest/vitest.mjs",
};

/** Somebody's project with the package as it is packed, and with what programs are tested with. */
export class TestedProject {
  readonly folder = mkdtempSync(join(tmpdir(), "tested-project-"));
  private readonly modules = join(this.folder, "node_modules");

  constructor(blocks: readonly Block[]) {
    const toolchain = useToolchain();
    fetchModules(TESTERS, "--ignore-scripts");
    installPacked(this.modules);
    const manifest = readFileSync(join(repository, "package.json"), "utf8");
    const needed = Object.keys((JSON.parse(manifest) as { dependencies: object }).dependencies);
    for (const name of [...OF_REPOSITORY, ...needed])
      linkModule(join(REPOSITORYS_MODULES, name), join(this.modules, name));
    this.install(["typescript"]);
    this.write("package.json", JSON.stringify({ name: "desk" }));
    for (const { file, text } of blocks) if (file !== undefined) this.write(file, text);
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

  /** `npm install` of these, from what was fetched before. */
  install(names: readonly string[]): void {
    for (const name of names) {
      const folder = join(this.modules, name);
      if (name === POLICY.name) {
        mkdirSync(folder);
        unpack(folder, this.folder, `${name}@${POLICY.version}`);
        continue;
      }
      const places = [join(TESTERS, "node_modules"), REPOSITORYS_MODULES].map((modules) =>
        join(modules, name),
      );
      linkModule(places.find(existsSync) ?? "", folder);
      const command = COMMANDS[name];
      if (command !== undefined) linkModule(join(this.modules, command), join(this.modules, ".bin", name));
    }
  }

  uninstall(names: readonly string[]): void {
    for (const path of names.flatMap((name) => [name, join(".bin", name)]))
      rmSync(join(this.modules, path), { recursive: true, force: true });
  }

  /**
   * A policy pack as a program of its own, which the engine takes too: a language host that set-up has built is too
   * old to start one from its folder.
   */
  startable(pack: string): string {
    const path = join(pack, "pulumi-analyzer-policy");
    const sdk = join(this.modules, "@pulumi/pulumi/cmd/run-policy-pack");
    this.write(path, `#!/bin/sh\ncd "${join(this.folder, pack)}"\nexec node "${sdk}" "$1" "$PWD"\n`);
    chmodSync(join(this.folder, path), 0o755);
    return path;
  }

  /** What commands say and do. */
  run(commands: string, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
    return run("sh", ["-ec", commands], { cwd: this.folder, env: { ...this.env, ...env } });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
