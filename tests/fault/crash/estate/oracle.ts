import { isSingleton } from "../../../../provider/core/definition/define";
import { type JsonObject, objectIn } from "../../../../provider/core/json";
import { writtenIn } from "../../../../provider/core/roster/state";
import { definitions } from "../../../../provider/resources";
import type { Simulator } from "../../../../simulator";
import { nameOf, type StackState, type StateRow } from "../../../support/stack/stack-folder";
import { tableOf } from "../../../types";
import type { Declared } from "../../../types/in-estate";
import { namesIn } from "./estate";

type Fields = Readonly<Record<string, unknown>>;
type Prefix = Parameters<Simulator["rows"]>[0];

/** The types whose objects have SIDs. */
const KINDS = definitions.flatMap((definition) => {
  if (isSingleton(definition)) return [];
  const { type, sidPrefix } = definition;
  const { label } = tableOf(type);
  if (label === undefined) throw new Error(`the table of ${type} in tests/types has no label`);
  return [{ type, prefix: sidPrefix as Prefix, label }];
});

/** Compares what lives on Twilio with what is recorded and what is declared; nothing found is right. */
export class Oracle {
  /** What an account has before any program. */
  readonly #standing: ReadonlySet<string>;
  readonly #defaultRoles: ReadonlySet<unknown>;

  /** The simulator is as after a reset. */
  constructor(
    private readonly simulator: Simulator,
    private readonly declared: readonly Declared[],
  ) {
    this.#standing = new Set(simulator.services().map(({ sid }) => sid));
    this.#defaultRoles = new Set(simulator.roles().map((role) => role["friendly_name"]));
  }

  findings(state: StackState): string[] {
    const recorded = state.resources.map(({ urn }) => nameOf(urn));
    const declared = namesIn(this.declared);
    return [
      ...without(declared, recorded).map((name) => `${name} is declared and not recorded`),
      ...this.unrecorded(state),
    ];
  }

  /** The same of a run that has not come to its end: whatever there is, is recorded. */
  unrecorded(state: StackState): string[] {
    const recorded = state.resources.map(({ urn }) => nameOf(urn));
    return [
      ...without(recorded, namesIn(this.declared)).map(
        (name) => `${name} is recorded more often than declared`,
      ),
      ...(state.pending === 0 ? [] : [`${state.pending} operations are pending`]),
      ...KINDS.flatMap(({ type: kind, prefix, label }) => {
        const rows = [...state.resources, ...state.resources.flatMap(membersIn)].filter(({ type }) =>
          type.endsWith(`:${kind}`),
        );
        return this.findingsOf(kind, rows, this.simulator.rows(prefix), label);
      }),
    ];
  }

  private findingsOf(
    kind: string,
    recorded: readonly StateRow[],
    live: readonly Fields[],
    label: readonly string[],
  ): string[] {
    const labels = new Map(live.map((row) => [String(row["sid"]), labelOf(row, label)]));
    const sids = recorded.map(({ id }) => id);
    const unrecorded = live.filter((row) => !sids.includes(String(row["sid"])) && !this.#appears(kind, row));
    return [
      ...recorded.flatMap(({ urn, id, inputs, outputs }) => {
        const expected = labelOf(snakeCased({ ...outputs, ...inputs }), label);
        return labels.get(id) === expected
          ? []
          : [`${nameOf(urn)} is ${expected}, its ${id} is ${labels.get(id)}`];
      }),
      ...without(sids, [...new Set(sids)]).map((id) => `${id} is recorded twice`),
      ...unrecorded.map((row) => {
        const isTwin = sids.some((id) => labels.get(id) === labelOf(row, label));
        return `${isTwin ? "duplicate" : "orphan"}: ${kind} ${row["sid"]} ${labelOf(row, label)}`;
      }),
    ];
  }

  /** Whether it comes by itself: a service's own roles, and a user of each identity that joins a conversation. */
  #appears(kind: string, row: Fields): boolean {
    if (kind === "User")
      return this.simulator
        .participants()
        .some(
          (member) =>
            member["identity"] === row["identity"] && member["chat_service_sid"] === row["chat_service_sid"],
        );
    if (kind === "Role") return this.#defaultRoles.has(row["friendly_name"]);
    return this.#standing.has(String(row["sid"]));
  }
}

/** The members of a roster, as if each were recorded by itself. */
function membersIn({ urn, type, inputs, outputs }: StateRow): StateRow[] {
  if (!type.endsWith(":Roster")) return [];
  const { sids, ...state } = outputs as JsonObject & { sids: Record<string, string> };
  const members = writtenIn(state);
  return Object.entries(sids).map(([label, id]) => ({
    urn: `${urn}-${label}`,
    type: ":Participant",
    id,
    inputs: { ...inputs, ...objectIn(members, label) },
    outputs: {},
  }));
}

/** Each taken away once for each time that it stands in the other list. */
function without(all: readonly string[], some: readonly string[]): string[] {
  const rest = [...all];
  for (const one of some) {
    const at = rest.indexOf(one);
    if (at >= 0) rest.splice(at, 1);
  }
  return rest;
}

function labelOf(row: Fields, label: readonly string[]): string {
  const values = label.map((path) =>
    path.split(".").reduce<unknown>((value, key) => fieldOf(value, key), row),
  );
  return JSON.stringify(values.map((value) => value ?? null));
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Fields)[key] : undefined;
}

function snakeCased(fields: Fields): Fields {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [snake(name), value]));
}
