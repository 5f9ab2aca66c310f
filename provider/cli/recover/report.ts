import { printableLine } from "../../http/redaction/printable";
import type { Paint } from "../terminal/colour";
import { shellWord } from "../terminal/text";

export type StepKind = "lock" | "attributes" | "state" | "pending";

/** Labels for users; "attributes" would suggest Twilio's. */
const LABELS: Readonly<Record<StepKind, string>> = {
  lock: "lock",
  attributes: "metadata",
  state: "state",
  pending: "pending",
};

/** One change that mends something. */
export interface Step {
  readonly kind: StepKind;
  readonly found: readonly string[];
  readonly question: string;
  readonly done: string;
  /** Names of those who may still work on the stack out of sight; the step needs each of them confirmed. */
  readonly unseen?: readonly string[];
  /** Whether there is no evidence for it. */
  readonly isAssumed?: boolean;
}

export interface Diagnosis {
  /** Why nothing can be done, and how to continue. */
  readonly refusal?: string;
  /** Whether the refusal is due to a running process. */
  readonly isBusy?: boolean;
  readonly steps: readonly Step[];
  /** Findings that are left as they are. */
  readonly notes: readonly string[];
}

/**
 * The stack's condition: nothing to mend, refused, a run under way, a run possibly under way out of sight, or as a
 * killed run left it.
 */
export type Condition = "well" | "refused" | "at work" | "perhaps at work" | "left";

export function conditionOf({ refusal, isBusy, steps }: Diagnosis): Condition {
  if (refusal !== undefined) return isBusy === true ? "at work" : "refused";
  const seen = steps.filter(({ isAssumed }) => isAssumed !== true);
  if (seen.length === 0) return "well";
  return steps.some(({ unseen }) => unseen !== undefined) ? "perhaps at work" : "left";
}

/** The result of mending. */
export interface Outcome {
  readonly done: readonly Step[];
  /** Further details for the user. */
  readonly details: readonly string[];
}

export interface Subject {
  readonly stack: string;
  readonly backend: string;
}

export function isMended({ refusal, steps }: Diagnosis, { done }: Outcome): boolean {
  return refusal === undefined && steps.every((step) => done.includes(step));
}

export function foundText(
  { stack, backend }: Subject,
  { refusal, steps, notes }: Diagnosis,
  paint: Paint,
): string {
  const lines = steps.flatMap(({ kind, found }) =>
    found.map((text) => row(paint("yellow", label(LABELS[kind])), text)),
  );
  const all = [...lines, ...notes.map((text) => row(paint("cyan", label("note")), text))];
  return [
    `Stack ${paint("bold", stack)} in ${printableLine(backend)}`,
    ...(refusal === undefined ? all : []),
    ...(refusal === undefined && steps.length === 0 ? [paint("green", "Nothing to mend.")] : []),
  ].join("\n");
}

/** What the user's flags allow, and whether the command can ask. */
export interface Agreement {
  readonly isYes: boolean;
  readonly isAsking: boolean;
  /** Names of holders whose locks may be cancelled. */
  readonly forced: readonly string[];
}

export function endText(
  { stack }: Subject,
  diagnosis: Diagnosis,
  outcome: Outcome,
  agreement: Agreement,
  paint: Paint,
): string {
  const { isYes, isAsking, forced } = agreement;
  const unmatched = unmatchedIn(diagnosis, forced);
  if (diagnosis.steps.length === 0) return unmatched.join("\n");
  const isDryRun = !isYes && !isAsking;
  const undone = diagnosis.steps.filter((step) => !outcome.done.includes(step));
  const unseen = unseenIn(diagnosis, outcome);
  const missing = unseen.filter((name) => !forced.includes(name));
  return [
    ...outcome.done.map(({ done }) => row(paint("green", label("done")), done)),
    ...outcome.details.map((text) => row(label(""), text)),
    ...(isDryRun ? [] : undone.map(({ kind }) => row(paint("red", label("not done")), LABELS[kind]))),
    ...unmatched,
    ...(missing.length > 0
      ? [
          `--yes does not cancel a lock whose run may be alive. If you are sure that it is not, add --force-unlock ${unseen.map(shellWord).join(" ")}`,
        ]
      : []),
    ...(missing.length === 0 && unseen.length > 0 && isDryRun
      ? ["--force-unlock says whose lock may be cancelled, and cancels nothing without --yes."]
      : []),
    isDryRun
      ? "Nothing was changed. Run it with --yes, or in a terminal, where it asks."
      : undone.length === 0
        ? nextStep(stack, diagnosis)
        : isAsking
          ? "Not mended. Run it again to be asked again."
          : `Not mended. Run it again with ${missing.length > 1 ? "these names" : "this name"}.`,
  ].join("\n");
}

/** Names given that match no lock: mistyped, or the lock does not exist. */
function unmatchedIn({ refusal, steps }: Diagnosis, forced: readonly string[]): string[] {
  if (refusal !== undefined) return [];
  const known = steps.flatMap(({ unseen = [] }) => unseen);
  return [...new Set(forced)]
    .filter((name) => !known.includes(name))
    .map((name) => `--force-unlock ${shellWord(name)}: no lock here waits for this name.`);
}

export function jsonReport(subject: Subject, diagnosis: Diagnosis, outcome: Outcome, { forced }: Agreement) {
  const { refusal, steps, notes } = diagnosis;
  const unseen = unseenIn(diagnosis, outcome);
  return {
    ...subject,
    mended: isMended(diagnosis, outcome),
    ...(refusal !== undefined && { refusal }),
    found: steps.flatMap(({ kind, found }) => found.map((text) => ({ kind, text }))),
    done: outcome.done.map(({ kind, done }) => ({ kind, text: done })),
    details: outcome.details,
    notes: [...notes, ...unmatchedIn(diagnosis, forced)],
    ...(unseen.length > 0 && { forceUnlock: unseen }),
    ...(isMended(diagnosis, outcome) && { next: `pulumi up --stack ${shellWord(subject.stack)}` }),
  };
}

/** The names that the steps left undone require. */
function unseenIn({ refusal, steps }: Diagnosis, { done }: Outcome): string[] {
  if (refusal !== undefined) return [];
  return steps.filter((step) => !done.includes(step)).flatMap(({ unseen = [] }) => unseen);
}

/**
 * If the program is changed back before the next `up`, it equals the state, and only a refresh shows what the
 * interrupted operation did.
 */
function nextStep(stack: string, { steps }: Diagnosis): string {
  const next = `Next: pulumi up --stack ${shellWord(stack)}`;
  const isPending = steps.some(({ kind }) => kind === "pending");
  return isPending ? `${next} (with --refresh, if you change the program before it)` : next;
}

function label(text: string): string {
  return text.padEnd(10);
}

function row(painted: string, text: string): string {
  return `  ${painted} ${printableLine(text)}`;
}
