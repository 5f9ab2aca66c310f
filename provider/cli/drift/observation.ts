import { isObject, type JsonObject } from "../../engine/json";
import { TYPE_PREFIX } from "../../engine/type-token";
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
  readonly id?: string;
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
  readonly urn: string;
  /** `Participant` */
  readonly type: string;
  readonly name: string;
  /** As the state has it. */
  readonly stored?: Snapshot;
  /** As Twilio has it; left out where it is gone, or was never there. */
  readonly live?: Snapshot;
  /** As it is after an `up`; left out where that deletes it. */
  readonly wanted?: Snapshot;
  /** What the engine does with it after the refresh: same, create, update, replace, delete. */
  readonly op?: string;
  /** The paths that differ between state and Twilio, and between Twilio and the program. */
  readonly outside: readonly string[][];
  readonly program: readonly string[][];
}

/** The rest are the halves of a replacement, whose whole is an event too, or about nothing that changes. */
const OPERATIONS = new Set(["same", "create", "update", "replace", "delete"]);

/** What the steps of a refresh preview say of our resources, in the order in which they were first seen. */
export function observationsOf(steps: readonly EngineStep[]): Observation[] {
  const seen = new Map<string, Observation>();
  // What a program only reads (`get`) is nobody's to change here.
  const read = new Set(steps.filter(({ op }) => op.startsWith("read")).map(({ urn }) => urn));
  for (const step of steps) {
    if (!isOurs(step) || read.has(step.urn)) continue;
    const type = step.type.slice(TYPE_PREFIX.length);
    const name = step.urn.slice(step.urn.lastIndexOf("::") + 2);
    const known = seen.get(step.urn) ?? { urn: step.urn, type, name, outside: [], program: [] };
    if (step.op === "refresh") seen.set(step.urn, { ...known, ...refreshed(step) });
    else if (OPERATIONS.has(step.op)) seen.set(step.urn, { ...known, ...planned(step) });
  }
  return [...seen.values()];
}

export function isOurs({ type }: EngineStep): boolean {
  return type.startsWith(TYPE_PREFIX);
}

function refreshed(step: EngineStep) {
  return { stored: snapshot(step.old), live: snapshot(step.new), outside: pathsIn(step) };
}

function planned(step: EngineStep) {
  const wanted = step.op === "delete" ? undefined : snapshot(step.new);
  return { op: step.op, wanted, program: pathsIn(step) };
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
