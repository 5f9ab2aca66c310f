import { randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import type { Accounts } from "./accounts";
import { parsedJson } from "./control/parsed-json";
import type { DataLock } from "./data-lock";
import { UsageError } from "./rules/errors";
import { snapshotOf, stateOf } from "./state/snapshot";
import { checkSnapshot } from "./state/snapshot-check";

const version = 1;
const delayMs = 200;

/** The store's data file. The simulator reads it at the start and rewrites it after each change and at the end. */
export class DataFile {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly lock: DataLock,
    readonly accounts: Accounts,
  ) {}

  get path(): string {
    return this.lock.path;
  }

  /** Loads an earlier run's store, and returns whether there was one. */
  load(): boolean {
    let text: string;
    try {
      text = readFileSync(this.path, "utf8");
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "ENOENT" && lstatSync(this.path, { throwIfNoEntry: false }) === undefined) return false;
      throw new UsageError(`--data: cannot read ${this.path} (${code ?? "error"})`);
    }
    try {
      const data = parsedJson(text) as { version: unknown; accounts: unknown[] };
      if (data.version !== version) throw new Error("another version");
      for (const state of data.accounts.map(checkSnapshot).map(stateOf)) this.accounts.replace(state);
      return true;
    } catch {
      throw new UsageError(`--data: ${this.path} is not a store of this simulator`);
    }
  }

  /** Call this after each change. */
  changed(): void {
    this.#timer ??= setTimeout(() => this.saveOrWarn(), delayMs).unref();
  }

  /** Replaces the file in one step, so that a crash leaves the old one or the new one. */
  save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.lock.isOwn())
      throw new UsageError(
        `--data: ${this.path} now belongs to another simulator, so nothing is written to it`,
      );
    const data = JSON.stringify({ version, accounts: this.accounts.all().map(snapshotOf) });
    // Keep a link, and the permissions of its target.
    const file = existsSync(this.path) ? realpathSync(this.path) : this.path;
    // A random name, and only a new file: writing would follow a link planted under a known name.
    const draft = `${file}.${randomUUID()}.tmp`;
    try {
      writeFileSync(draft, data, { mode: 0o600, flag: "wx", flush: true });
      if (existsSync(file)) chmodSync(draft, statSync(file).mode);
      renameSync(draft, file);
    } catch (error) {
      rmSync(draft, { force: true });
      const code = (error as NodeJS.ErrnoException).code;
      throw new UsageError(`--data: cannot write ${this.path} (${code ?? "error"})`);
    }
  }

  /** Writes the file for the last time and releases the lock. */
  close(): void {
    this.saveOrWarn();
    this.lock.release();
  }

  /** A write error during a run does not end it. */
  saveOrWarn(): void {
    try {
      this.save();
    } catch (error) {
      console.error(error instanceof Error ? error.message : "--data: failed");
    }
  }
}
