import type { AccountState } from "../state/account-state";
import { type Snapshot, snapshotOf, stateOf } from "../state/snapshot";

interface Moment {
  atMs: number;
  accountSid: string;
  snapshot: Snapshot;
}

const maxMoments = 10;

/**
 * Past states of the store, kept only while reads lag. Of many writes in a row it keeps a few moments, so a read may
 * lag up to a tenth less than asked for.
 */
export class Past {
  #moments: Moment[] = [];

  get size(): number {
    return this.#moments.length;
  }

  /** Call this before each write. It forgets states older than any lag, and all when there is none. */
  remember(state: AccountState, nowMs: number, lagMs: number): void {
    this.#moments = this.#moments.filter((moment) => moment.atMs > nowMs - lagMs);
    if (lagMs === 0) this.forget();
    const { accountSid } = state.account;
    const last = this.#moments.findLast((moment) => moment.accountSid === accountSid);
    // A clock that was set back also makes a new moment.
    const isCovered = last !== undefined && Math.abs(nowMs - last.atMs) < lagMs / maxMoments;
    if (lagMs === 0 || isCovered) return;
    this.#moments.push({ atMs: nowMs, accountSid, snapshot: structuredClone(snapshotOf(state)) });
    if (this.#moments.length > maxMoments) this.#moments.shift();
  }

  /** The account as it was `lagMs` ago, if a write has happened since. */
  before(state: AccountState, nowMs: number, lagMs: number): AccountState {
    const { accountSid } = state.account;
    const moment = this.#moments.find(
      (entry) => entry.accountSid === accountSid && entry.atMs > nowMs - lagMs,
    );
    return moment ? stateOf(structuredClone(moment.snapshot)) : state;
  }

  forget(): void {
    this.#moments = [];
  }
}
