import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import { UsageError } from "../../../simulator";
import { projectFileIn } from "../../core/program/program-folder";

/** The project of a command: the one that Pulumi finds from a folder upwards. */
export interface Project {
  readonly name: string;
  /** Its Pulumi.yaml. */
  readonly file: string;
}

export function findProject(cwd: string): Project | undefined {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const file = projectFileIn(folder);
    if (file !== undefined) {
      const name = projectNameIn(readFileSync(file, "utf8"));
      if (name === undefined) throw new Error(`${file}: there is no project name in it.`);
      return { name, file };
    }
    if (dirname(folder) === folder) return undefined;
  }
}

/** Only the name is needed, and Pulumi allows few characters in it, so no YAML parser is. */
export function projectNameIn(text: string): string | undefined {
  const json = /^\s*\{/.test(text);
  const name = json
    ? /"name"\s*:\s*"([\w.-]+)"/.exec(text)
    : /^(?:name|"name"|'name')[ \t]*:[ \t]*(["']?)([\w.-]+)\1[ \t]*(?:#.*)?\r?$/m.exec(text);
  return name?.at(-1);
}

/** The stack that the environment or `pulumi stack select` chose for the project. */
export function selectedStack({ name, file }: Project, env = process.env): string | undefined {
  if (env["PULUMI_STACK"]) return env["PULUMI_STACK"];
  const home = env["PULUMI_HOME"] || join(ownUser(env).home, ".pulumi");
  // Pulumi names the file after the path by which it reached the project, which can be a link.
  for (const path of new Set([file, ...linkedPath(file, env["PWD"])])) {
    const key = createHash("sha1").update(path).digest("hex");
    const settings = join(home, "workspaces", `${name}-${key}-workspace.json`);
    if (!existsSync(settings)) continue;
    const { stack } = JSON.parse(readFileSync(settings, "utf8")) as { stack?: string };
    // Backends without accounts use the organization `organization`, which nobody types.
    if (stack) return stack.replace(`organization/${name}/`, "");
  }
  return undefined;
}

/** The stack of a command: the named one, else the selected one. */
export function chosenStack(cwd: string, named: string | undefined, env = process.env): string {
  if (named !== undefined) return named;
  const project = findProject(cwd);
  if (project === undefined)
    throw new UsageError(`there is no Pulumi project in ${cwd} or above it: give its folder with --cwd.`);
  const selected = selectedStack(project, env);
  if (selected === undefined)
    throw new UsageError(`no stack of project ${project.name} is selected: name one with --stack.`);
  return selected;
}

/** The same file by the path that the shell uses for its folder. */
function linkedPath(file: string, shellFolder: string | undefined): string[] {
  if (!shellFolder) return [];
  for (let folder = shellFolder; ; folder = dirname(folder)) {
    const path = join(folder, file.slice(dirname(file).length + 1));
    if (existsSync(path)) return statSync(path).ino === statSync(file).ino ? [path] : [];
    if (dirname(folder) === folder) return [];
  }
}

/** The folder that `--cwd` names. */
export function givenFolder(cwd: string): string {
  const folder = resolve(cwd);
  if (!existsSync(folder)) throw new UsageError(`--cwd: there is no folder ${folder}.`);
  return folder;
}

interface OwnUser {
  readonly name: string;
  readonly home: string;
}

/** The user as Pulumi sees it: from the system's list of users, and from HOME only if the user is not listed. */
export function ownUser(env = process.env): OwnUser {
  try {
    const { username, homedir: home } = userInfo();
    return { name: username, home };
  } catch {
    // As in a container that runs under an unlisted user ID.
    return { name: env["USER"] || `user ${process.getuid?.() ?? "unknown"}`, home: homedir() };
  }
}
