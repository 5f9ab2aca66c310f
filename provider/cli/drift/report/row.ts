import type { Json } from "../../../core/json";

/** The classes of rows, in the order of a report: what matters to security comes first. */
export const CLASSES = [
  "role-promotion",
  "program-change",
  "drift-reverted",
  "drift-kept",
  "deleted-outside",
  "undeclared-member",
] as const;
export type RowClass = (typeof CLASSES)[number];

interface ClassWords {
  readonly title: string;
  /** After a number: one, several. */
  readonly counted: readonly [string, string];
}

export const WORDS: Readonly<Record<RowClass, ClassWords>> = {
  "role-promotion": {
    title: "Roles and permissions",
    counted: ["change of a role", "changes of roles"],
  },
  "program-change": {
    title: "Changes of the program",
    counted: ["program change", "program changes"],
  },
  "drift-reverted": {
    title: "Drift that `up` reverts",
    counted: ["drift to revert", "drifts to revert"],
  },
  "drift-kept": {
    title: "Drift that `up` keeps: equal to the program by now, or ignored by it",
    counted: ["drift equal to the program", "drifts equal to the program"],
  },
  "deleted-outside": {
    title: "Deleted outside",
    counted: ["deleted outside", "deleted outside"],
  },
  "undeclared-member": {
    title: "Members nobody declared",
    counted: ["undeclared member", "undeclared members"],
  },
};

/** One difference, down to the key of an attribute. */
export interface Row {
  readonly class: RowClass;
  readonly stack: string;
  /** Type and name in the program: `Participant alice`. */
  readonly resource: string;
  /** The conversation's name as the program knows it, or its SID. */
  readonly conversation?: string;
  /** Identity or address of the member. */
  readonly member?: string;
  /** Of a member nobody declared: its SID, and the role that it has. */
  readonly sid?: string;
  readonly roleSid?: string;
  /** The path of the field; "" for the object itself, whose values are whether it exists. */
  readonly field: string;
  /** What the last `up` recorded; left out where there was nothing. */
  readonly was?: Json;
  /** What Twilio holds. */
  readonly is?: Json;
  /** What it is after an `up`. */
  readonly willBe?: Json;
  /** Of an object itself: another takes its place, with another SID and without what was in it. */
  readonly replaced?: true;
  /** Of an object itself: what is there by now stays at Twilio, and the stack lets go of it. */
  readonly released?: true;
}
