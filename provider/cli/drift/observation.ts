import { isObject, type JsonObject } from "../../core/json";
import { TYPE_PREFIX } from "../../core/program/provider-text";
import { partsOf, shown } from "./value";

/** The parts of an engine's event that matter here (sdk/go/common/apitype/events.go). */
export interface EngineStep {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old?: EngineState | null;
  readonly new?: EngineState | null;
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
}

export interface EngineState {
  /** Of an old state the URN that it has in the stack: another than the step's where an alias leads to it. */
  readonly urn?: string;
  readonly id?: string;
  /** Nobody's to change here: a program only reads it (`get`). */
  readonly external?: boolean;
  /** It was replaced before, and could not be deleted. */
  readonly delete?: boolean;
  readonly retainOnDelete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>> | null;
  readonly outputs?: Readonly<Record<string, unknown>> | null;
}

/** One resource at one time. */
export interface Snapshot {
  readonly id: string;
  readonly inputs: JsonObject;
  readonly outputs: JsonObject;
}

/** A resource as a refresh preview has shown it. */
export interface Observation {
  /** What it goes by from now on. */
  readonly urn: string;
  /** `Participant` */
  readonly type: string;
  readonly name: string;
  /** As the state has it. */
  readonly stored?: Snapshot;
  /** As Twilio has it; left out where it is gone, or was never there. */
  readonly live?: Snapshot;
  /** As it is after an `up`; left out where the stack does not have it any more then. */
  readonly wanted?: Snapshot;
  /** What the engine does with it after the refresh: same, create, update, replace, delete. */
  readonly op?: string;
  /** The paths that differ between state and Twilio, and between Twilio and the program. */
  readonly outside: readonly string[][];
  readonly program: readonly string[][];
  /** Another object takes the place of the one that is there. */
  readonly isReplaced?: boolean;
  /** What the stack has by now stays at Twilio without it. */
  readonly isReleased?: boolean;
  /** What it lives in goes, and it with that, whatever the engine plans. */
  readonly isSwept?: boolean;
  /** It goes on with an object that another resource had. */
  readonly isSucceeding?: boolean;
  /** Another resource goes on with its object. */
  readonly isHandedOver?: boolean;
  /** The role that a member gets where the program declares none any more, as far as that is asked. */
  readonly defaultRole?: string;
  /** Of a roster: the members that it goes on with or takes over, by the labels that they get. */
  readonly takenOver?: ReadonlyMap<string, TakenOver>;
  /** Of a roster: labels of members that another resource goes on with. */
  readonly handedOver?: ReadonlySet<string>;
}

/** A member that comes to a roster and is there already. */
export interface TakenOver {
  readonly sid: string;
  /** As the state of another resource has it, if one does. */
  readonly was?: Snapshot;
  readonly is: Snapshot;
}

/** The other steps are the halves of a replacement, whose whole is one too, or are about what a program only reads. */
const PLANNED = new Set(["same", "create", "update", "replace", "delete", "read"]);

/** What the steps of a refresh preview say of our resources, in the order in which they were first seen. */
export function observationsOf(steps: readonly EngineStep[]): Observation[] {
  const seen = new Map<string, Observation>();
  const own = steps.filter(isOurs);
  const stored = own.filter(({ op, old }) => op === "refresh" && old?.external !== true);
  for (const step of stored) seen.set(keyOf(step), { ...begun(step), ...refreshed(step) });
  const dropped = own.filter(({ op }) => op.startsWith("discard")).map(keyOf);
  for (const key of dropped) seen.delete(key);
  const relinquished = new Set(own.filter(({ op }) => op === "read-replacement").map(({ urn }) => urn));
  // What is gone has left the state before its creation is planned.
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

/** In the stack the same URN can stand for several: for what is there, and for what is yet to be deleted. */
function keyOf({ urn, old }: EngineStep): string {
  return JSON.stringify([old?.urn ?? urn, old?.id ?? ""]);
}

export function isOurs({ type }: EngineStep): boolean {
  return type.startsWith(TYPE_PREFIX);
}

/** What the stack held is from now on only read, under the same SID. */
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
  return { stored: snapshot(step.old), live: snapshot(step.new), outside: pathsIn(step) };
}

function planned(step: EngineStep, known: Observation | undefined): Partial<Observation> {
  if (step.op === "delete") return deleted(step);
  // What was only read until now comes to be the stack's own.
  const isNew = known?.stored === undefined && known?.live === undefined;
  const op = step.op === "replace" && isNew ? "create" : step.op;
  const isReplaced = op === "replace";
  return {
    ...named(step.urn),
    op,
    wanted: snapshot(step.new),
    program: pathsIn(step),
    ...(isReplaced && { isReplaced }),
    ...(isReplaced && step.old?.retainOnDelete === true && { isReleased: true }),
  };
}

function deleted({ old }: EngineStep): Partial<Observation> {
  return {
    op: "delete",
    wanted: undefined,
    program: [],
    ...(old?.retainOnDelete === true && { isReleased: true }),
  };
}

function snapshot(state: EngineState | null | undefined): Snapshot | undefined {
  // Null where a refresh has found nothing.
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
