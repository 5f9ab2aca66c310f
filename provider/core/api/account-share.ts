import type { CollectionReaders } from "../../http/pages";
import { Residents } from "./default-service";

/** What is asked once a run. */
export interface Questions {
  /** What was asked before a write, or while it is under way, says nothing of what is there after it. */
  forget(path: string, write: Promise<unknown>): void;
}

/** What all connections to one account share: two names can be of one, each with credentials of its own. */
export class AccountShare {
  readonly residents = new Residents();
  readonly readers: CollectionReaders[] = [];
  readonly questions: Questions[] = [];
  lastWriteMs = Number.NEGATIVE_INFINITY;
}
