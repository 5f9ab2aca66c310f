import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { buildToolchain, whyGoCannotBuild } from "./build.mjs";
import { downloadToolchain } from "./download.mjs";
import { isComplete } from "./find.mjs";
import { cachedToolchain } from "./folders.mjs";
import { isRunning, withLock } from "./lock.mjs";
import { Problem } from "./problem.mjs";
import { OLDEST_PULUMI, PULUMI_VERSION } from "./version.mjs";

/** Puts a toolchain into the cache: Pulumi's own release, or else one that is built here. */
export async function installToolchain(say) {
  const root = cachedToolchain();
  try {
    await installInto(root, say);
  } catch (error) {
    if (!["EACCES", "EEXIST", "EPERM", "EROFS", "ENOSPC", "ENOTDIR"].includes(error.code)) throw error;
    throw new Problem(
      `cannot write to the cache: ${error.message}.\n` +
        "Free some space or set the permissions there, or name another folder in PULUMI_TWILIO_CACHE.",
    );
  }
}

async function installInto(root, say) {
  await withLock(`${root}.lock`, say, async () => {
    // The other set-up that held the lock may have made it.
    if (isComplete(root)) return;
    removeLeftovers(root);
    const part = `${root}.part-${process.pid}`;
    try {
      await makeToolchain(part, say);
      // In its place at once or not at all: an interrupted set-up leaves no half toolchain.
      rmSync(root, { recursive: true, force: true });
      renameSync(part, root);
    } finally {
      rmSync(part, { recursive: true, force: true });
    }
  });
}

async function makeToolchain(part, say) {
  say(`downloading Pulumi ${PULUMI_VERSION}`);
  const noDownload = await downloadToolchain(part, say);
  if (noDownload === undefined && isComplete(part)) return;
  say(`  ${noDownload ?? "the download was not complete"}`);
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });

  const noBuild = whyGoCannotBuild();
  if (noBuild !== undefined) {
    throw new Problem(
      `there is no Pulumi CLI: found no usable one on PATH or in a cache, ${noDownload}, and ${noBuild}.\n` +
        `Install Pulumi ${OLDEST_PULUMI} or newer (pulumi.com/docs/install), or Go (go.dev/dl), and try again.`,
    );
  }
  say("Pulumi is built from source instead; this takes some minutes, once for each machine");
  await buildToolchain(part, say);
  rmSync(join(part, "module"), { recursive: true, force: true });
}

/** What a set-up left that was interrupted. */
function removeLeftovers(root) {
  const prefix = `${basename(root)}.part-`;
  const parts = readdirSync(dirname(root)).filter((name) => name.startsWith(prefix));
  for (const name of parts) {
    if (!isRunning(Number(name.slice(prefix.length)))) rmSync(join(dirname(root), name), { recursive: true });
  }
}
