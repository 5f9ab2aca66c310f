import { match } from "node:assert/strict";
import fc from "fast-check";
import { interruptions } from "./interruption";
import type { Model } from "./model";
import { destroy, isClean, preview, refresh, refusedChange, up } from "./operations";
import {
  addGuest,
  closeOutside,
  declareOnlyNow,
  deleteOutside,
  drift,
  makeFirst,
  managed,
} from "./outsiders";
import {
  changed,
  editable,
  moved,
  renamed,
  respelt,
  undone,
  withNamesExchanged,
  withOpenField,
  withOtherKey,
  withOtherRole,
} from "./program/changes";
import type { Declaration } from "./program/declaration";
import { declarationOf, pick, recipes } from "./program/recipe";
import { type Real, rowsOf } from "./real";
import { count } from "./tally";

type Command = fc.AsyncCommand<Model, Real>;

/** A command whose text says all that it takes to repeat it. */
function command(text: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (model, real) => {
      trace(text);
      await run(model, real);
    },
    toString: () => text,
  };
}

export function trace(text: string): void {
  if (process.env["MODEL_TRACE"] !== undefined) process.stdout.write(`    ${text}\n`);
}

const textOf = (what: string, ...parts: unknown[]) =>
  `${what}(${parts.map((part) => JSON.stringify(part) ?? "").join(", ")})`;

const ups = fc
  .record({ refresh: fc.nat(2).map((chance) => chance > 0), interruption: interruptions })
  .map((options) =>
    command(textOf("up", options), async (model, real) => {
      await up(model, real, options);
    }),
  );

const looks = fc
  .boolean()
  .map((isRefreshed) =>
    command(textOf("preview", isRefreshed), (model, real) => preview(model, real, isRefreshed)),
  );

const refreshes = interruptions.map((interruption) =>
  command(textOf("refresh", interruption), (model, real) => refresh(model, real, interruption)),
);

const destroys = interruptions.map((interruption) =>
  command(textOf("destroy", interruption), (model, real) => destroy(model, real, interruption)),
);

const additions = recipes.map((recipe) =>
  command(textOf("add", recipe), async (model) => {
    const declaration = declarationOf(model, recipe);
    if (declaration !== undefined) model.declare(declaration);
  }),
);

const EDITS: Record<
  string,
  (model: Model, declaration: Declaration, choice: number) => Declaration | undefined
> = {
  change: changed,
  "change open field": withOpenField,
  "change role": (model, each, choice) =>
    each.kind === "Participant" ? withOtherRole(model, each, choice) : undefined,
  "change key": withOtherKey,
  move: moved,
  "spell otherwise": (_model, each) => respelt(each),
  "rename with alias": (model, each) => renamed(model, each, true),
  "rename without alias": (model, each) => renamed(model, each, false),
};

const edits = fc
  .record({ what: fc.constantFrom(...Object.keys(EDITS)), which: fc.nat(23), choice: fc.nat(11) })
  .map(({ what, which, choice }) =>
    command(textOf(what, which, choice), async (model) => {
      const all = editable(model);
      const edited = all.length === 0 ? undefined : EDITS[what]?.(model, pick(all, which), choice);
      if (edited !== undefined) model.declare(edited);
    }),
  );

const exchanges = fc.nat(11).map((choice) =>
  command(textOf("exchange names", choice), async (model) => {
    const all = withNamesExchanged(model, choice);
    if (all.length > 0) count("names exchanged");
    for (const edited of all) model.declare(edited);
  }),
);

const undos = fc.nat(23).map((which) =>
  command(textOf("undo", which), async (model, real) => {
    const all = editable(model).flatMap((each) => undone(model, each, rowsOf(real)) ?? []);
    if (all.length > 0) count("undone");
    if (all.length > 0) model.declare(pick(all, which));
  }),
);

/** What is sent is done, every answer is lost, `up` fails, and the program takes the edit back. */
const losses = fc
  .record({ what: fc.constantFrom("change", "change open field"), which: fc.nat(23), choice: fc.nat(11) })
  .map(({ what, which, choice }) =>
    command(textOf("lose and undo", what, which, choice), async (model, real) => {
      const all = (await managed(model, real)).filter(({ declaration }) =>
        editable(model).includes(declaration),
      );
      if (all.length === 0) return;
      const { declaration } = pick(all, which);
      const edited = EDITS[what]?.(model, declaration, choice);
      if (edited === undefined) return;
      model.declare(edited);
      await up(model, real, { refresh: false, interruption: { kind: "lost" } });
      model.declare(declaration);
    }),
  );

const removals = fc.nat(23).map((which) =>
  command(textOf("remove", which), async (model) => {
    if (model.program.size > 0) model.withdraw(pick([...model.program.keys()], which));
  }),
);

/** A second resource with the key of a first is refused, and nothing is lost by it. */
const twins = fc.nat(23).map((which) =>
  command(textOf("declare twice", which), async (model, real) => {
    const exclusive = [...model.program.values()].filter(
      ({ kind }) => kind === "Participant" || kind === "User",
    );
    if (exclusive.length === 0 || !isClean(model)) return;
    const twin = pick(exclusive, which);
    const label = `twin-${model.next()}`;
    model.program.set(label, { ...twin, label, name: label, aliases: [] });
    const text = await real.stack.failing(() => real.stack.up({ refresh: true }));
    count("twin refused");
    match(text, /declared twice/);
    model.program.delete(label);
    model.isDone = false;
  }),
);

/** The program closes a conversation that nothing else of it is in; from then on it can change nothing in it. */
const closings = fc.nat(23).map((which) =>
  command(textOf("close by the program", which), async (model, real) => {
    const used = new Set([...model.program.values()].flatMap(({ refs }) => Object.values(refs)));
    const all = (await managed(model, real)).filter(
      ({ held, declaration }) => held.kind === "Conversation" && !used.has(declaration.label),
    );
    if (all.length === 0) return;
    const { declaration } = pick(all, which);
    model.declare({ ...declaration, fields: { ...declaration.fields, state: "closed" } });
    if (!(await up(model, real, { refresh: true })) || which % 2 === 0) return;
    const closed = model.program.get(declaration.label);
    if (closed === undefined) return;
    model.declare({ ...closed, fields: { ...closed.fields, attributes: { late: which } } });
    await refusedChange(real, /It is closed, and nothing in a closed conversation can change any more/);
    model.declare(closed);
  }),
);

const outsiders = (
  what: string,
  act: (model: Model, real: Real, which: number, choice: number) => Promise<void>,
) =>
  fc
    .record({ which: fc.nat(23), choice: fc.nat(11) })
    .map(({ which, choice }) =>
      command(textOf(what, which, choice), (model, real) => act(model, real, which, choice)),
    );

const drifts = outsiders("drift", drift);
const declarations = outsiders("declare only now", declareOnlyNow);
const deletions = outsiders("delete outside", deleteOutside);
const guests = outsiders("somebody adds a member", addGuest);
const closures = outsiders("somebody closes a conversation", closeOutside);

const firsts = fc
  .record({
    kind: fc.constantFrom("Participant", "Participant", "Conversation", "Credential", "User"),
    choice: fc.nat(11),
    variant: fc.nat(11),
  })
  .map((recipe) =>
    command(textOf("somebody made it first", recipe), (model, real) => makeFirst(model, real, recipe)),
  );

/** Longer than the window in which what is found counts as left behind by an interrupted run. */
const waits = fc.constant(
  command("wait for two hours", async (_model, { simulator }) => simulator.clock.advance(2 * 3_600_000)),
);

/** Weighted by how often each stands here. What needs no engine costs nothing, so that much happens between two runs. */
export const commands: fc.Arbitrary<Command>[] = [
  ...[ups, ups, ups, ups, ups, ups, ups, ups, ups],
  ...[edits, edits, edits, edits, edits],
  ...[additions, additions],
  removals,
  looks,
  refreshes,
  destroys,
  twins,
  ...[drifts, drifts, drifts],
  deletions,
  guests,
  waits,
  ...[declarations, declarations, declarations, declarations],
  ...[exchanges, exchanges],
  ...[undos, undos],
  losses,
  ...[firsts, firsts],
  closures,
  closings,
];
