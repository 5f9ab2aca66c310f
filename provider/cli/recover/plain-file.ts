import {
  closeSync,
  constants,
  type Dirent,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";

const LINK = "is a symbolic link, which is not followed here: put the file itself in its place";

/**
 * Reads a file's own bytes and refuses a link. The link's target can be the newest state, and a write would land there,
 * or beside it.
 */
export function readPlain(file: string): Buffer {
  refuseLink(file);
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Throws if the path exists and is no plain file. */
export function refuseLink(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isSymbolicLink()) throw new Error(`${file} ${LINK}`);
  if (found !== undefined && !found.isFile()) throw new Error(`${file} is no plain file`);
}

/** When the file was written; the age of a link's target is unknown. */
export function writtenMsOf(file: string): number {
  const found = lstatSync(file);
  return found.isFile() ? found.mtimeMs : Number.POSITIVE_INFINITY;
}

/** Paths of everything in a folder except subfolders; empty where there is no folder. */
export function filesIn(folder: string): string[] {
  return entriesIn(folder).flatMap((entry) => (entry.isDirectory() ? [] : [join(folder, entry.name)]));
}

/** Paths of everything in a folder, subfolders included. */
export function pathsIn(folder: string): string[] {
  return entriesIn(folder).map(({ name }) => join(folder, name));
}

function entriesIn(folder: string): Dirent[] {
  return isAbsent(folder) ? [] : readdirSync(folder, { withFileTypes: true });
}

/** Whether nothing exists at the path; throws for a dangling link in it or above. */
export function isAbsent(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    if (dirname(path) !== path) isAbsent(dirname(path));
    return true;
  }
  if (found.isSymbolicLink() && statSync(path, { throwIfNoEntry: false }) === undefined)
    throw new Error(`${path} is a symbolic link that leads nowhere`);
  return false;
}

/** Whether something exists; a dangling link counts. */
export function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
