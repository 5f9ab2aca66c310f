import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const ROOT = join(__dirname, "../..");

export interface Source {
  /** Below the root, with slashes. */
  readonly path: string;
  readonly lines: string[];
}

export function sourcesIn(...folders: string[]): Source[] {
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

export function outside(sources: readonly Source[], ...paths: string[]): Source[] {
  return sources.filter(({ path }) => !paths.some((prefix) => path.startsWith(prefix)));
}

/** The files of this repository that a file imports, types included, below the root and without their ending. */
export function importsOf({ path, lines }: Source): string[] {
  return [...lines.join("\n").matchAll(/(?:from|import|require\()\s*\(?"(\.{1,2}\/[^"]*|\.\.?)"/g)].map(
    ([, target]) => normalize(join(dirname(path), target ?? "")).replace(/\.[cm]?[jt]s$/, ""),
  );
}

/** What a file needs when it runs: its imports without those of types alone. */
export function runtimeImportsOf(source: Source): string[] {
  const text = source.lines.join("\n").replaceAll(/(import|export) type [^;]*;/g, "");
  // An import of types beside values is one of values; one of types alone is none.
  const values = text.replaceAll(/import \{\s*(type \w+( as \w+)?,?\s*)+\} from "[^"]*";/g, "");
  return importsOf({ path: source.path, lines: values.split("\n") });
}

/** `FILE imports FILE` for each import that may not be. */
export function forbiddenImports(
  sources: readonly Source[],
  isForbidden: (from: string, to: string) => boolean,
): string[] {
  return sources.flatMap((source) =>
    importsOf(source)
      .filter((target) => isForbidden(source.path, target))
      .map((target) => `${source.path} imports ${target}`),
  );
}

export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Who imports whom, by paths without their ending; a folder is its index. */
export function importGraph(
  sources: readonly Source[],
  importsIn: (source: Source) => string[],
): ImportGraph {
  const files = new Set(sources.map(({ path }) => path.replace(/\.[cm]?[jt]s$/, "")));
  const fileOf = (target: string) => (files.has(target) ? target : `${target}/index`);
  return new Map(
    sources.map((source) => [
      source.path.replace(/\.[cm]?[jt]s$/, ""),
      importsIn(source)
        .map(fileOf)
        .filter((target) => files.has(target)),
    ]),
  );
}

/** Each group of files that import one another, in whatever way round. */
export function circlesIn(graph: ImportGraph): string[] {
  const reached = new Map([...graph.keys()].map((file) => [file, reachedFrom(graph, [file])]));
  const isCircular = (file: string) => reached.get(file)?.has(file) === true;
  const groups = [...graph.keys()].filter(isCircular).map((file) => {
    const group = [...(reached.get(file) ?? [])].filter((other) => reached.get(other)?.has(file));
    return group.sort().join(" ↔ ");
  });
  return [...new Set(groups)];
}

/** All files that the given ones import, by way of others or not. */
export function reachedFrom(graph: ImportGraph, files: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const left = files.flatMap((file) => graph.get(file) ?? []);
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    left.push(...(graph.get(next) ?? []));
  }
  return reached;
}
