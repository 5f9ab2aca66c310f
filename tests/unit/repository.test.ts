import { deepEqual, equal } from "node:assert/strict";
import { basename, dirname } from "node:path";
import {
  circlesIn,
  forbiddenImports,
  importGraph,
  importsOf,
  outside,
  reachedFrom,
  runtimeImportsOf,
  type Source,
  sourcesIn,
} from "./repository-sources";

const MAX_LINES = 250;

/** `path:line` of every line that matches; comments do not count. */
function hits(sources: Source[], pattern: RegExp): string[] {
  return sources.flatMap(({ path, lines }) =>
    lines.flatMap((line, at) =>
      pattern.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line) ? [`${path}:${at + 1}`] : [],
    ),
  );
}

const provider = sourcesIn("provider");
const simulator = sourcesIn("simulator");
const tests = sourcesIn("tests");
const scripts = sourcesIn("scripts");
const everything = [...provider, ...simulator, ...tests, ...scripts];
describe("repository", () => {
  it("is really looked at", () => {
    for (const sources of [provider, simulator, tests, scripts]) equal(sources.length > 3, true);
    deepEqual(hits(sourcesIn("provider/http"), /\bfetch\(/).length > 0, true);
    equal(provider.flatMap(importsOf).includes("provider/core/definition/define"), true);
  });

  it("prints nothing from the provider but from its command line", () =>
    deepEqual(hits(outside(provider, "provider/cli/"), /\bconsole\./), []));

  it("sends requests from one file alone", () =>
    deepEqual(hits(outside(provider, "provider/http/client.ts"), /(?<![\w.])fetch\(/), []));

  it("reads the environment in one file, besides the command line", () =>
    deepEqual(
      hits(outside(provider, "provider/core/api/settings.ts", "provider/cli/"), /\bprocess\.env\b/),
      [],
    ));

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

  /** Words of our own that stood for these: quiet period, field state, adopt, existing object, duplicate, and so on. */
  const PRIVATE =
    /\b(hearing|Hearing|silence|Slot|slotAfter|partToSend|partDeclared|partsStaying|Life|namesakes?|Namesakes?|twins?|Twins?|Claims|giveBack|Loan|isLent|Residents?|residents?|caughtUp|located|Errand|errand|telling|absenceAdvice|settleAll|takeovers?|Takeovers?|Taken|Exchanged|outlives|finalCodes|strangers?|Strangers?|[eE]states?)\b/;
  it("uses no word of our own where the field has one", () =>
    deepEqual(
      hits(outside(provider, "provider/cli/import/"), PRIVATE).filter((hit) => {
        const [path = "", line = ""] = hit.split(":");
        const text = provider.find((source) => source.path === path)?.lines[Number(line) - 1] ?? "";
        // What users read is another matter.
        return PRIVATE.test(text.replaceAll(/"[^"]*"|`[^`]*`/g, ""));
      }),
      [],
    ));

  it("leaves no test out and singles none out", () =>
    deepEqual(hits(tests, /\b(describe|it|context)\.(only|skip)\(|\bx(it|describe)\(/), []));

  it("starts no process in a unit test: tests/process is where those that do are", () =>
    deepEqual(
      hits(
        tests.filter(({ path }) => path.startsWith("tests/unit/")),
        /^import .*("node:child_process"|\/support\/(stack|browser|built-command))/,
      ),
      [],
    ));

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

  it("has at most 15 files of code in a folder, beside its folders", () => {
    const files = everything.map(({ path }) => path);
    const sizeOf = (folder: string) => files.filter((path) => dirname(path) === folder).length;
    const folders = [...new Set(files.map((path) => dirname(path)))];
    deepEqual(
      folders.filter((folder) => sizeOf(folder) > 15).map((folder) => `${folder}: ${sizeOf(folder)}`),
      [],
    );
  });

  it("has fewer than 25 files of code under 25 lines: a fragment belongs to what uses it", () =>
    equal([...provider, ...simulator].filter(({ lines }) => lines.length < 25).length < 25, true));

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
      forbiddenImports(simulator, (_from, to) => to.startsWith("provider") || to.startsWith("tests")),
      [],
    ));

  it("from the provider never to the simulator or the tests, but for the command that starts it", () =>
    deepEqual(
      forbiddenImports(
        outside(provider, "provider/cli/"),
        (_from, to) => to.startsWith("simulator") || to.startsWith("tests") || to.startsWith("scripts"),
      ),
      [],
    ));

  it("from http to nothing above it", () =>
    deepEqual(
      forbiddenImports(provider, (from, to) => isIn(from, "http") && !isIn(to, "http")),
      [],
    ));

  it("from the core to http, and never to the resources or anything above them", () =>
    deepEqual(
      forbiddenImports(
        provider,
        (from, to) => isIn(from, "core") && !isIn(to, "core", "http") && to !== "provider/version",
      ),
      [],
    ));

  /** What may be imported from each room of the core, besides its own files, what lies outside all rooms, and http. */
  const ROOMS: Record<string, readonly string[]> = {
    definition: [],
    state: ["definition"],
    api: ["definition"],
    program: ["definition", "api"],
    run: ["definition", "state", "api"],
    lifecycle: ["definition", "state", "api", "run"],
    roster: ["definition", "state", "api", "program", "run", "lifecycle"],
  };
  const roomOf = (path: string) => /^provider\/core\/([a-z-]+)\//.exec(path)?.[1];

  it("within the core from room to room, as the list says", () =>
    deepEqual(
      forbiddenImports(provider, (from, to) => {
        const [room, other] = [roomOf(from), roomOf(to)];
        return room !== undefined && other !== undefined && other !== room && !ROOMS[room]?.includes(other);
      }),
      [],
    ));

  it("in the state to values alone: nothing there asks Twilio, the clock or the environment", () =>
    deepEqual(
      forbiddenImports(
        provider,
        (from, to) =>
          roomOf(from) === "state" &&
          !["state", "definition"].includes(roomOf(to) ?? "") &&
          !["provider/core/json", "provider/core/errors"].includes(to),
      ),
      [],
    ));

  it("in a program, where its look-ups are not called, never as far as the client", () => {
    const graph = importGraph(provider, runtimeImportsOf);
    const loaded = [...graph.keys()].filter((file) =>
      isIn(file, "core/program", "core/definition", "resources"),
    );
    equal(loaded.length > 40, true);
    const reached = reachedFrom(graph, loaded);
    equal(reached.has("provider/core/json"), true);
    equal(reached.has("provider/http/client"), false);
  });

  it("to a resource's file from its list and its siblings alone", () =>
    deepEqual(
      forbiddenImports(
        provider,
        (from, to) => isIn(to, "resources") && to !== "provider/resources/index" && !isIn(from, "resources"),
      ),
      [],
    ));

  it("to the list of resources from the entries, what is composed of them and the tests alone", () =>
    deepEqual(
      forbiddenImports(
        provider,
        (from, to) =>
          ["provider/resources", "provider/resources/index"].includes(to) &&
          !["provider/index.ts", "provider/plugin/dynamic/dynamic.ts"].includes(from) &&
          !isIn(from, "cli", "components", "functions", "members-file"),
      ),
      [],
    ));

  it("from the members of files to the core and the list of resources, and to them from the entry alone", () =>
    deepEqual(
      forbiddenImports(provider, (from, to) =>
        isIn(from, "members-file")
          ? !isIn(to, "members-file", "core") && to !== "provider/resources"
          : isIn(to, "members-file") && from !== "provider/index.ts",
      ),
      [],
    ));

  it("never in a circle, of types neither", () =>
    deepEqual(circlesIn(importGraph([...provider, ...simulator], importsOf)), []));
});
