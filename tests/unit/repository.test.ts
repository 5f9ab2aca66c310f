import { deepEqual, equal } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";

const ROOT = join(__dirname, "../..");
const MAX_LINES = 250;

interface Source {
  /** Below the root, with slashes. */
  readonly path: string;
  readonly lines: string[];
}

function sourcesIn(...folders: string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.([cm]?[jt]s)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes("node_modules"))
      .map((path) => ({
        path: path.slice(ROOT.length + 1),
        lines: readFileSync(path, "utf8").trimEnd().split("\n"),
      })),
  );
}

/** `path:line` of every line that matches; comments do not count. */
function hits(sources: Source[], pattern: RegExp): string[] {
  return sources.flatMap(({ path, lines }) =>
    lines.flatMap((line, at) =>
      pattern.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line) ? [`${path}:${at + 1}`] : [],
    ),
  );
}

/** The files of this repository that a file imports, below the root and without their ending. */
function importsOf({ path, lines }: Source): string[] {
  return [...lines.join("\n").matchAll(/(?:from|import|require\()\s*\(?"(\.{1,2}\/[^"]*|\.\.?)"/g)].map(
    ([, target]) => normalize(join(dirname(path), target ?? "")).replace(/\.[cm]?[jt]s$/, ""),
  );
}

function imports(sources: Source[], isForbidden: (from: string, to: string) => boolean): string[] {
  return sources.flatMap((source) =>
    importsOf(source)
      .filter((target) => isForbidden(source.path, target))
      .map((target) => `${source.path} imports ${target}`),
  );
}

const provider = sourcesIn("provider");
const simulator = sourcesIn("simulator");
const tests = sourcesIn("tests");
const scripts = sourcesIn("scripts");
const everything = [...provider, ...simulator, ...tests, ...scripts];
const outside = (sources: Source[], ...paths: string[]) =>
  sources.filter(({ path }) => !paths.some((prefix) => path.startsWith(prefix)));

describe("repository", () => {
  it("is really looked at", () => {
    for (const sources of [provider, simulator, tests, scripts]) equal(sources.length > 3, true);
    deepEqual(hits(sourcesIn("provider/http"), /\bfetch\(/).length > 0, true);
    equal(provider.flatMap(importsOf).includes("provider/engine/define"), true);
  });

  it("prints nothing from the provider but from its command line", () =>
    deepEqual(hits(outside(provider, "provider/cli/"), /\bconsole\./), []));

  it("sends requests from one file alone", () =>
    deepEqual(hits(outside(provider, "provider/http/client.ts"), /(?<![\w.])fetch\(/), []));

  it("reads the environment in one file, besides the command line", () =>
    deepEqual(hits(outside(provider, "provider/engine/config.ts", "provider/cli/"), /\bprocess\.env\b/), []));

  // Compiled, a module reads its own exports from `exports`. Tests of the sources do not see that.
  it("gives no variable the name of what compiled modules use", () =>
    deepEqual(
      hits([...provider, ...simulator], /\b(const|let|var|function|class) ([{[][^=]*\b)?(exports|require)\b/),
      [],
    ));

  it("never tells errors apart by their text", () =>
    deepEqual(
      hits([...provider, ...simulator], /\.message\.(includes|match|startsWith|endsWith|indexOf)\(/),
      [],
    ));

  it("leaves no test out and singles none out", () =>
    deepEqual(hits(tests, /\b(describe|it|context)\.(only|skip)\(|\bx(it|describe)\(/), []));

  it("has no any, but where a line above gives the reason", () => {
    const found = hits(everything, /(:|\bas|<|,|\|)\s*any\b(?![\w-])\s*([,;)>=|[{]|$)/).filter((hit) => {
      const [path = "", line = ""] = hit.split(":");
      const above = everything.find((source) => source.path === path)?.lines[Number(line) - 2] ?? "";
      return !/biome-ignore lint\/suspicious\/noExplicitAny: \S/.test(above);
    });
    deepEqual(
      found.filter((hit) => /\.ts:/.test(hit)),
      [],
    );
  });

  it(`has no source file over ${MAX_LINES} lines`, () =>
    deepEqual(
      everything
        .filter(({ lines }) => lines.length > MAX_LINES)
        .map(({ path, lines }) => `${path}: ${lines.length}`),
      [],
    ));

  it("names files in kebab-case after what they hold", () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|d))?\.[cm]?[jt]s$/;
    const vague = /^(utils?|helpers?|common|misc|shared|lib|functions)\./;
    const names = everything.map(({ path }) => path);
    deepEqual(
      names.filter((path) => !kebab.test(basename(path)) || vague.test(basename(path))),
      [],
    );
  });
});

describe("repository: imports run one way", () => {
  const isIn = (path: string, ...folders: string[]) =>
    folders.some((folder) => path.startsWith(`provider/${folder}/`));

  it("from the simulator never to the provider", () =>
    deepEqual(
      imports(simulator, (_from, to) => to.startsWith("provider") || to.startsWith("tests")),
      [],
    ));

  it("from the provider never to the simulator or the tests, but for the command that starts it", () =>
    deepEqual(
      imports(
        outside(provider, "provider/cli/"),
        (_from, to) => to.startsWith("simulator") || to.startsWith("tests") || to.startsWith("scripts"),
      ),
      [],
    ));

  it("from http to nothing above it", () =>
    deepEqual(
      imports(provider, (from, to) => isIn(from, "http") && !isIn(to, "http")),
      [],
    ));

  it("from the engine to http, and never to resources, functions or the command line", () =>
    deepEqual(
      imports(
        provider,
        (from, to) => isIn(from, "engine") && !isIn(to, "engine", "http") && to !== "provider/version",
      ),
      [],
    ));

  it("to a resource's file from its list and its siblings alone", () =>
    deepEqual(
      imports(
        provider,
        (from, to) => isIn(to, "resources") && to !== "provider/resources/index" && !isIn(from, "resources"),
      ),
      [],
    ));

  it("to the list of resources from the entries, what is composed of them and the tests alone", () =>
    deepEqual(
      imports(
        provider,
        (from, to) =>
          ["provider/resources", "provider/resources/index"].includes(to) &&
          !["provider/index.ts", "provider/dynamic.ts"].includes(from) &&
          !isIn(from, "cli", "components", "functions", "members"),
      ),
      [],
    ));

  it("from the members of files to the engine and the list of resources, and to them from the entry alone", () =>
    deepEqual(
      imports(provider, (from, to) =>
        isIn(from, "members")
          ? !isIn(to, "members", "engine") && to !== "provider/resources"
          : isIn(to, "members") && from !== "provider/index.ts",
      ),
      [],
    ));

  it("never in a circle", () => {
    const graph = new Map(
      provider.map((source) => [source.path.replace(/\.ts$/, ""), runtimeImports(source)]),
    );
    const circles: string[] = [];
    const visit = (file: string, trail: string[]): void => {
      if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(" → "));
      else if (trail.length < 30) for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    };
    for (const file of graph.keys()) if (circles.length === 0) visit(file, []);
    deepEqual(circles, []);
  });
});

/** What a file needs when it runs: its imports without those of types alone. */
function runtimeImports(source: Source): string[] {
  const text = source.lines.join("\n").replaceAll(/import type [^;]*;/g, "");
  return importsOf({ path: source.path, lines: text.split("\n") });
}
