import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pulumiHome } from "./folders.mjs";
import { PULUMI_VERSION } from "./version.mjs";

const SITE = "https://get.pulumi.com/";
const REACH_WITHIN_MS = 5_000;
const DOWNLOAD_WITHIN_MS = 240_000;

/** Pulumi's official release into `root`. Undefined when that worked, else why not, in a few words. */
export async function downloadToolchain(root, say) {
  let seconds = 0;
  const progress = setInterval(() => {
    seconds += 5;
    say(`  ${seconds} s`);
  }, 5_000);
  const reason = await inOwnProcess(root).finally(() => clearInterval(progress));
  return reason && `could not download it from ${SITE} (${reason})`;
}

/**
 * A process of its own, so that the installer, with the shell and the curl that it starts, can be
 * stopped as one, and so that the proxy variables count (Node reads them only when it starts).
 */
function inOwnProcess(root) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), root], {
      detached: true,
      env: { ...process.env, NODE_USE_ENV_PROXY: "1", PULUMI_HOME: pulumiHome() },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      errors += text;
    });
    const stop = () => process.kill(-child.pid, "SIGKILL");
    const timer = setTimeout(() => {
      errors = `\nnot done after ${DOWNLOAD_WITHIN_MS / 1000} s`;
      stop();
    }, DOWNLOAD_WITHIN_MS);
    process.once("exit", stop);
    child.once("close", (code) => {
      clearTimeout(timer);
      process.removeListener("exit", stop);
      resolve(code === 0 ? undefined : (errors.trim().split("\n").at(-1) ?? `exit code ${code}`));
    });
  });
}

async function install(root) {
  // The installer waits for minutes when nothing answers; a look at the site first takes seconds.
  await fetch(SITE, { method: "HEAD", signal: AbortSignal.timeout(REACH_WITHIN_MS) }).catch((error) => {
    throw new Error(error.cause?.code ?? error.name);
  });
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/cmd.js");
  const { default: semver } = await import("semver");
  await PulumiCommand.install({ root, version: semver.parse(PULUMI_VERSION) });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  install(process.argv[2]).catch((error) => {
    console.error(error.message.trim());
    process.exit(1);
  });
}
