import type { AccountState } from "../state/account-state";
import { type Snapshot, snapshotOf, stateOf } from "../state/snapshot";

interface Moment {
  atMs: number;
  accountSid: string;
  snapshot: Snapshot;
}

/** The store as it was before the last writes, kept only while reads are to lag behind. */
export class Past {
  #moments: Moment[] = [];

  /** To be called before each write; forgets what no lag reaches back to. */
  remember(state: AccountState, nowMs: number, lagMs: number): void {
    this.#moments = this.#moments.filter((moment) => moment.atMs > nowMs - lagMs);
    const accountSid = state.account.accountSid;
    this.#moments.push({ atMs: nowMs, accountSid, snapshot: structuredClone(snapshotOf(state)) });
  }

  /** The account as it was so long ago, if a write has happened since. */
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
