import { isOutcomeUnknown } from "../../http/errors";
import type { JsonObject } from "../json";

/** By SID, the objects whose keys are cleared for another one before their own updates begin. */
export type Room = Map<string, KeyChange>;

/** The SIDs of objects that may have lost their keys, and whose own updates have not begun. */
export function leftWithoutKey(room: Room): string[] {
  const isLeft = ({ isAhead, isCleared, isOpen }: KeyChange) => isAhead && (isCleared || isOpen);
  return [...room].filter(([, change]) => isLeft(change)).map(([sid]) => sid);
}

/** The key change in the update of one object. */
export class KeyChange {
  private stage: "ahead" | "under way" | "done" | "failed" = "ahead";
  private clearing: Promise<void> | undefined;
  private waitsFor: KeyChange | undefined;
  private free: () => void = () => undefined;
  /** Resolves when its key is free, or will not be. */
  readonly freed = new Promise<void>((resolve) => {
    this.free = resolve;
  });
  /** Whether its key was cleared for another object. */
  isCleared = false;
  /** Whether its key was set, or cleared for another object, and the response was lost. */
  isOpen = false;
  /** Whether its own update sets or clears its key. */
  sendsKey = false;
  readonly room: Room = new Map();

  constructor(
    public inputs: JsonObject,
    /** Whether its object has a key at first, or may have one, and does not keep it. */
    readonly isGivingUp: boolean,
  ) {}

  get isAhead(): boolean {
    return this.stage === "ahead";
  }

  /** Whether its key is being cleared, or has been. */
  get isTaken(): boolean {
    return this.clearing !== undefined;
  }

  get isOver(): boolean {
    return this.stage === "done" || this.stage === "failed";
  }

  /** Whether it keeps the key that it was to give up. */
  get hasFailed(): boolean {
    return this.stage === "failed" && !this.isCleared;
  }

  /** Begins its own update, after a request that clears its key on its behalf. */
  async begin(): Promise<void> {
    this.stage = "under way";
    await this.clearing?.catch(() => undefined);
  }

  end(isDone: boolean): void {
    this.stage = isDone ? "done" : "failed";
    this.free();
  }

  /** Clears its key once by `send`; then whoever waits for the key can have it. */
  clear(send: () => Promise<unknown>): Promise<void> {
    this.clearing ??= send().then(
      () => {
        this.isCleared = true;
        this.isOpen = false;
        this.free();
      },
      (error: unknown) => {
        this.clearing = undefined;
        this.isOpen ||= isOutcomeUnknown(error);
        throw error;
      },
    );
    return this.clearing;
  }

  /** Whether it waits for the other one, directly or through others. */
  leadsTo(other: KeyChange): boolean {
    return this.waitsFor === other || (this.waitsFor?.leadsTo(other) ?? false);
  }

  /** Waits until the key of the other one is free, or will not be. */
  async waitFor(other: KeyChange): Promise<void> {
    this.waitsFor = other;
    await other.freed;
    this.waitsFor = undefined;
  }
}
