import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { type Judgement, judge, unreadableBy, whyUnreadable } from "./checkpoint";
import { type FoundLock, holderOf, isCut, lockIn } from "./lock";
import { archivedMs, type FileRole, type Place, roleOf } from "./place";
import { filesIn, isThere, pathsIn, readPlain, writtenMsOf } from "./plain-file";
import { type Sight, sightFrom } from "./sight";

export interface FoundFile {
  readonly file: string;
  /** By its name where that has a time, which is that of the writer's clock. */
  readonly writtenMs: number;
  /** By the clock that all files of the folder have their times from. */
  readonly changedMs: number;
  readonly judgement: Judgement;
  /** Of what was judged: what is there later may be another. */
  readonly digest?: string;
}

/** Everything that a killed run can have left in a backend folder, as it was found. */
export interface Findings {
  readonly place: Place;
  readonly locks: readonly FoundLock[];
  /** Where the state is, or would be. */
  readonly stateFile: string;
  readonly state?: FoundFile;
  /** Empty where the state is complete, or cannot be read here. */
  readonly copies: readonly FoundFile[];
  /** What Pulumi had written and not yet put in the state's place. */
  readonly unfinished: readonly FoundFile[];
  /** Files of attributes that Pulumi cannot read, and then takes what they belong to for unreadable too. */
  readonly brokenAttributes: readonly string[];
}

const ATTRIBUTES = ".attrs";

/** `ownLock` is the one that this run holds itself. */
export function findingsAt(place: Place, ownLock?: string): Findings {
  // First: whoever has ended by then has recorded all, and whoever begins later finds the lock of this run.
  const locks = locksIn(place.locks).filter(({ file }) => file !== ownLock);
  // A folder in a file's place is not nothing either.
  const withRole = pathsIn(place.states).flatMap((file) => {
    const role = roleOf(basename(file), place.base);
    return role === undefined ? [] : [{ file, ...role }];
  });
  const read = (wanted: FileRole["role"]) =>
    withRole.filter(({ role }) => role === wanted).map(({ file, writtenMs }) => foundFile(file, writtenMs));

  // Of several compressions, Pulumi reads the one that was written last, and of one time the last by its name.
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

/** There can be thousands, so no more are read than it takes to find a complete one. What cannot be read counts too. */
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

/** Of what is no state: where that cannot be read, nothing can be decided. */
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

/** Pulumi takes every file there for a lock, whatever its name, but for attributes. */
function locksIn(folder: string): FoundLock[] {
  const files = filesIn(folder).filter((file) => !file.endsWith(ATTRIBUTES));
  if (files.length === 0) return [];
  const sight = sightFrom(folder);
  return files.flatMap((file) => lockAt(file, sight));
}

/** None where its run has ended since the folder was looked into. */
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
