import type { Json } from "../../../core/json";

/** The classes of rows in report order: security first. */
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
  /** Singular and plural, after a number. */
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
  /** The conversation's name in the program, or its SID. */
  readonly conversation?: string;
  /** Identity or address of the member. */
  readonly member?: string;
  /** Of an unmanaged member: its SID and its role. */
  readonly sid?: string;
  readonly roleSid?: string;
  /** The path of the field; "" for the object itself, whose values say whether it exists. */
  readonly field: string;
  /** As recorded by the last `up`; undefined where nothing was. */
  readonly was?: Json;
  /** As live at Twilio. */
  readonly is?: Json;
  /** As planned, after `up`. */
  readonly willBe?: Json;
  /** Of an object itself: `up` replaces it, so it gets another SID and loses its contents. */
  readonly replaced?: true;
  /** Of an object itself: the stack releases it, and it stays at Twilio. */
  readonly released?: true;
}
