import { deepEqual } from "node:assert/strict";
import type { Extent } from "../../../provider/cli/import/account";
import type { ImportRow } from "../../../provider/cli/import/declaration";
import { programText } from "../../../provider/cli/import/program";
import { readProgram } from "../../../provider/cli/import/read-program";
import { type Definition, fieldsOf } from "../../../provider/core/definition/define";
import { type Json, type JsonObject, sameJson, without } from "../../../provider/core/json";
import { Lifecycle } from "../../../provider/core/lifecycle/lifecycle";
import type { ResourceProvider } from "../../../provider/core/lifecycle/operations";
import { RosterLifecycle } from "../../../provider/core/roster/lifecycle";
import { Session } from "../../../provider/core/run/session";
import { lookUp } from "../../../provider/functions/call/lookup";
import { configurationLookup } from "../../../provider/functions/configuration";
import { roleLookup } from "../../../provider/functions/role";
import { serviceLookup } from "../../../provider/functions/service";
import type { Clock } from "../../../provider/http/clock";
import { definitions, roster } from "../../../provider/resources";
import type { Simulator } from "../../../simulator";
import type { AccountRecipe } from "./account-recipe";
import { type Registration, runProgram, withoutSecrecy } from "./program-run";

/** What an import has written. */
export interface Imported {
  readonly program: string;
  readonly rows: readonly ImportRow[];
  readonly notes: readonly string[];
  readonly secretKeys: readonly string[];
}

export async function imported(
  simulator: Simulator,
  { membersAs, ...extent }: Pick<AccountRecipe, "membersAs"> & Partial<Extent>,
  clock: Clock,
): Promise<Imported> {
  const { generated, notes, secretKeys } = await readProgram(sessionOf(simulator, clock), {
    extent: { serviceSid: undefined, conversations: [], userConversations: false, ...extent },
    membersAs,
    onRead: () => undefined,
  });
  return { program: programText(generated.program), rows: generated.rows, notes, secretKeys };
}

/** What the program shows of what the import has recorded: nothing is to be done, and a refresh finds it as it is. */
export async function previewed(simulator: Simulator, generated: Imported, clock: Clock): Promise<void> {
  const session = sessionOf(simulator, clock);
  const rows = new Map(generated.rows.map((row) => [`${typeOf(row)} ${row.name}`, row]));
  const seen: string[] = [];
  await runProgram(generated.program, generated.secretKeys, {
    lookUp: (name, args) => lookedUp(session, name, args),
    async register(registration) {
      const key = `${registration.type} ${registration.name}`;
      const row = rows.get(key);
      if (row === undefined) throw new Error(`${key} would be created`);
      seen.push(key);
      const { life, definition } = lifeOf(session, registration);
      const olds = declared(row.inputs);
      const state = declared(withoutSecrecy(row.outputs) as JsonObject);
      const checked = life.check(olds, said(definition, registration));
      deepEqual(checked.failures, [], key);
      const found = await life.read(row.id, state);
      deepEqual(found?.state, state, `${key}: a refresh`);
      deepEqual(found?.inputs, olds, `${key}: what a refresh makes of the inputs`);
      const { changes } = life.diff(row.id, state, checked.inputs);
      const isSame = changes === false || (changes === undefined && sameJson(checked.inputs, olds));
      if (!isSame) deepEqual(checked.inputs, olds, key);
      deepEqual(isSame, true, `${key}: a change`);
      return { id: row.id, state };
    },
  });
  deepEqual(seen.sort(), [...rows.keys()].sort());
}

/** SIDs by type and name of the resource, and of a roster's members by `Participant NAME/LABEL`. */
export type Made = ReadonlyMap<string, string>;

/** Brings the program up in an account that has nothing of it. */
export async function broughtUp(simulator: Simulator, generated: Imported, clock: Clock): Promise<Made> {
  const session = sessionOf(simulator, clock);
  const made = new Map<string, string>();
  await runProgram(generated.program, generated.secretKeys, {
    lookUp: (name, args) => lookedUp(session, name, args),
    async register(registration) {
      const { life } = lifeOf(session, registration);
      const { inputs, failures } = life.check({}, declared(registration.inputs));
      deepEqual(failures, [], `${registration.type} ${registration.name}`);
      const { sid, state } = await life.create(inputs);
      noteMade(made, registration, sid, state);
      return { id: sid, state };
    },
  });
  return made;
}

export function noteMade(
  made: Map<string, string>,
  { type, name }: Pick<Registration, "type" | "name">,
  sid: string,
  { sids }: Readonly<Record<string, unknown>>,
): void {
  made.set(`${type} ${name}`, sid);
  if (type === roster.type)
    for (const [label, member] of Object.entries((sids ?? {}) as Record<string, string>))
      made.set(`Participant ${name}/${label}`, member);
}

export function typeOf({ type }: Pick<ImportRow, "type">): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

function sessionOf(simulator: Simulator, clock: Clock): Session {
  return new Session(
    simulator.env,
    () => undefined,
    () => undefined,
    clock,
  );
}

function lifeOf(
  session: Session,
  { type }: Registration,
): { life: ResourceProvider; definition: Definition } {
  if (type === roster.type) return { life: new RosterLifecycle(roster, session), definition: roster };
  const definition = definitions.find((one) => one.type === type);
  if (definition === undefined) throw new Error(`${type} is no type of ours`);
  return { life: new Lifecycle(definition, session), definition };
}

function lookedUp(session: Session, name: string, args: JsonObject): Promise<Json> {
  const lookup = [roleLookup, configurationLookup, serviceLookup].find((one) => one.name === name);
  if (lookup === undefined) throw new Error(`the program looks up ${name}`);
  return lookUp(session, lookup, args);
}

function declared(inputs: JsonObject): JsonObject {
  return without(inputs, ["__provider"]);
}

/** The program has `ignoreChanges` for what Twilio never tells. */
function said(definition: Definition, { inputs }: Registration): JsonObject {
  const secrets = fieldsOf(definition).filter(({ policy }) => policy.secret === true);
  return without(
    declared(inputs),
    secrets.map(({ name }) => name),
  );
}
