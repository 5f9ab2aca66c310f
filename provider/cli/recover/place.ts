import { join } from "node:path";

/** A stack's name in a file backend: with its project, or in the old layout without. */
export interface StackName {
  readonly name: string;
  readonly project?: string;
}

/** The paths of one stack in a folder backend (pulumi/pkg backend/diy/store.go and lock.go). */
export interface Place {
  /** Pulumi's full name of the stack. */
  readonly stack: string;
  /** The folder of the state and of the copy that Pulumi makes before each write. */
  readonly states: string;
  /** The state file's name without a compression suffix. */
  readonly base: string;
  readonly locks: string;
  /** The folders where every finished operation leaves a copy of the state. */
  readonly archives: readonly string[];
  readonly meta: string;
}

const NAME = /^[\w.-]+$/;

/** `dev`, `organization/dev` or `organization/project/dev`; undefined for anything else. */
export function stackNameIn(text: string): StackName | undefined {
  const parts = text.split("/");
  if (!parts.every((part) => NAME.test(part) && !/^\.+$/.test(part))) return undefined;
  if (parts.length > 1 && parts[0] !== "organization") return undefined;
  const [name, project] = parts.slice(parts.length > 1 ? 1 : 0).reverse();
  return name === undefined || parts.length > 3 ? undefined : { name, project };
}

export function placeOf(folder: string, { name, project }: StackName): Place {
  const root = join(folder, ".pulumi");
  const below = project === undefined ? [] : [project];
  return {
    stack: project === undefined ? name : `organization/${project}/${name}`,
    states: join(root, "stacks", ...below),
    base: `${name}.json`,
    locks: join(root, "locks", ...(project === undefined ? [] : ["organization", project]), name),
    archives: ["history", "backups"].map((kind) => join(root, kind, ...below, name)),
    meta: join(root, "meta.yaml"),
  };
}

/** Version 1 has a folder for each project; without a meta file the backend has the old layout. */
export function hasProjects(meta: string | undefined): boolean | undefined {
  if (meta === undefined) return false;
  const version = /^version:[ \t]*([01])[ \t]*(?:#.*)?\r?$/m.exec(meta)?.[1];
  return version === undefined ? undefined : version === "1";
}

/**
 * What a file in the stack's folders holds, judged by its name. `writtenMs` is in every name except those of the state
 * and of the copy that Pulumi makes before each write.
 */
export interface FileRole {
  /** `unfinished`: Pulumi wrote it beside the state and was about to rename it. */
  readonly role: "state" | "copy" | "unfinished";
  readonly writtenMs?: number;
}

const COMPRESSION = "(?:\\.gz|\\.zst)?";

export function roleOf(file: string, base: string): FileRole | undefined {
  if (!file.startsWith(base)) return undefined;
  const rest = new RegExp(`^${COMPRESSION}(?:\\.(bak)|\\.(\\d{19})|\\.([0-9a-f]{16})\\.tmp)?$`).exec(
    file.slice(base.length),
  );
  if (rest === null) return undefined;
  const [, bak, retained, unfinished] = rest;
  if (unfinished !== undefined) return { role: "unfinished", writtenMs: fromNanoseconds(`0x${unfinished}`) };
  if (retained !== undefined) return { role: "copy", writtenMs: fromNanoseconds(retained) };
  return { role: bak === undefined ? "state" : "copy" };
}

/** The time in an archive's name: `dev-<ns>.checkpoint.json` in the history, `dev.<ns>.json` in the backups. */
export function archivedMs(file: string): number | undefined {
  const written = new RegExp(`(?:-(\\d{19})\\.checkpoint|\\.(\\d{19}))\\.json${COMPRESSION}$`).exec(file);
  const nanoseconds = written?.[1] ?? written?.[2];
  return nanoseconds === undefined ? undefined : fromNanoseconds(nanoseconds);
}

function fromNanoseconds(text: string): number {
  return Number(BigInt(text) / 1000n) / 1000;
}
