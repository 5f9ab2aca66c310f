import fs, {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { Lock } from "../../../../provider/cli/recover/lock";
import { placeOf } from "../../../../provider/cli/recover/place";

export const NOW = Date.parse("2026-11-23T12:00:00Z");
/** The number of no process: Linux gives none so high. */
export const GONE = 2 ** 22 + 1;

/** A lock as Pulumi writes it, of this very process unless told otherwise. */
export function lockText(parts: Partial<Lock> = {}): string {
  const timestamp = new Date().toISOString();
  return JSON.stringify({ pid: process.pid, username: "ann", hostname: hostname(), timestamp, ...parts });
}

/** A backend folder, as Pulumi lays it out, of one stack. */
export class BackendFolder {
  readonly root = mkdtempSync(join(tmpdir(), "recover-test-"));
  readonly place = placeOf(this.root, { name: "dev", project: "desk" });
  readonly state = join(this.place.states, this.place.base);

  put(file: string, content: string | Buffer, writtenMs = NOW - 60_000): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    utimesSync(file, writtenMs / 1000, writtenMs / 1000);
  }

  lock(pid = GONE, name = "run"): string {
    const file = join(this.place.locks, `${name}.json`);
    this.put(file, lockText({ pid, timestamp: new Date(NOW).toISOString() }));
    return file;
  }

  /** Every file by its path, with what it holds. */
  files(): Record<string, string> {
    const all = readdirSync(this.root, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = all.map((entry) => join(entry.parentPath, entry.name)).sort();
    return Object.fromEntries(paths.map((path) => [relative(this.root, path), readFileSync(path, "latin1")]));
  }

  locks(): string[] {
    return Object.keys(this.files()).filter((path) => path.includes("locks"));
  }

  clear(): void {
    for (const path of Object.keys(this.files())) rmSync(join(this.root, path));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A new folder for each test. Nothing waits for the disk: no process that is killed loses what it has written. */
export function useBackendFolder(): () => BackendFolder {
  let folder: BackendFolder;
  const { fsyncSync } = fs;
  before(() => {
    fs.fsyncSync = () => {};
  });
  after(() => {
    fs.fsyncSync = fsyncSync;
  });
  beforeEach(() => {
    folder = new BackendFolder();
  });
  afterEach(() => folder.remove());
  return () => folder;
}
