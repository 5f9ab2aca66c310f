export type StepKind = "lock" | "attributes" | "state" | "pending";

/** One change that mends something. */
export interface Step {
  readonly kind: StepKind;
  readonly found: readonly string[];
  readonly question: string;
  readonly done: string;
}

export interface Diagnosis {
  /** Why nothing at all is done, and how to go on. */
  readonly refusal?: string;
  /** Whether it is refused because a process that runs works on the stack. */
  readonly isBusy?: boolean;
  readonly steps: readonly Step[];
  /** What is found and left as it is. */
  readonly notes: readonly string[];
}

/** How it ended. */
export interface Outcome {
  readonly done: readonly Step[];
  /** What else there is to say of what was done. */
  readonly details: readonly string[];
}

export interface Subject {
  readonly stack: string;
  readonly backend: string;
}

export function isMended({ refusal, steps }: Diagnosis, { done }: Outcome): boolean {
  return refusal === undefined && steps.every((step) => done.includes(step));
}

export function foundText({ stack, backend }: Subject, { refusal, steps, notes }: Diagnosis): string {
  const lines = steps.flatMap(({ kind, found }) => found.map((text) => row(kind, text)));
  const all = [...lines, ...notes.map((text) => row("note", text))];
  return [
    `Stack ${stack} in ${backend}`,
    ...(refusal === undefined ? all : []),
    ...(refusal === undefined && steps.length === 0 ? ["Nothing to mend."] : []),
  ].join("\n");
}

export function endText(
  { stack }: Subject,
  diagnosis: Diagnosis,
  outcome: Outcome,
  isDryRun: boolean,
): string {
  if (diagnosis.steps.length === 0) return "";
  const undone = diagnosis.steps.filter((step) => !outcome.done.includes(step));
  return [
    ...outcome.done.map(({ done }) => row("done", done)),
    ...outcome.details.map((text) => row("", text)),
    ...(isDryRun ? [] : undone.map(({ kind }) => row("not done", kind))),
    isDryRun
      ? "Nothing was changed. Run it with --yes, or in a terminal, where it asks."
      : undone.length > 0
        ? "Not mended. Run it again to be asked again."
        : nextStep(stack, diagnosis),
  ].join("\n");
}

export function jsonReport(subject: Subject, diagnosis: Diagnosis, outcome: Outcome) {
  const { refusal, steps, notes } = diagnosis;
  return {
    ...subject,
    mended: isMended(diagnosis, outcome),
    ...(refusal !== undefined && { refusal }),
    found: steps.flatMap(({ kind, found }) => found.map((text) => ({ kind, text }))),
    done: outcome.done.map(({ kind, done }) => ({ kind, text: done })),
    details: outcome.details,
    notes,
    ...(isMended(diagnosis, outcome) && { next: `pulumi up --stack ${subject.stack}` }),
  };
}

/** A program that is changed back before the next `up` equals the state, and then only Twilio knows what was done. */
function nextStep(stack: string, { steps }: Diagnosis): string {
  const next = `Next: pulumi up --stack ${stack}`;
  const isPending = steps.some(({ kind }) => kind === "pending");
  return isPending ? `${next} (with --refresh, if you change the program before it)` : next;
}

function row(label: string, text: string): string {
  return `  ${label.padEnd(10)} ${text}`;
}
