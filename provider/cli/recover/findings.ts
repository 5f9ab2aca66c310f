import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { type Judgement, judge, unreadableBy, whyUnreadable } from "./checkpoint";
import { type FoundLock, holderOf, isCut, lockIn } from "./lock";
import { archivedMs, type FileRole, type Place, roleOf } from "./place";
import { filesIn, isThere, pathsIn, readPlain, writtenMsOf } from "./plain-file";
import { type Sight, sightFrom } from "./sight";

export interface FoundFile {
  readonly file: string;
  /** From the file's name if it holds a time, which is from the writer's clock. */
  readonly writtenMs: number;
  /** From the clock that dates all files in the folder. */
  readonly changedMs: number;
  readonly judgement: Judgement;
  /** Of the bytes judged; the file may change later. */
  readonly digest?: string;
}

/** All that a killed run can leave in a backend folder, as found. */
export interface Findings {
  readonly place: Place;
  readonly locks: readonly FoundLock[];
  /** Where the state is, or would be. */
  readonly stateFile: string;
  readonly state?: FoundFile;
  /** Empty where the state is complete or unreadable. */
  readonly copies: readonly FoundFile[];
  /** Files that Pulumi had written but not yet renamed to the state. */
  readonly unfinished: readonly FoundFile[];
  /** Attribute files that Pulumi cannot read; it then cannot read their main files either. */
  readonly brokenAttributes: readonly string[];
}

const ATTRIBUTES = ".attrs";

/** `ownLock` is the lock that this run holds. */
export function findingsAt(place: Place, ownLock?: string): Findings {
  // Read locks first: a run that has ended by then has recorded everything, and a later one finds this run's lock.
  const locks = locksIn(place.locks).filter(({ file }) => file !== ownLock);
  // A folder with the name of a file counts too.
  const withRole = pathsIn(place.states).flatMap((file) => {
    const role = roleOf(basename(file), place.base);
    return role === undefined ? [] : [{ file, ...role }];
  });
  const read = (wanted: FileRole["role"]) =>
    withRole.filter(({ role }) => role === wanted).map(({ file, writtenMs }) => foundFile(file, writtenMs));

  // Of several compressions, Pulumi reads the latest file, and at equal times the last by name.
  const [state] = read("state").sort((a, b) => b.writtenMs - a.writtenMs || (a.file < b.file ? 1 : -1));
  const isNeeded = state === undefined || state.judgement.broken !== undefined;
  return {
    place,
    locks,
    stateFile: state?.file ?? join(place.states, place.base),
    state,
    copies: isNeeded ? [...read("copy"), ...newestArchives(place.archives)] : [],
    unfinished: read("unfinished"),
    brokenAttributes: [
      ...withRole.map(({ file }) => file),
      join(place.states, place.base.replace(/\.json$/, ".pulumi-tags")),
      place.meta,
    ]
      .map((file) => file + ATTRIBUTES)
      .filter((file) => isThere(file) && !isJson(textOf(file))),
  };
}

/** Reads archives only until the first complete one, since there can be thousands. Includes unreadable ones. */
function newestArchives(folders: readonly string[]): FoundFile[] {
  const archived = folders.flatMap((folder) =>
    filesIn(folder).map((file) => ({ file, writtenMs: archivedMs(basename(file)) })),
  );
  const dated = archived.filter(
    (one): one is { file: string; writtenMs: number } => one.writtenMs !== undefined,
  );
  const archives: FoundFile[] = [];
  for (const { file, writtenMs } of dated.sort((a, b) => b.writtenMs - a.writtenMs)) {
    const found = foundFile(file, writtenMs);
    archives.push(found);
    if (found.judgement.checkpoint !== undefined) break;
  }
  return archives;
}

function foundFile(file: string, named?: number): FoundFile {
  const changedMs = writtenMsOf(file);
  const found = { file, writtenMs: named ?? changedMs, changedMs };
  let bytes: Buffer;
  try {
    bytes = readPlain(file);
  } catch (error) {
    return { ...found, judgement: unreadableBy(error) };
  }
  return { ...found, judgement: judge(bytes), digest: digestOf(bytes) };
}

/** Reads a file other than the state; nothing can be decided without it. */
function textOf(file: string): string {
  try {
    return readPlain(file).toString("utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw error;
    const why = whyUnreadable(error);
    const said = why.includes(file) ? why : `${file}: ${why}`;
    throw new Error(`${said}. Nothing was done: look at it, put it right or aside, and run this again.`);
  }
}

export function digestOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Pulumi takes every file in the folder for a lock, whatever its name, except attributes. */
function locksIn(folder: string): FoundLock[] {
  const files = filesIn(folder).filter((file) => !file.endsWith(ATTRIBUTES));
  if (files.length === 0) return [];
  const sight = sightFrom(folder);
  return files.flatMap((file) => lockAt(file, sight));
}

/** Empty if the run has ended since the folder was listed. */
function lockAt(file: string, sight: Sight): FoundLock[] {
  try {
    const text = textOf(file);
    const lock = lockIn(text);
    const holder = isCut(text) ? "nobody" : holderOf(lock, sight);
    return [{ file, lock, holder, writtenMs: writtenMsOf(file) }];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
