import {
  closeSync,
  copyFileSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { refuseLink } from "./plain-file";

/**
 * Puts a whole file in place or, killed at any point, leaves what is there; also where `check`, right before, throws.
 */
export function writeDurably(file: string, bytes: Buffer, check = () => {}): void {
  refuseLink(file);
  const draft = `${file}.recover.tmp`;
  const handle = openSync(draft, "w");
  try {
    if (existsSync(file)) fchmodSync(handle, statSync(file).mode);
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    check();
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** A copy beside the file, whose name says what it is; the file itself stays until something is put in its place. */
export function keepAside(file: string, nowMs: number): string {
  const aside = asideOf(file, nowMs);
  copyFileSync(file, aside);
  return aside;
}

export function asideOf(file: string, nowMs: number): string {
  return `${file}.broken-${new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, "")}`;
}
