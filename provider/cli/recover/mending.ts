import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { ownUser } from "../pulumi/project";
import { withoutPending } from "./checkpoint";
import { asideOf, keepAside, writeDurably } from "./durable-file";
import { digestOf, type Findings, type FoundFile, findingsAt } from "./findings";
import type { Lock } from "./lock";
import type { Place } from "./place";
import { isAbsent, readPlain } from "./plain-file";
import { type Plan, planOf } from "./plan";
import type { StepKind } from "./report";

class ChangedMeanwhile extends Error {
  override name = "ChangedMeanwhile";

  constructor() {
    super("something changed the stack meanwhile, so its state was left as it is. Run it again.");
  }
}

/**
 * Carries out the agreed steps and returns where it kept broken files. It locks the stack meanwhile, so no Pulumi run
 * starts. If it is killed itself, the next run cancels its lock.
 */
export function mend(place: Place, plan: Plan, agreed: ReadonlySet<StepKind>, nowMs: number): string[] {
  const ownLock = lockStack(place, nowMs);
  const details: string[] = [];
  try {
    const findings = findingsAt(place, ownLock);
    if (!isSame(planOf(findings, nowMs), plan)) throw new ChangedMeanwhile();
    // Prepare the new state first: a failure here changes nothing.
    const exchange = exchangeIn(findings, plan, agreed);
    if (agreed.has("attributes")) putAside(plan.brokenAttributes, nowMs, details);
    if (exchange !== undefined) exchangeState(findings, exchange, nowMs, details);
    if (agreed.has("lock")) for (const lock of plan.locks) removeFile(lock);
    return details;
  } catch (error) {
    if (error instanceof Error && details.length > 0)
      error.message += `\nDone before that: ${details.join("; ")}`;
    throw error;
  } finally {
    removeFile(ownLock);
  }
}

function lockStack({ locks }: Place, nowMs: number): string {
  const file = join(locks, `${randomUUID()}.json`);
  const content: Lock = {
    pid: process.pid,
    username: ownUser().name,
    hostname: hostname(),
    timestamp: new Date(nowMs).toISOString(),
  };
  try {
    mkdirSync(locks, { recursive: true });
    writeDurably(file, Buffer.from(JSON.stringify(content)));
  } catch (error) {
    throw withPrefix("nothing was done, since the stack cannot be locked: ", error);
  }
  return file;
}

function isSame(one: Plan, other: Plan): boolean {
  const essence = ({ refusal, steps, locks, state, brokenAttributes, restored, dropped }: Plan) => {
    const unseen = steps.flatMap((step) => step.unseen ?? []);
    return JSON.stringify([refusal === undefined, unseen, locks, state, brokenAttributes, restored, dropped]);
  };
  return essence(one) === essence(other);
}

function putAside(files: readonly string[], nowMs: number, details: string[]): void {
  for (const file of files) {
    const aside = asideOf(file, nowMs);
    renameSync(file, aside);
    details.push(`kept ${aside}`);
  }
}

/** A replacement for the state; `was` is the state as read. */
interface Exchange {
  readonly source: FoundFile;
  readonly was: Buffer | undefined;
  readonly text: Buffer;
}

function exchangeIn(
  { state }: Findings,
  { restored, dropped }: Plan,
  agreed: ReadonlySet<StepKind>,
): Exchange | undefined {
  const source = agreed.has("state") ? (restored ?? state) : state;
  const drops = agreed.has("pending") && dropped.length > 0;
  if (source === undefined || (source === state && !drops)) return undefined;
  const was = state === undefined ? undefined : bytesOf(state);
  const bytes = source === state && was !== undefined ? was : bytesOf(source);
  const isDropped = new Set(dropped.map(({ urn, type }) => `${type} ${urn}`));
  const text = drops ? withoutPending(bytes, ({ urn, type }) => isDropped.has(`${type} ${urn}`)) : bytes;
  return { source, was, text };
}

/** The bytes judged before; throws if they have changed. */
function bytesOf({ file, digest }: FoundFile): Buffer {
  const bytes = readPlain(file);
  if (digestOf(bytes) !== digest) throw new ChangedMeanwhile();
  return bytes;
}

function exchangeState(
  { state, stateFile, unfinished }: Findings,
  { source, was, text }: Exchange,
  nowMs: number,
  details: string[],
): void {
  if (state?.judgement.broken !== undefined) details.push(`kept ${keepAside(state.file, nowMs)}`);
  // As Pulumi does before each write. A broken state must not replace the copy.
  else if (was !== undefined) {
    writeDurably(`${stateFile}.bak`, was, { like: stateFile });
    details.push(`the state as it was: ${basename(stateFile)}.bak`);
  }
  // The attributes hold a checksum of the old state.
  rmSync(`${stateFile}.attrs`, { force: true });
  const check = () => {
    if (!isStill(stateFile, was)) throw new ChangedMeanwhile();
  };
  try {
    writeDurably(stateFile, text, { like: source.file, check });
  } catch (error) {
    if (error instanceof ChangedMeanwhile) throw error;
    throw withPrefix("the state is unchanged, since it cannot be replaced: ", error);
  }
  if (unfinished.some(({ file }) => file === source.file)) rmSync(source.file, { force: true });
}

function withPrefix(prefix: string, error: unknown): unknown {
  if (error instanceof Error) error.message = prefix + error.message;
  return error;
}

/** A run whose lock was cancelled writes without checking. */
function isStill(file: string, was: Buffer | undefined): boolean {
  return isAbsent(file) ? was === undefined : was !== undefined && readPlain(file).equals(was);
}

function removeFile(file: string): void {
  if (existsSync(file)) rmSync(file);
  rmSync(`${file}.attrs`, { force: true });
}
