import { compressedLike, decompressed, isCutShort } from "./compression";

/** An operation that Pulumi's engine began and did not finish. */
export interface PendingOperation {
  /** creating, updating, deleting, reading, importing */
  readonly type: string;
  readonly urn: string;
  readonly resourceType: string;
}

export interface Checkpoint {
  readonly resources: number;
  readonly pending: readonly PendingOperation[];
  /** When the engine recorded it. */
  readonly recordedMs?: number;
}

const TOO_LONG = new Set(["ERR_STRING_TOO_LONG", "ERR_BUFFER_TOO_LARGE", "ERR_FS_FILE_TOO_LARGE"]);

/** Valid JSON of an unknown form; a kill leaves no such thing. */
export const FOREIGN = "is not a state that this version knows";

const STRANGE =
  "does not begin like JSON, so it has an encoding or a compression that this version does not know";

/**
 * The verdict on a state file: complete, broken as by a kill or power failure (empty, cut, no JSON), or unreadable
 * here. Decide nothing about an unreadable one: it can be complete, and newer than every readable one.
 */
export type Judgement =
  | { readonly checkpoint: Checkpoint; readonly broken?: undefined; readonly unreadable?: undefined }
  | { readonly broken: string; readonly checkpoint?: undefined; readonly unreadable?: undefined }
  | { readonly unreadable: string; readonly checkpoint?: undefined; readonly broken?: undefined };

interface Resource {
  readonly urn?: unknown;
  readonly type?: unknown;
}

/** The relevant parts of Pulumi's checkpoint (sdk/go/common/apitype/core.go). */
interface CheckpointFile {
  readonly version?: unknown;
  readonly checkpoint?: {
    readonly latest?: {
      readonly manifest?: { readonly time?: string };
      readonly resources?: Resource[] | null;
      readonly pending_operations?: { readonly type: string; readonly resource: Resource }[] | null;
    } | null;
  };
}

export function judge(bytes: Buffer): Judgement {
  if (bytes.every((byte) => byte === 0 || byte === 0x20 || byte === 0x0a)) return { broken: "is empty" };
  let file: CheckpointFile;
  try {
    const unpacked = decompressed(bytes);
    if (isForeign(unpacked)) return { unreadable: STRANGE };
    file = JSON.parse(unpacked.toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError || isCutShort(error)) return { broken: "is cut short or damaged" };
    return unreadableBy(error);
  }
  return isCheckpoint(file) ? { checkpoint: read(file) } : { unreadable: FOREIGN };
}

/**
 * Whether the first byte belongs to no text. A kill leaves none such: it marks an encoding, or a compression that a
 * later Pulumi uses.
 */
function isForeign([first = 0]: Buffer): boolean {
  return first >= 0x80 || (first > 0 && first < 0x09);
}

export function unreadableBy(error: unknown): Judgement {
  return { unreadable: `cannot be read here: ${whyUnreadable(error)}` };
}

export function whyUnreadable(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return TOO_LONG.has(code) ? `it is longer than Node ${process.versions.node} can hold` : message;
}

function isCheckpoint(file: CheckpointFile | null): file is CheckpointFile {
  if (typeof file?.version !== "number" || !file.checkpoint) return false;
  const { resources, pending_operations } = listsOf(file);
  if (!Array.isArray(resources) || !Array.isArray(pending_operations)) return false;
  const all = [...resources, ...pending_operations.map((operation) => operation?.resource)];
  return all.every((resource) => typeof resource?.urn === "string" && typeof resource.type === "string");
}

/** Pulumi reads null as an empty list. */
function listsOf({ checkpoint }: CheckpointFile) {
  const { resources, pending_operations } = checkpoint?.latest ?? {};
  return { resources: resources ?? [], pending_operations: pending_operations ?? [] };
}

function read(file: CheckpointFile): Checkpoint {
  const { resources, pending_operations } = listsOf(file);
  const recordedMs = Date.parse(file.checkpoint?.latest?.manifest?.time ?? "");
  return {
    resources: resources.length,
    pending: pending_operations.map(({ type, resource }) => ({
      type,
      urn: String(resource.urn),
      resourceType: String(resource.type),
    })),
    ...(recordedMs > 0 && { recordedMs }),
  };
}

/**
 * The same state without the operations that `isDropped` selects. Secrets stay encrypted. Numbers pass through 64-bit
 * floats, as in the engine.
 */
export function withoutPending(bytes: Buffer, isDropped: (operation: PendingOperation) => boolean): Buffer {
  const file = JSON.parse(decompressed(bytes).toString("utf8"));
  const { latest } = file.checkpoint;
  const { pending } = read(file);
  latest.pending_operations = latest.pending_operations.filter(
    (_operation: unknown, at: number) => !isDropped(pending[at] as PendingOperation),
  );
  if (latest.pending_operations.length === 0) delete latest.pending_operations;
  return compressedLike(bytes, Buffer.from(textOf(file)));
}

function textOf(file: unknown): string {
  try {
    return JSON.stringify(file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Error(
      "the state cannot be written here without its pending operations: it is too long, or nested too deep, for this version of Node. Nothing was done: run `pulumi refresh` in a terminal, which clears them.",
    );
  }
}
