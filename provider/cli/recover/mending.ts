import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { basename, join } from "node:path";
import { withoutPending } from "./checkpoint";
import { asideOf, keepAside, writeDurably } from "./durable-file";
import { type Findings, findingsAt } from "./findings";
import type { Lock } from "./lock";
import type { Place } from "./place";
import { type Plan, planOf } from "./plan";
import type { StepKind } from "./report";

/**
 * Does what was agreed to, and says where the broken files are. The stack is locked meanwhile, so no Pulumi begins to
 * work on it; when this is killed itself, its lock is one more that the next run cancels.
 */
export function mend(place: Place, plan: Plan, agreed: ReadonlySet<StepKind>, nowMs: number): string[] {
  const ownLock = lockStack(place, nowMs);
  try {
    const findings = findingsAt(place, ownLock);
    if (!isSame(planOf(findings, nowMs), plan))
      throw new Error("something changed the stack meanwhile, so nothing was done. Run it again.");
    const details = [
      ...(agreed.has("attributes") ? putAside(plan.brokenAttributes, nowMs) : []),
      ...writeState(findings, plan, agreed, nowMs),
    ];
    if (agreed.has("lock")) for (const lock of plan.locks) removeFile(lock);
    return details;
  } finally {
    removeFile(ownLock);
  }
}

function lockStack({ locks }: Place, nowMs: number): string {
  const file = join(locks, `${randomUUID()}.json`);
  const content: Lock = {
    pid: process.pid,
    username: userInfo().username,
    hostname: hostname(),
    timestamp: new Date(nowMs).toISOString(),
  };
  mkdirSync(locks, { recursive: true });
  writeDurably(file, Buffer.from(JSON.stringify(content)));
  return file;
}

function isSame(one: Plan, other: Plan): boolean {
  const essence = ({ refusal, steps, locks, brokenAttributes, restored, dropped }: Plan) => {
    const unseen = steps.flatMap((step) => step.unseen ?? []);
    return JSON.stringify([refusal === undefined, unseen, locks, brokenAttributes, restored, dropped]);
  };
  return essence(one) === essence(other);
}

function putAside(files: readonly string[], nowMs: number): string[] {
  return files.map((file) => {
    renameSync(file, asideOf(file, nowMs));
    return `kept ${asideOf(file, nowMs)}`;
  });
}

function writeState(
  { state, stateFile, unfinished }: Findings,
  { restored, dropped }: Plan,
  agreed: ReadonlySet<StepKind>,
  nowMs: number,
): string[] {
  const source = agreed.has("state") ? (restored ?? state) : state;
  const drops = agreed.has("pending") && dropped.length > 0;
  if (source === undefined || (source === state && !drops)) return [];
  const bytes = readFileSync(source.file);
  const isDropped = new Set(dropped.map(({ urn, type }) => `${type} ${urn}`));
  const text = drops ? withoutPending(bytes, ({ urn, type }) => isDropped.has(`${type} ${urn}`)) : bytes;

  const details = [];
  if (state?.judgement.broken !== undefined) details.push(`kept ${keepAside(state.file, nowMs)}`);
  // As Pulumi does before each write; a broken state must not take the place of the copy.
  else if (state !== undefined) {
    writeDurably(`${state.file}.bak`, readFileSync(state.file));
    details.push(`the state as it was: ${basename(state.file)}.bak`);
  }
  // They hold a checksum of what was there.
  rmSync(`${stateFile}.attrs`, { force: true });
  writeDurably(stateFile, text);
  if (unfinished.some(({ file }) => file === source.file)) rmSync(source.file, { force: true });
  return details;
}

function removeFile(file: string): void {
  if (existsSync(file)) rmSync(file);
  rmSync(`${file}.attrs`, { force: true });
}
