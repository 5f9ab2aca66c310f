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
 * A file's own bytes. A link is neither followed nor taken for nothing: the file that it leads to can be the newest of
 * all, and whatever is put in its place would be written somewhere else, or beside it.
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

/** Throws where a file is there that is no plain one. */
export function refuseLink(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isSymbolicLink()) throw new Error(`${file} ${LINK}`);
  if (found !== undefined && !found.isFile()) throw new Error(`${file} is no plain file`);
}

/** When it was written; of a link nobody knows how old what it leads to is. */
export function writtenMsOf(file: string): number {
  const found = lstatSync(file);
  return found.isFile() ? found.mtimeMs : Number.POSITIVE_INFINITY;
}

/** All that is in a folder but folders, as paths; nothing where there is none. */
export function filesIn(folder: string): string[] {
  return entriesIn(folder).flatMap((entry) => (entry.isDirectory() ? [] : [join(folder, entry.name)]));
}

/** All that is in a folder, folders too. */
export function pathsIn(folder: string): string[] {
  return entriesIn(folder).map(({ name }) => join(folder, name));
}

function entriesIn(folder: string): Dirent[] {
  return isAbsent(folder) ? [] : readdirSync(folder, { withFileTypes: true });
}

/** Whether nothing is there; a link that leads nowhere, there or above, is something. */
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

/** Also a link that leads nowhere is something. */
export function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
