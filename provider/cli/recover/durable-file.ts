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
  /** A new file gets the permissions of this one. */
  readonly like?: string;
  /** Called right before the rename; when it throws, nothing changes. */
  readonly check?: () => void;
}

/** Writes a whole file atomically; a kill at any point leaves the old one. Keeps its permissions. */
export function writeDurably(file: string, bytes: Buffer, { like, check }: Manner = {}): void {
  refuseLink(file);
  const model = isThere(file) ? file : like;
  // A random name, and only a new file: writing would follow a link planted under a known name.
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
    // Only root may. Otherwise the user who mends owns the file, as after each of their own Pulumi runs.
  }
  fchmodSync(handle, mode);
}

/** Copies a broken file beside itself under a telling name; the original stays until it is replaced. */
export function keepAside(file: string, nowMs: number): string {
  const aside = asideOf(file, nowMs);
  copyFileSync(file, aside, constants.COPYFILE_EXCL);
  return aside;
}

/** The first free name of this form. */
export function asideOf(file: string, nowMs: number): string {
  const aside = `${file}.broken-${new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, "")}`;
  for (let count = 0; ; count += 1) {
    const name = count === 0 ? aside : `${aside}-${count}`;
    if (!isThere(name)) return name;
  }
}
