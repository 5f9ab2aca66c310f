import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { isThere, refuseLink } from "./plain-file";

export interface Manner {
  /** Whose rights a file gets that is not there yet. */
  readonly like?: string;
  /** Right before the file takes its place; where it throws, all stays as it is. */
  readonly check?: () => void;
}

/** Puts a whole file in place or, killed at any point, leaves what is there. Its rights stay what they were. */
export function writeDurably(file: string, bytes: Buffer, { like, check }: Manner = {}): void {
  refuseLink(file);
  const model = isThere(file) ? file : like;
  // Under a name that nobody knows, and only where nothing is: a link that was planted there would be followed.
  const draft = `${file}.recover-${randomUUID()}.tmp`;
  const handle = openSync(draft, "wx", model === undefined ? undefined : 0o600);
  try {
    try {
      if (model !== undefined) giveRights(handle, model);
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    check?.();
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function giveRights(handle: number, model: string): void {
  const { mode, uid, gid } = statSync(model);
  try {
    fchownSync(handle, uid, gid);
  } catch {
    // Only root may; then the one who mends owns it, as after each of their own runs of Pulumi.
  }
  fchmodSync(handle, mode);
}

/** A copy beside the file, whose name says what it is; the file itself stays until something is put in its place. */
export function keepAside(file: string, nowMs: number): string {
  const aside = asideOf(file, nowMs);
  copyFileSync(file, aside, constants.COPYFILE_EXCL);
  return aside;
}

/** The first such name that nothing has. */
export function asideOf(file: string, nowMs: number): string {
  const aside = `${file}.broken-${new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, "")}`;
  for (let count = 0; ; count += 1) {
    const name = count === 0 ? aside : `${aside}-${count}`;
    if (!isThere(name)) return name;
  }
}
