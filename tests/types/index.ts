import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type JsonObject, toPlain } from "../../provider/core/json";
import type { Declaration, World } from "./drifted";
import type { Parts, Places } from "./in-estate";
import type { ReviewedKind } from "./reviewed";
import type { TypeTable } from "./type-table";

type Stack = TypeTable["lifecycle"]["stack"];
type SpecimenOf<S extends Stack> = Extract<TypeTable["lifecycle"], { readonly stack: S }>["specimen"];

/** The tables of all types, by type: whatever file there is below. What others are kept by or refer to comes first. */
const tables = new Map(
  ["service", "conversation", "account"].flatMap((of) =>
    readdirSync(join(__dirname, of)).map((file) => {
      const [table] = Object.values(require(join(__dirname, of, file)) as Record<string, TypeTable>);
      if (table === undefined) throw new Error(`tests/types/${of}/${file} exports no table`);
      return [table.lifecycle.specimen.definition.type, table] as const;
    }),
  ),
);

export function typesWithTable(): string[] {
  return [...tables.keys()];
}

export function tableOf(type: string): TypeTable {
  const table = tables.get(type);
  if (table === undefined) throw new Error(`no file of tests/types exports a table of ${type}`);
  return table;
}

/** What the stack of the lifecycle suite declares. */
export function specimensOf<S extends Stack>(stack: S): SpecimenOf<S>[] {
  return [...tables.values()].flatMap(({ lifecycle }) =>
    lifecycle.stack === stack ? [lifecycle.specimen as SpecimenOf<S>] : [],
  );
}

/** Inputs that declare every field of a type once, as its users write them. */
export function everyField(type: string): JsonObject {
  return structuredClone(tableOf(type).everyField);
}

/** Declarations of a type that a check accepts, with as many fields as can stand together. */
export function acceptedDeclarations(type: string): JsonObject[] {
  return (tableOf(type).alternatives ?? [{}]).map(
    (alternative) => toPlain({ ...everyField(type), ...alternative }) as JsonObject,
  );
}

/** Declarations of a type that together declare each field which Twilio tells of, and what others make of them. */
export function driftedDeclarations(type: string, world: World): readonly Declaration[] {
  return tableOf(type).drifted(world);
}

/** The kinds of the table of drift reviews, each with its type. */
export function reviewedKinds(): ReviewedKind[] {
  return [...tables].flatMap(([type, { reviewed }]) =>
    reviewed.map((kind) => ({ name: type, ...kind, type })),
  );
}

/** What each type that is in a conversation, a roster too, says besides it. */
export function argsInConversations(): Record<string, JsonObject> {
  const roster: [string, JsonObject] = ["Roster", { members: { carol: { identity: "carol" } } }];
  return Object.fromEntries([
    roster,
    ...[...tables].flatMap(([type, { inConversation }]) =>
      inConversation === undefined ? [] : [[type, inConversation] as const],
    ),
  ]);
}

/** What each type that has a part in such a place of the estate declares there, by type. */
export function partsOfEstate<Kind extends keyof Places>(kind: Kind): (readonly [string, Parts[Kind]])[] {
  return [...tables].flatMap(([type, { inEstate }]) => {
    const { [kind]: part }: Partial<Parts> = inEstate;
    return part === undefined ? [] : [[type, part] as const];
  });
}
