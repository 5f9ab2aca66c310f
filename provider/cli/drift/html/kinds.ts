import type { RowClass } from "../row";

/** A sign for each class, for whoever does not see its colour. */
export const MARKS: Readonly<Record<RowClass, string>> = {
  "role-promotion": "▲",
  "program-change": "+",
  "drift-reverted": "≠",
  "drift-kept": "=",
  "deleted-outside": "✕",
  "undeclared-member": "?",
};
