import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../../provider/core/json";
import { type Held, heldBy, placeFields } from "../held";
import type { Model } from "../model";
import { type Declaration, declared, ENFORCED, type Kind, REPLACING } from "../program/declaration";
import { LOANS } from "../program/fields";
import { keyOf, type Thing, type World } from "../world";
import { Namesakes } from "./namesakes";

/** What `up` has to create, and what it finds there. */
export interface Plan {
  /** What it holds until it is replaced. */
  readonly replacedKey: string | undefined;
  /** What has its natural key. */
  readonly rival: Thing | undefined;
  /** The same, where it is sure to be taken over. */
  readonly adopted: Thing | undefined;
  /** For what is on loan: as it is to be given back. */
  readonly before: JsonObject | undefined;
}

/** What an `up` is going to meet. */
export interface Forecast {
  readonly isRefreshed: boolean;
  readonly world: World;
  readonly rows: readonly Held[];
  /** By label. */
  readonly fresh: ReadonlyMap<string, Plan>;
  /** Labels that Twilio's rules or ours keep from being created, for certain or by the order of things. */
  readonly refused: readonly string[];
  readonly contended: readonly string[];
  /** Labels of conversations that are closed, and declared open. */
  readonly closed: readonly string[];
  /** Labels of those that are to have the name of a closed one or a stranger, and its key: nothing takes it from there. */
  readonly unnamed: ReadonlyMap<string, string>;
  /** Labels of those that are to take over what is there of their key, where there are several: all but one of these. */
  readonly unclear: ReadonlyMap<string, readonly string[]>;
  /** Labels of members whose addresses a run that was cut has put into another open conversation; and whom, by key. */
  readonly elsewhere: ReadonlyMap<string, string>;
}

export function forecastUp(
  model: Model,
  world: World,
  rows: readonly Held[],
  isRefreshed: boolean,
  nowMs: number,
): Forecast {
  const fresh = new Map<string, Plan>();
  const refused: string[] = [];
  const contended: string[] = [];
  const closed: string[] = [];
  const unnamed = new Map<string, string>();
  const unclear = new Map<string, readonly string[]>();
  const elsewhere = new Map<string, string>();
  const known = new Map<string, string | undefined>(model.anchors);
  const namesakes = new Namesakes(model, world, nowMs);

  const sidOf = (label: string): string | undefined => {
    if (!known.has(label)) consider(label);
    return known.get(label);
  };

  const consider = (label: string): void => {
    known.set(label, undefined);
    const declaration = model.program.get(label);
    if (declaration === undefined) return;
    const row = heldBy(declaration, rows);
    const wanted = declared(declaration, sidOf);
    const isClosed = row !== undefined && isKnownClosed(row) && declaration.fields["state"] !== "closed";
    const isReplacedClosed = isClosed && declaration.fields["onClosed"] === "replace";
    if (isClosed && !isReplacedClosed) closed.push(label);
    const isKept = row && wanted && isThere(row) && !isReplacedClosed && !isUnclear(declaration, row);
    if (isKept && !isReplaced(declaration.kind, row, wanted)) {
      known.set(label, row.sid);
      considerName(declaration, wanted, row);
      return;
    }
    const rivals = wanted ? namesakes.rivalsOf(declaration.kind, wanted, row, staysWithAnother) : [];
    const other = namesakes.inOtherConversation(declaration, wanted);
    if (other !== undefined && !rows.some(({ key }) => key === other.key)) elsewhere.set(label, other.key);
    const [rival, ...more] = rivals;
    const fate = wanted && rival && namesakes.fateOf(declaration, wanted, rival);
    const isOneOfSeveral = more.length > 0 && declaration.fields["adopt"] === "always";
    if (isOneOfSeveral)
      unclear.set(
        label,
        more.map(({ key }) => key),
      );
    const isMine = fate === "adopted" && !isOneOfSeveral;
    if (rival !== undefined && isMine) known.set(label, rival.key);
    if (rival !== undefined && ENFORCED.includes(declaration.kind)) judge(declaration, rival, isMine);
    else if (fate === "refused") refused.push(label);
    fresh.set(label, planOf(declaration, wanted, { rival, isMine, replacedKey: row?.key }));
  };

  const considerName = ({ kind, label }: Declaration, wanted: JsonObject, row: Held): void => {
    const seen = isRefreshed ? world.get(row.key)?.fields : row.outputs;
    if (kind !== "Conversation" || !("uniqueName" in wanted) || seen?.["uniqueName"] === wanted["uniqueName"])
      return;
    const [rival] = namesakes.rivalsOf(kind, wanted, row, staysWithAnother);
    const held = rows.find(({ key }) => key === rival?.key);
    if (rival === undefined) return;
    const holder = held && [...model.program.values()].find((each) => heldBy(each, rows) === held);
    if (rival.fields["state"] !== "closed" && held !== undefined) {
      // What the stack holds gives the name up: in its own update, or in its deletion, which comes last. Only a refresh
      // tells the run of that one.
      if (holder === undefined && !isRefreshed) contended.push(label);
      return;
    }
    // What is closed keeps it, and so does what only a run that was cut knows of, or nobody here.
    if (holder?.fields["onClosed"] === "replace") contended.push(label);
    else unnamed.set(label, rival.key);
  };

  const isThere = ({ key, outputs }: Held): boolean =>
    outputs["missing"] !== true && (!isRefreshed || world.has(key));

  /** Whose name the program comes to use says nothing without asking Twilio, where the program does not declare it. */
  const isUnclear = ({ isByName, refs }: Declaration, { inputs }: Held): boolean =>
    isByName === true &&
    model.anchors.has(refs["conversationSid"] ?? "") &&
    String(inputs["conversationSid"]).startsWith("CH");

  const isKnownClosed = ({ key, kind, outputs }: Held): boolean =>
    kind === "Conversation" &&
    (isRefreshed ? world.get(key)?.fields["state"] : outputs["state"]) === "closed";

  const staysWithAnother = (key: string): boolean => {
    const row = rows.find((each) => each.key === key && !each.isLeaving);
    const holder = row && [...model.program.values()].find((each) => heldBy(each, rows) === row);
    return holder !== undefined && !fresh.has(holder.label);
  };

  const judge = ({ label }: Declaration, rival: Thing, isMine: boolean): void => {
    const row = rows.find((each) => each.key === rival.key);
    const holder = row && [...model.program.values()].find((each) => heldBy(each, rows) === row);
    if (holder !== undefined && holder.label !== label) {
      // Which of the two comes first, that which leaves the key or that which takes it, is the engine's to say.
      sidOf(holder.label);
      const isGivenUp = fresh.has(holder.label) || givesUpName(holder, rival);
      (isGivenUp ? contended : refused).push(label);
    } else if (!isMine) refused.push(label);
  };

  const planOf = (
    { kind, refs }: Declaration,
    wanted: JsonObject | undefined,
    {
      rival,
      isMine,
      replacedKey,
    }: { rival?: Thing | undefined; isMine: boolean; replacedKey?: string | undefined },
  ): Plan => {
    const adopted = isMine ? rival : undefined;
    const plan = { replacedKey, rival, adopted, before: undefined };
    if (kind === "ServiceConfiguration") {
      const serviceSid = sidOf(refs["serviceSid"] ?? "");
      const live = serviceSid === undefined ? undefined : world.get(keyOf(kind, serviceSid))?.fields;
      return { ...plan, before: only(LOANS[kind], live ?? model.defaults[kind]) };
    }
    const isLoan = kind === "User" && adopted !== undefined && wanted !== undefined;
    return isLoan && !namesakes.isLeftBehind(kind, wanted, adopted)
      ? { ...plan, before: only(LOANS[kind], adopted.fields) }
      : plan;
  };

  for (const label of model.program.keys()) sidOf(label);
  return { isRefreshed, world, rows, fresh, refused, contended, closed, unnamed, unclear, elsewhere };
}

/** Labels of those that are refused whatever order the engine takes. */
export function surelyRefused({ refused, closed, unnamed, unclear, elsewhere }: Forecast): string[] {
  return [...refused, ...closed, ...unnamed.keys(), ...unclear.keys(), ...elsewhere.keys()];
}

/** The one key that changes in place. */
function givesUpName({ kind, fields }: Declaration, rival: Thing): boolean {
  return kind === "Conversation" && fields["uniqueName"] !== rival.fields["uniqueName"];
}

function isReplaced(kind: Kind, row: Held, wanted: JsonObject): boolean {
  const has = placeFields(row);
  return REPLACING[kind].some((name) => !isDeepStrictEqual(has[name], wanted[name]));
}

function only(names: readonly string[] | undefined, fields: JsonObject): JsonObject {
  return Object.fromEntries((names ?? []).map((name) => [name, fields[name]])) as JsonObject;
}
