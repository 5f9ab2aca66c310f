import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Problem } from "./problem.mjs";
import { compareVersions, PULUMI_VERSION } from "./version.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const SDK = "github.com/pulumi/pulumi/sdk/v3";
const STAMP = `-s -w -X ${SDK}/go/common/version.Version=v${PULUMI_VERSION}`;

/** What is compiled: the folder here that pins the modules, the package, its name, and that of the executable. */
const PROGRAMS = [
  {
    pins: "cli",
    source: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    name: "pulumi",
    executable: "pulumi",
  },
  {
    pins: "language-host",
    source: `${SDK}/nodejs/cmd/pulumi-language-nodejs`,
    name: "pulumi-language-nodejs",
    executable: "language-host",
  },
];

/** What is no program but a few lines, beside those. */
const SCRIPTS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/** Builds the toolchain into `root` from the Go modules that the committed go.sum files pin. */
export async function buildToolchain(root, say) {
  const bin = join(root, "bin");
  mkdirSync(bin, { recursive: true });
  for (const program of PROGRAMS) {
    // Compiled from a copy, so that go can never write into the clone.
    const module = join(root, "module", program.pins);
    cpSync(join(here, program.pins), module, { recursive: true });
    say(`building ${program.name} ${PULUMI_VERSION} from its Go modules`);
    await compile(program, module, join(bin, program.executable), say);
  }
  for (const name of SCRIPTS) copyFileSync(join(here, name), join(bin, name));
}

/** Undefined when `go` can build this, else why not. */
export function whyGoCannotBuild() {
  const needed = /^go (\S+)$/m.exec(readFileSync(join(here, "cli", "go.mod"), "utf8"))[1];
  // Outside the clone, because `go` obeys a go.mod or go.work that stands above it.
  const go = spawnSync("go", ["env", "GOVERSION", "GOTOOLCHAIN"], { cwd: "/", encoding: "utf8" });
  if (go.error?.code === "ENOENT") return "there is no `go` on PATH to build it";
  if (go.status !== 0) return `\`go env\` failed: ${(go.stderr ?? go.error.message).trim()}`;
  const [version, toolchain = ""] = go.stdout.trim().split("\n");
  // From 1.21 on, go fetches the toolchain that a go.mod asks for, unless GOTOOLCHAIN forbids it.
  const fetchesNewer =
    compareVersions(version, "1.21.0") >= 0 && /^(auto|.*\+auto|path|.*\+path)$/.test(toolchain);
  if (compareVersions(version, needed) < 0 && !fetchesNewer) {
    return `${version} is too old to build it: ${needed} or newer is needed`;
  }
  return undefined;
}

async function compile({ source, name }, module, output, say) {
  const flags = ["-v", "-mod=readonly", "-buildvcs=false", "-ldflags", STAMP, "-o", output];
  const env = { ...process.env, GOWORK: "off" };
  const go = spawn("go", ["build", ...flags, source], {
    cwd: module,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stop = () => go.kill();
  process.once("exit", stop);

  const started = Date.now();
  let lines = [];
  let modules = 0;
  let packages = 0;
  let rest = "";
  go.stderr.setEncoding("utf8").on("data", (text) => {
    const all = (rest + text).split("\n");
    rest = all.pop();
    modules += all.filter((line) => line.startsWith("go: downloading ")).length;
    packages += all.filter((line) => /^[\w.-]+(\/\S+)*$/.test(line)).length;
    lines = [...lines, ...all].slice(-40);
  });
  const progress = setInterval(() => {
    say(`  ${elapsed(started)}  ${modules} modules fetched, ${packages} packages compiled`);
  }, 5_000);

  const code = await new Promise((resolve, reject) => {
    go.once("error", reject);
    go.once("close", resolve);
  }).finally(() => {
    clearInterval(progress);
    process.removeListener("exit", stop);
  });
  if (code !== 0) throw new Problem(explain(name, [...lines, rest].join("\n")));
  say(`  ${elapsed(started)}  done`);
}

function elapsed(since) {
  const seconds = Math.round((Date.now() - since) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const CURES = [
  [
    /requires go >=|toolchain not available|invalid go version|GOTOOLCHAIN/,
    "Install a newer Go (go.dev/dl).",
  ],
  [/no space left on device/, "Free some space (about 3 GB are needed for the build)."],
  [
    /dial tcp|no such host|timeout|connection refused|proxyconnect|TLS handshake|x509|lookup disabled by GOPROXY|server response|unexpected EOF/,
    "Go could not fetch the modules: check the network (and GOPROXY, HTTPS_PROXY), then try again.",
  ],
  [
    /checksum mismatch|verifying module/,
    "The modules are not the ones that go.sum pins: check GOPROXY and GOFLAGS.",
  ],
];

/** The cure, and those lines of go's output that say what went wrong. */
export function explain(name, output) {
  const cure =
    CURES.find(([pattern]) => pattern.test(output))?.[1] ?? "Install the Pulumi CLI instead (pulumi.com).";
  const told = output
    .split("\n")
    .filter((line) => line.trim() && !/^go: downloading |^[\w.-]+(\/\S+)*$/.test(line));
  return [
    `could not build ${name} from its Go modules. ${cure}`,
    "go said:",
    ...told.slice(-4).map((line) => `  ${line.trim()}`),
  ].join("\n");
}
