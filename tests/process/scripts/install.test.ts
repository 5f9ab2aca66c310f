import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { repository } from "../../unit/scripts/modules";

/** The real set-up in a process of its own, with Pulumi's site and `go` played by a few lines. */
describe("set-up: putting a toolchain into the cache", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "install-"));
    mkdirSync(join(home, "bin"));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  it("takes Pulumi's own release where it can be had", async () => {
    const { code, output } = await install(SITE_ANSWERS);
    assert.equal(code, 0, output);
    assert.deepEqual(cached(), ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]);
    assert.deepEqual(readdirSync(join(home, "cache")), ["pulumi-3.255.0-2"]);
  });

  it("builds it with Go where there is no download", async () => {
    go("go1.26.0", BUILDS);
    const { code, output } = await install(SITE_IS_AWAY);
    assert.equal(code, 0, output);
    assert.match(output, /could not download it .*ENOTFOUND[\s\S]*building pulumi 3\.255\.0/);
    assert.deepEqual(cached(), [
      "language-host",
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-resource-pulumi-nodejs",
    ]);
    assert.deepEqual(readdirSync(join(home, "cache")), ["pulumi-3.255.0-2"]);
  });

  it("says what to install where there is neither a download nor Go", async () => {
    const { code, output } = await install(SITE_IS_AWAY);
    assert.equal(code, 1);
    assert.match(output, /error: there is no Pulumi CLI: .*ENOTFOUND.* no `go` on PATH/);
    assert.match(output, /Install Pulumi 3\.216\.0 or newer .*, or Go/);
    assert.doesNotMatch(output, /^ {4}at /m);
  });

  it("says so when Go is too old", async () => {
    go("go1.22.3", BUILDS);
    const { code, output } = await install(SITE_IS_AWAY);
    assert.equal(code, 1);
    assert.match(output, /go1\.22\.3 is too old to build it: 1\.25\.11 or newer is needed/);
  });

  it("explains a failed build, and leaves nothing of it", async () => {
    go("go1.26.0", 'echo "x: dial tcp: lookup proxy.invalid: no such host" >&2; exit 1');
    const { code, output } = await install(SITE_IS_AWAY);
    assert.equal(code, 1);
    assert.match(output, /check the network[\s\S]*no such host/);
    assert.deepEqual(readdirSync(join(home, "cache")), []);
  });

  it("explains a cache that it cannot write", async () => {
    writeFileSync(join(home, "cache"), "");
    const { code, output } = await install(SITE_IS_AWAY);
    assert.equal(code, 1);
    assert.match(output, /cannot write to the cache: .*\n.*PULUMI_TWILIO_CACHE/);
  });

  it("builds once when two start together, also after one that was killed", async () => {
    go("go1.26.0", BUILDS);
    mkdirSync(join(home, "cache"));
    // No process has so high a number.
    writeFileSync(join(home, "cache", "pulumi-3.255.0-2.lock"), "2147483647");
    mkdirSync(join(home, "cache", "pulumi-3.255.0-2.part-2147483647"));
    const both = await Promise.all([install(SITE_IS_AWAY), install(SITE_IS_AWAY)]);
    assert.deepEqual(
      both.map(({ code }) => code),
      [0, 0],
      JSON.stringify(both),
    );
    assert.deepEqual(readdirSync(join(home, "cache")), ["pulumi-3.255.0-2"]);
    assert.equal(readFileSync(join(home, "builds"), "utf8"), "build\nbuild\n");
  });

  function cached(): string[] {
    return readdirSync(join(home, "cache", "pulumi-3.255.0-2", "bin")).sort();
  }

  function go(version: string, build: string): void {
    const script = ["#!/bin/sh", `[ "$1" = env ] && { echo ${version}; echo local; exit; }`, build];
    writeFileSync(join(home, "bin", "go"), script.join("\n"));
    chmodSync(join(home, "bin", "go"), 0o755);
  }

  const SITE_IS_AWAY = 'throw new TypeError("fetch failed", { cause: { code: "ENOTFOUND" } });';
  const SITE_ANSWERS = [
    "return new Response(`",
    'mkdir -p "$3/bin"; cd "$3/bin"',
    "for name in pulumi pulumi-language-nodejs pulumi-resource-pulumi-nodejs",
    'do echo "#!/bin/sh\necho v3.255.0" > $name; chmod +x $name; done',
    "`);",
  ].join("\n");
  /** `go build … -o FILE PACKAGE`, and a note of it. */
  const BUILDS = [
    'while [ "$1" != -o ]; do shift; done',
    `sleep 0.2; echo build >> "$HOME/builds"`,
    'echo "#!/bin/sh" > "$2"; chmod +x "$2"',
  ].join("\n");

  function install(site: string): Promise<{ code: number; output: string }> {
    const stub = join(home, "site.mjs");
    if (!existsSync(stub)) writeFileSync(stub, `globalThis.fetch = async () => {\n${site}\n};\n`);
    // `mkdir`, `sleep` and the like, but nobody's Go or Pulumi.
    for (const name of ["mkdir", "chmod", "sleep"]) link(name);
    const program = `
      import { installToolchain } from ${JSON.stringify(scriptUrl("toolchain/install.mjs"))};
      import { runScript } from ${JSON.stringify(scriptUrl("toolchain/problem.mjs"))};
      runScript(() => installToolchain(console.error));`;
    const env = {
      HOME: home,
      PATH: join(home, "bin"),
      PULUMI_TWILIO_CACHE: join(home, "cache"),
      NODE_OPTIONS: `--import ${pathToFileURL(stub).href}`,
    };
    return new Promise((done) => {
      const args = ["--input-type=module", "--eval", program];
      execFile(process.execPath, args, { env, cwd: repository }, (error, stdout, stderr) => {
        done({ code: Number(error?.code ?? 0), output: stdout + stderr });
      });
    });
  }

  function link(name: string): void {
    const file = join(home, "bin", name);
    if (existsSync(file)) return;
    writeFileSync(file, `#!/bin/sh\nPATH=/usr/bin:/bin exec ${name} "$@"\n`);
    chmodSync(file, 0o755);
  }
});

function scriptUrl(name: string): string {
  return pathToFileURL(join(repository, "scripts", name)).href;
}
