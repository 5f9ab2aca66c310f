import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ownUser } from "./project";
import { pulumiOutput } from "./pulumi";

/** Pulumi's backend, which stores the state. */
export interface Backend {
  /** Without credentials. */
  readonly url: string;
  /** For state in a local folder. */
  readonly folder?: string;
}

/** The backend that Pulumi uses here: from the environment, the project or the login. */
export async function findBackend(cwd: string, env = process.env): Promise<Backend> {
  const url = env["PULUMI_BACKEND_URL"] || (await loggedInUrl(cwd));
  const folder = folderOf(url, cwd, ownUser().home);
  if (folder === undefined) return { url: withoutCredentials(url) };
  if (!existsSync(folder)) throw new Error(`there is no backend at ${url}: ${folder} does not exist.`);
  return { url, folder };
}

async function loggedInUrl(cwd: string): Promise<string> {
  const answer = JSON.parse(await pulumiOutput(["whoami", "--verbose", "--json"], cwd)) as { url: string };
  return answer.url;
}

/**
 * Reads a file URL as Pulumi does (massageBlobPath of pulumi/pkg backend/diy/backend.go). What follows `file://` is a
 * path, `~` is home, and a relative path starts here. Pulumi parses the result as a URL again, with escapes and
 * fragment.
 */
export function folderOf(url: string, cwd: string, home: string): string | undefined {
  if (!url.startsWith("file://")) return undefined;
  const path = url.slice("file://".length).replace(/\?.*$/s, "");
  const absolute = path.startsWith("~")
    ? join(home, path.slice(2))
    : resolve(cwd, path.replace(/^\/([A-Za-z]:)/, "$1"));
  try {
    return decodeURIComponent(absolute.replace(/#.*$/s, ""));
  } catch {
    throw new Error(`the backend ${url} is no URL that Pulumi can read: a % in it is written %25.`);
  }
}

/** A database URL can hold a password. */
export function withoutCredentials(url: string): string {
  return url.replace(/^([a-z0-9+.-]+:\/\/)[^/@]*@/i, "$1****@").replace(/\?.*$/s, "");
}
