import type { ReviewedKind } from "../../../types/reviewed";
import type { Args, Cell, Declared, World } from "./cell";

type Course = Omit<Cell, "title" | "world">;

/** What becomes of a resource: undefined where it cannot be of that kind. */
export type Column = (kind: ReviewedKind, world: World) => Course | undefined | Promise<Course | undefined>;

/** The resource of a cell, under the cell's name with a suffix. */
function declared(
  { type, args }: ReviewedKind,
  world: World,
  more: Args = {},
  opts: Args = {},
  suffix = "",
): Declared {
  return { type, name: world.label + suffix, args: { ...args(world), ...more }, opts };
}

/** What somebody does to the resource of that name. */
function drifting(kind: ReviewedKind, world: World, suffix = ""): Cell["outside"] {
  return (rowOf) => {
    const row = rowOf(world.label + suffix);
    world.account.simulator.change(kind.driftOf?.(row, world) ?? row.id, kind.drift(world));
  };
}

/** Only what has a SID of its own can be deleted. */
function deleting(kind: ReviewedKind, { account, label }: World, suffix = ""): Cell["outside"] | undefined {
  return kind.located === undefined
    ? undefined
    : (rowOf) => account.simulator.remove(rowOf(label + suffix).id);
}

const ALIAS = (world: World) => ({ aliases: [{ name: `${world.label}-old` }] });
const renamed = ({ label }: World) => ({ [`${label}-new`]: `${label}-old` });

/** The first resource, and what the program says of it later: only of kinds that have such a change. */
function changing(
  of: (kind: ReviewedKind, world: World) => Args | undefined,
  before: Args = {},
  after: Args = before,
): Column {
  return (kind, world) => {
    const more = of(kind, world);
    return (
      more && { before: [declared(kind, world, {}, before)], after: [declared(kind, world, more, after)] }
    );
  };
}

/** The same under drift. */
function drifted(column: Column): Column {
  return async (kind, world) => {
    const course = await column(kind, world);
    return course && { ...course, outside: drifting(kind, world) };
  };
}

function undone(column: Column): Column {
  return async (kind, world) => {
    const course = await column(kind, world);
    const outside = deleting(kind, world);
    return course && outside && { ...course, outside };
  };
}

/** Under a new name, with an alias or without one. */
function rename(more: (kind: ReviewedKind, world: World) => Args | undefined, hasAlias = true): Column {
  return (kind, world) => {
    const args = more(kind, world);
    if (args === undefined) return undefined;
    const opts = hasAlias ? ALIAS(world) : {};
    return {
      before: [declared(kind, world, {}, {}, "-old")],
      after: [declared(kind, world, args, opts, "-new")],
      renamed: renamed(world),
    };
  };
}

/** Out of the stack's root into a component. */
function move(more: (kind: ReviewedKind, world: World) => Args | undefined): Column {
  return (kind, world) => {
    const args = more(kind, world);
    if (args === undefined) return undefined;
    const group = { type: "Group", name: `${world.label}-group` };
    const opts = { parent: { $resource: group.name }, aliases: [{ parent: { $root: true } }] };
    return { before: [declared(kind, world)], after: [group, declared(kind, world, args, opts)] };
  };
}

/** What is only read, by the SID of what was made outside. */
function reading(
  later: (kind: ReviewedKind, world: World, got: Declared) => readonly Declared[] | undefined,
): Column {
  return async (kind, world) => {
    if (kind.located === undefined || kind.outside === undefined) return undefined;
    const { sid } = await kind.outside(world);
    const got = { type: kind.type, name: world.label, args: kind.located(world), get: sid };
    const after = later(kind, world, got);
    return (
      after && { before: [got], after, outside: () => world.account.simulator.change(sid, kind.drift(world)) }
    );
  };
}

/** What was there before, and is declared only now. */
function adopting(adopt: string, more: (kind: ReviewedKind, world: World) => Args | undefined): Column {
  return async (kind, world) => {
    const args = more(kind, world);
    if (kind.outside === undefined || args === undefined) return undefined;
    await kind.outside(world);
    return { before: [], after: [declared(kind, world, { ...args, adopt })] };
  };
}

const [none, updated, dropped, followed, replaced] = [
  () => ({}),
  (kind: ReviewedKind, world: World) => kind.updated?.(world),
  (kind: ReviewedKind, world: World) => kind.dropped?.(world),
  (kind: ReviewedKind, world: World) => kind.followed(world),
  (kind: ReviewedKind, world: World) => kind.replaced?.(world),
];
const RETAINED = { retainOnDelete: true };
const isObject = ({ located }: ReviewedKind) => located !== undefined;

export const columns: Readonly<Record<string, Column>> = {
  same: changing(none),
  updated: changing(updated),
  dropped: changing(dropped),
  "dropped under drift": drifted(changing(dropped)),
  drift: drifted(changing(none)),
  "drift and updated": drifted(changing(updated)),
  "drift that the program follows": drifted(changing(followed)),
  "drift that is ignored": (kind, world) => {
    const ignoreChanges = Object.keys(kind.followed(world));
    const one = declared(kind, world, {}, { ignoreChanges });
    return { before: [one], after: [one], outside: drifting(kind, world) };
  },
  created: (kind, world) => ({ before: [], after: [declared(kind, world)] }),
  deleted: (kind, world) => ({ before: [declared(kind, world)], after: [] }),
  "deleted under drift": drifted((kind, world) => ({ before: [declared(kind, world)], after: [] })),
  "deleted outside": undone(changing(none)),
  "deleted outside, and updated": undone(changing(updated)),
  "deleted outside, and dropped": undone(changing(dropped)),
  "deleted outside and by the program": undone((kind, world) => ({
    before: [declared(kind, world)],
    after: [],
  })),
  replaced: changing(replaced),
  "replaced under drift": drifted(changing(replaced)),
  "replaced by replaceOnChanges": (kind, world) => {
    const more = kind.updated?.(world);
    return more && changing(updated, {}, { replaceOnChanges: Object.keys(more) })(kind, world);
  },
  "replaced, deleted before": changing(replaced, {}, { deleteBeforeReplace: true }),
  alias: rename(none),
  "alias under drift": async (kind, world) => {
    const course = await rename(none)(kind, world);
    return course && { ...course, outside: drifting(kind, world, "-old") };
  },
  "alias, updated": rename(updated),
  "alias, replaced": rename(replaced),
  "alias, deleted outside": async (kind, world) => {
    const [course, outside] = [await rename(none)(kind, world), deleting(kind, world, "-old")];
    return course && outside && { ...course, outside };
  },
  "renamed without alias": rename(none, false),
  "renamed without alias, deleted outside": async (kind, world) => {
    const [course, outside] = [await rename(none, false)(kind, world), deleting(kind, world, "-old")];
    return course && outside && { ...course, outside };
  },
  moved: move(none),
  "moved under drift": drifted(move(none)),
  "moved, updated": move(updated),
  "moved, deleted outside": undone(move(none)),
  retained: (kind, world) => ({ before: [declared(kind, world, {}, RETAINED)], after: [] }),
  "retained under drift": drifted((kind, world) => ({
    before: [declared(kind, world, {}, RETAINED)],
    after: [],
  })),
  "retained, replaced": changing(replaced, RETAINED),
  "got by get": reading((_kind, _world, got) => [got]),
  "get taken out": reading(() => []),
  "get becomes its own": reading((kind, world) => [declared(kind, world, { adopt: "always" })]),
  "becomes a get": (kind, world) => {
    const { located } = kind;
    if (located === undefined) return undefined;
    const before = declared(kind, world);
    return { before: [before], after: [{ ...before, get: { $sid: before.name }, args: located(world) }] };
  },
  "becomes a get of another": async (kind, world) => {
    if (kind.outside === undefined || kind.located === undefined || kind.replaced === undefined)
      return undefined;
    const { sid } = await kind.outside(world);
    const before = declared(kind, world, kind.replaced(world));
    return { before: [before], after: [{ ...before, get: sid, args: kind.located(world) }] };
  },
  "adopted as it is": adopting("matching", none),
  "adopted, whatever it is": adopting("always", updated),
  targeted: (kind, world) => {
    const more = kind.updated?.(world);
    if (more === undefined) return undefined;
    const [before, after] = [declared(kind, world), declared(kind, world, more)];
    return { before: [before], after: [after], targeted: [after] };
  },
  "targeted, and back": (kind, world) => {
    const more = kind.updated?.(world);
    if (more === undefined) return undefined;
    const before = declared(kind, world);
    return { before: [before], after: [before], targeted: [declared(kind, world, more)] };
  },
  "created by a target": (kind, world) =>
    isObject(kind)
      ? { before: [], after: [declared(kind, world)], targeted: [declared(kind, world)] }
      : undefined,
};
