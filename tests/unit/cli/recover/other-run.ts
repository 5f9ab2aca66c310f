import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type BackendFolder, GONE, lockText } from "./folder";
import { URN } from "./states";

/** Of another machine, which goes on where its lock is taken. */
const FAR = "elsewhere";

/** A run of Pulumi's on a folder, which does one thing after the other, whenever it is told to (pkg backend/diy). */
export class OtherRun {
  /** What it has told Pulumi to record, and Pulumi has. */
  readonly recorded: string[] = [];
  private snapshot: { checkpoint: { latest: { resources: object[]; manifest: object } } } | undefined;
  private steps = 0;
  private hasEnded = false;

  constructor(
    private readonly folder: BackendFolder,
    private readonly name: string,
    /** Whether it is killed instead of ending. */
    private readonly isKilled: boolean,
    private readonly isFar = false,
  ) {}

  /** Locks first, as Pulumi does it: looks for other locks before and after it writes its own. */
  go(): void {
    if (this.hasEnded) return;
    this.steps += 1;
    if (this.steps === 1) this.giveUpWhereLocked();
    else if (this.steps === 2) this.writeLock(process.pid);
    else if (this.steps === 3) this.giveUpWhereLocked();
    else this.record();
  }

  end(): void {
    if (this.steps > 1 && !this.hasEnded) {
      if (this.isKilled) this.writeLock(GONE);
      else rmSync(this.lock, { force: true });
    }
    this.hasEnded = true;
  }

  private get lock(): string {
    return join(this.folder.place.locks, `${this.name}.json`);
  }

  private writeLock(pid: number): void {
    mkdirSync(dirname(this.lock), { recursive: true });
    writeFileSync(this.lock, lockText({ pid, ...(this.isFar && { hostname: FAR }) }));
  }

  private giveUpWhereLocked(): void {
    const { locks } = this.folder.place;
    const others = existsSync(locks) ? readdirSync(locks).map((name) => join(locks, name)) : [];
    if (others.every((file) => file === this.lock)) return;
    if (this.steps > 1) rmSync(this.lock, { force: true });
    this.hasEnded = true;
  }

  private record(): void {
    const { state } = this.folder;
    this.snapshot ??= read(state);
    // Pulumi reads no broken state, and then does nothing.
    if (this.snapshot === undefined) {
      this.end();
      return;
    }
    const urn = `${URN}-${this.name}-${this.recorded.length}`;
    const { latest } = this.snapshot.checkpoint;
    latest.resources.push({ urn, type: "pulumi-nodejs:dynamic/twilio:Participant" });
    latest.manifest = { time: new Date().toISOString() };
    if (existsSync(state)) copyFileSync(state, `${state}.bak`);
    writeFileSync(`${state}.other`, JSON.stringify(this.snapshot));
    renameSync(`${state}.other`, state);
    this.recorded.push(urn);
  }
}

function read(state: string) {
  try {
    return JSON.parse(readFileSync(state, "utf8"));
  } catch {
    return undefined;
  }
}
