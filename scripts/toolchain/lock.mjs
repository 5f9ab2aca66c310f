import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Runs `work` while no other process on this machine holds the lock; a dead holder counts as none. */
export async function withLock(path, say, work) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!take(path)) {
    if (isStale(path)) {
      removeStale(path);
      continue;
    }
    if (!told) say("another set-up is at work on this machine; waiting for it");
    told = true;
    await wait(500);
  }
  const release = () => rmSync(path, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.removeListener("exit", release);
    release();
  }
}

function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** One at a time and after a second look: else the later of two would remove what the earlier then took. */
function removeStale(path) {
  const guard = `${path}.takeover`;
  if (!take(guard)) {
    if (isStale(guard)) rmSync(guard, { force: true });
    return;
  }
  if (isStale(path)) rmSync(path, { force: true });
  rmSync(guard, { force: true });
}

function isStale(path) {
  try {
    const holder = Number(readFileSync(path, "utf8"));
    // Empty: its owner is between creating and writing it, unless it stays so.
    if (!holder) return Date.now() - statSync(path).mtimeMs > 5_000;
    return !isRunning(holder);
  } catch {
    // Released in the meantime.
    return false;
  }
}

export function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
