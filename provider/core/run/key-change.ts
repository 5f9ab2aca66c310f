import { isOutcomeUnknown } from "../../http/errors";
import type { JsonObject } from "../json";

/** By SID, the objects whose keys were to be cleared for another one before their own updates began. */
export type Room = Map<string, KeyChange>;

/** The SIDs of those that may have lost their keys, of whose own updates nothing is known. */
export function leftWithoutKey(room: Room): string[] {
  const isLeft = ({ isAhead, isCleared, isOpen }: KeyChange) => isAhead && (isCleared || isOpen);
  return [...room].filter(([, change]) => isLeft(change)).map(([sid]) => sid);
}

/** An update of an object in this run, as far as it is about its key. */
export class KeyChange {
  private stage: "ahead" | "under way" | "done" | "failed" = "ahead";
  private clearing: Promise<void> | undefined;
  private waitsFor: KeyChange | undefined;
  private free: () => void = () => undefined;
  /** When its key is free, or will not be. */
  readonly freed = new Promise<void>((resolve) => {
    this.free = resolve;
  });
  /** Whether it has no key, since it made room for another object. */
  isCleared = false;
  /** Whether its key was sent, or cleared for another object, without an answer. */
  isOpen = false;
  /** Whether it says itself which key its object has. */
  sendsKey = false;
  readonly room: Room = new Map();

  constructor(
    public inputs: JsonObject,
    /** Whether it has a key at first, or may have one, that it does not keep. */
    readonly isGivingUp: boolean,
  ) {}

  get isAhead(): boolean {
    return this.stage === "ahead";
  }

  /** Whether its key is being taken away, or has been. */
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

  /** Notes that its own update begins, which waits for one that is sent on its behalf. */
  async begin(): Promise<void> {
    this.stage = "under way";
    await this.clearing?.catch(() => undefined);
  }

  end(isDone: boolean): void {
    this.stage = isDone ? "done" : "failed";
    this.free();
  }

  /** Takes its key away once, by what `send` sends; whoever waits for the key can have it then. */
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

  /** Whether it waits, by way of others, for this one. */
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
