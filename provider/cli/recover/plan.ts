import { basename, dirname } from "node:path";
import type { Checkpoint, PendingOperation } from "./checkpoint";
import type { Findings, FoundFile } from "./findings";
import { describeLock, isProvedGone, moment, nameOf } from "./lock";
import { describePending, isRecoverable } from "./pending";
import type { Diagnosis, Step } from "./report";

/** What to mend: the steps shown to the user, and the details to carry them out. */
export interface Plan extends Diagnosis {
  readonly locks: readonly string[];
  readonly brokenAttributes: readonly string[];
  /** The current state file. */
  readonly state?: FoundFile;
  /** The file that replaces the state. */
  readonly restored?: FoundFile;
  readonly dropped: readonly PendingOperation[];
}

export function planOf(findings: Findings, nowMs: number): Plan {
  const alive = findings.locks.filter(({ holder }) => holder === "alive");
  const restored = restoredFrom(findings);
  const { checkpoint } = (restored ?? findings.state)?.judgement ?? {};
  const pending = checkpoint?.pending ?? [];
  const dropped = pending.filter(isRecoverable);
  const steps = [
    lockStep(findings, nowMs),
    attributesStep(findings),
    stateStep(findings, restored, nowMs),
    pendingStep(dropped),
  ];
  return {
    refusal:
      alive.length > 0
        ? refusalOf(alive.map((lock) => describeLock(lock, nowMs)))
        : (doubtIn(findings) ?? lossOf(findings, restored)),
    isBusy: alive.length > 0,
    steps: steps.filter((step) => step !== undefined),
    notes: pending.filter((operation) => !isRecoverable(operation)).map(describePending),
    locks: findings.locks.map(({ file }) => file),
    brokenAttributes: findings.brokenAttributes,
    state: findings.state,
    restored,
    dropped,
  };
}

/**
 * The file to restore: the newest complete copy where the state is broken. Where it is complete, only a later write
 * that a kill kept Pulumi from renaming.
 */
export function restoredFrom({ state, copies, unfinished }: Findings): CompleteFile | undefined {
  if (state?.judgement.unreadable !== undefined) return undefined;
  const complete = [...copies, ...unfinished].filter(isComplete).sort((a, b) => b.writtenMs - a.writtenMs);
  return isComplete(state) ? complete.find((one) => isLater(one, state)) : complete[0];
}

/** Compares every time available: its writer's clock may have been ahead of a later run's. */
function isLater(one: CompleteFile, state: CompleteFile): boolean {
  const { recordedMs = 0 } = one.judgement.checkpoint;
  return (
    one.writtenMs >= state.writtenMs &&
    one.changedMs >= state.changedMs &&
    recordedMs > (state.judgement.checkpoint.recordedMs ?? 0)
  );
}

type CompleteFile = FoundFile & { readonly judgement: { readonly checkpoint: Checkpoint } };

function isComplete(found: FoundFile | undefined): found is CompleteFile {
  return found?.judgement.checkpoint !== undefined;
}

function refusalOf(locks: string[]): string {
  return `The stack is ${locks.join("; ")}. Wait until it ends, or stop it with Ctrl-C where it runs. If that process is not Pulumi, run \`pulumi cancel\` and then this again.`;
}

/** An unreadable file can be the newest, and then no older one may replace it. */
function doubtIn({ state, copies, unfinished }: Findings): string | undefined {
  const known = [state, ...copies, ...unfinished].filter(isComplete);
  const newestMs = Math.max(...known.map(({ writtenMs }) => writtenMs));
  const doubtful = [...copies, ...unfinished].filter(({ writtenMs }) => writtenMs >= newestMs);
  const [found] = [...(state === undefined ? [] : [state]), ...doubtful].filter(
    ({ judgement }) => judgement.unreadable !== undefined,
  );
  if (found === undefined) return undefined;
  const hint = found === state ? "" : " Where it is of no use, put it aside, and run this again.";
  return `The state ${found.file} ${found.judgement.unreadable}. Nothing was done.${hint}`;
}

function lossOf({ state, stateFile }: Findings, restored: CompleteFile | undefined): string | undefined {
  if (isComplete(state) || restored !== undefined) return undefined;
  return `The state ${stateFile} ${state?.judgement.broken ?? "is gone"}, and there is no complete copy of it beside it, in the history or in the backups. Put a copy of your own in its place, then run this again.`;
}

function lockStep({ locks, place }: Findings, nowMs: number): Step | undefined {
  if (locks.length === 0) return undefined;
  const them = locks.length === 1 ? "the lock" : `the ${locks.length} locks`;
  const outOfSight = locks.filter(({ holder }) => !isProvedGone(holder));
  const unseen = [...new Set(outOfSight.map((lock) => nameOf(lock, basename(place.locks))))];
  return {
    kind: "lock",
    found: locks.map((lock) => describeLock(lock, nowMs)),
    question:
      unseen.length > 0
        ? `Are you sure that no Pulumi works on this stack, and cancel ${them}?`
        : `Cancel ${them}?`,
    done: `cancelled ${them}`,
    ...(unseen.length > 0 && { unseen }),
  };
}

function attributesStep({ brokenAttributes }: Findings): Step | undefined {
  if (brokenAttributes.length === 0) return undefined;
  return {
    kind: "attributes",
    found: brokenAttributes.map(
      (file) =>
        `${file} is empty or cut: because of it, Pulumi cannot read ${basename(file, ".attrs")} beside it`,
    ),
    question: `Put ${brokenAttributes.length === 1 ? "it" : "them"} aside? Pulumi works without.`,
    done: `put aside ${brokenAttributes.map((file) => basename(file)).join(", ")}`,
  };
}

function stateStep(
  { state, stateFile }: Findings,
  restored: CompleteFile | undefined,
  nowMs: number,
): Step | undefined {
  if (restored === undefined) return undefined;
  const { file, writtenMs, judgement } = restored;
  const what = `${judgement.checkpoint.resources} resources, of ${moment(writtenMs, nowMs)}`;
  const name = dirname(file) === dirname(stateFile) ? basename(file) : file;
  return {
    kind: "state",
    found: [
      isComplete(state)
        ? `the last change to ${stateFile} was written to ${name}, which did not replace it yet: ${what}`
        : `${stateFile} ${state?.judgement.broken ?? "is gone"}; the newest complete copy is ${name}: ${what}`,
    ],
    question: "Replace the state with it?",
    done: `replaced ${basename(stateFile)} with ${basename(file)}`,
  };
}

function pendingStep(dropped: readonly PendingOperation[]): Step | undefined {
  if (dropped.length === 0) return undefined;
  const them = dropped.length === 1 ? "the pending operation" : `the ${dropped.length} pending operations`;
  return {
    kind: "pending",
    found: dropped.map(describePending),
    question: `Clear ${them}?`,
    done: `cleared ${them}`,
  };
}
