import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PULUMI_VERSION, TOOLCHAIN_BUILD } from "./version.mjs";

/** The root of this clone, without a slash at its end. */
export const repository = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** What is built once for each machine; outside the working tree, so that a new clone finds it. */
export function cacheRoot(env = process.env) {
  if (env.PULUMI_TWILIO_CACHE) return env.PULUMI_TWILIO_CACHE;
  // The XDG rules say that a relative path here is to be ignored.
  const base = isAbsolute(env.XDG_CACHE_HOME ?? "")
    ? env.XDG_CACHE_HOME
    : join(env.HOME ?? homedir(), ".cache");
  return join(base, "pulumi-twilio-conversations");
}

export function cachedToolchain(env = process.env) {
  return join(cacheRoot(env), `pulumi-${PULUMI_VERSION}-${TOOLCHAIN_BUILD}`);
}

/** Pulumi's home for what the scripts run: logs and the selected stack, never the user's login. */
export function pulumiHome(env = process.env) {
  return join(cacheRoot(env), "home");
}
