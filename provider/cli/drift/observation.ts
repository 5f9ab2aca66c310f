import { isObject, type JsonObject } from "../../core/json";
import { TYPE_PREFIX } from "../../core/program/provider-text";
import { partsOf, shown } from "./value";

/** The relevant parts of a step event of Pulumi's engine (sdk/go/common/apitype/events.go). */
export interface EngineStep {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old?: EngineState | null;
  readonly new?: EngineState | null;
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
}

export interface EngineState {
  /** In an old state: its URN in the stack, which differs from the step's after an alias. */
  readonly urn?: string;
  readonly id?: string;
  /** A program only reads it (`get`); no stack manages it. */
  readonly external?: boolean;
  /** An earlier replacement could not delete it. */
  readonly delete?: boolean;
  readonly retainOnDelete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>> | null;
  readonly outputs?: Readonly<Record<string, unknown>> | null;
}

/** The values of one resource at one time. */
export interface Snapshot {
  readonly id: string;
  readonly inputs: JsonObject;
  readonly outputs: JsonObject;
}

/** A resource as the refresh preview reported it. */
export interface Observation {
  /** Its URN after the run. */
  readonly urn: string;
  /** `Participant` */
  readonly type: string;
  readonly name: string;
  /** As recorded in the state. */
  readonly recorded?: Snapshot;
  /** As live at Twilio; undefined where it is gone, or never existed. */
  readonly live?: Snapshot;
  /** As planned; undefined where the stack will no longer have it. */
  readonly planned?: Snapshot;
  /** What the engine plans after the refresh: same, create, update, replace, delete. */
  readonly op?: string;
  /** The paths that differ between state and Twilio, and between Twilio and the program. */
  readonly outside: readonly string[][];
  readonly program: readonly string[][];
  /** Another object replaces the live one. */
  readonly isReplaced?: boolean;
  /** The stack releases the object, which stays at Twilio. */
  readonly isReleased?: boolean;
  /** The object is deleted with its parent, whatever the engine plans. */
  readonly isSwept?: boolean;
  /** It adopts an object that another resource had. */
  readonly isSucceeding?: boolean;
  /** Another resource adopts its object. */
  readonly isHandedOver?: boolean;
  /** The role that Twilio assigns once the program declares none, if it was asked. */
  readonly defaultRole?: string;
  /** Of a roster: members that it adopts or keeps from other resources, by their new labels. */
  readonly takenOver?: ReadonlyMap<string, TakenOver>;
  /** Of a roster: labels of members that another resource adopts. */
  readonly handedOver?: ReadonlySet<string>;
}

/** An existing member that a roster adopts. */
export interface TakenOver {
  readonly sid: string;
  /** As recorded by another resource, if there is one. */
  readonly recorded?: Snapshot;
  readonly live: Snapshot;
}

/** Other steps are halves of a replacement, which has a step of its own, or concern what a program only reads. */
const PLANNED = new Set(["same", "create", "update", "replace", "delete", "read"]);

/** The observations of our resources from the steps of a refresh preview, in order of first appearance. */
export function observationsOf(steps: readonly EngineStep[]): Observation[] {
  const seen = new Map<string, Observation>();
  const own = steps.filter(isOurs);
  const refreshes = own.filter(({ op, old }) => op === "refresh" && old?.external !== true);
  for (const step of refreshes) seen.set(keyOf(step), { ...begun(step), ...refreshed(step) });
  const dropped = own.filter(({ op }) => op.startsWith("discard")).map(keyOf);
  for (const key of dropped) seen.delete(key);
  const relinquished = new Set(own.filter(({ op }) => op === "read-replacement").map(({ urn }) => urn));
  // A missing object leaves the state before its creation is planned.
  const gone = new Map([...seen].filter(([, { live }]) => !live).map(([key, { urn }]) => [urn, key]));
  for (const step of own.filter(({ op }) => PLANNED.has(op))) {
    const key = step.old ? keyOf(step) : (gone.get(step.urn) ?? keyOf(step));
    const known = seen.get(key);
    if (step.op === "read") {
      if (known === undefined) continue;
      if (isRelinquished(step)) seen.set(key, { ...known, op: "delete", isReleased: true });
      else seen.delete(key);
    } else if (relinquished.has(step.urn)) seen.set(key, { ...(known ?? begun(step)), ...deleted(step) });
    else seen.set(key, { ...(known ?? begun(step)), ...planned(step, known) });
  }
  return [...seen.values()];
}

/** One URN can stand for several objects in a stack: the current one, and those still to be deleted. */
function keyOf({ urn, old }: EngineStep): string {
  return JSON.stringify([old?.urn ?? urn, old?.id ?? ""]);
}

export function isOurs({ type }: EngineStep): boolean {
  return type.startsWith(TYPE_PREFIX);
}

/** The program now only reads the object that the stack managed, under the same SID. */
function isRelinquished({ old, new: read }: EngineStep): boolean {
  return read?.external === true && old?.external !== true;
}

function begun({ urn, type }: EngineStep): Observation {
  return { ...named(urn), type: type.slice(TYPE_PREFIX.length), outside: [], program: [] };
}

function named(urn: string) {
  return { urn, name: urn.slice(urn.lastIndexOf("::") + 2) };
}

function refreshed(step: EngineStep) {
  return { recorded: snapshot(step.old), live: snapshot(step.new), outside: pathsIn(step) };
}

function planned(step: EngineStep, known: Observation | undefined): Partial<Observation> {
  if (step.op === "delete") return deleted(step);
  // A resource that was only read is now managed.
  const isNew = known?.recorded === undefined && known?.live === undefined;
  const op = step.op === "replace" && isNew ? "create" : step.op;
  const isReplaced = op === "replace";
  return {
    ...named(step.urn),
    op,
    planned: snapshot(step.new),
    program: pathsIn(step),
    ...(isReplaced && { isReplaced }),
    ...(isReplaced && step.old?.retainOnDelete === true && { isReleased: true }),
  };
}

function deleted({ old }: EngineStep): Partial<Observation> {
  return {
    op: "delete",
    planned: undefined,
    program: [],
    ...(old?.retainOnDelete === true && { isReleased: true }),
  };
}

function snapshot(state: EngineState | null | undefined): Snapshot | undefined {
  // Null where the refresh found no object.
  if (!state) return undefined;
  const { id = "", inputs, outputs } = state;
  return { id, inputs: objectOf(inputs), outputs: objectOf(outputs) };
}

function objectOf(values: unknown): JsonObject {
  const plain = shown(values);
  return isObject(plain) ? plain : {};
}

function pathsIn({ detailedDiff }: EngineStep): string[][] {
  return Object.keys(detailedDiff ?? {}).map(partsOf);
}
