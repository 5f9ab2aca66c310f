import type { Args, Cell, Declared, World } from "./cell";
import type { Worlds } from "./worlds";

type Course = Omit<Cell, "title" | "world">;
type Members = Readonly<Record<string, Args>>;

/** A roster of the cell, in its conversation. */
function roster(
  { label, sids }: World,
  members: Members | readonly Args[],
  more: Args = {},
  opts: Args = {},
): Declared {
  const { name = label, ...args } = more as Args & { name?: string };
  return {
    type: "Roster",
    name,
    args: { conversationSid: sids["desk"], members: { ...members }, ...args },
    opts,
  };
}

function participant({ label, sids }: World, identity: string, more: Args = {}, opts: Args = {}): Declared {
  return {
    type: "Participant",
    name: `${label}-${identity}`,
    args: { conversationSid: sids["desk"], identity, ...more },
    opts,
  };
}

const [ann, bob, cleo] = [{ identity: "ann" }, { identity: "bob" }, { identity: "cleo" }];

/** Changes a member of the cell's conversation, or removes it. */
function member({ account, sids }: World, identity: string, fields?: Args): void {
  const { simulator } = account;
  const sid = simulator.participants(sids["desk"]).find((row) => row["identity"] === identity)?.sid ?? "";
  if (fields === undefined) simulator.remove(sid);
  else simulator.change(sid, fields);
}

function joining({ account, sids }: World, identity: string): Promise<unknown> {
  return account.post(`/Conversations/${sids["desk"]}/Participants`, { Identity: identity });
}

const boss = ({ sids }: World) => ({ role_sid: sids["lead"] });
const withRole = (world: World, who: Args, role = "lead") => ({ ...who, roleSid: world.sids[role] });
const team = (who: Args, name: string) => ({ ...who, attributes: { team: name } });

const courses: Readonly<Record<string, (world: World) => Course | Promise<Course>>> = {
  same: (world) => ({ before: [roster(world, { ann, bob })], after: [roster(world, { ann, bob })] }),
  "a member's role and attributes drift": (world) => ({
    before: [roster(world, { ann: team(ann, "a"), bob })],
    after: [roster(world, { ann: team(ann, "a"), bob })],
    outside: () => {
      member(world, "ann", { attributes: '{"team":"b"}' });
      member(world, "bob", boss(world));
    },
  }),
  "members come and go": (world) => ({
    before: [roster(world, { ann, bob })],
    after: [roster(world, { ann, cleo: withRole(world, cleo) })],
  }),
  "labels of a list shift": (world) => ({
    before: [roster(world, [ann, withRole(world, bob), cleo])],
    after: [roster(world, [withRole(world, bob), cleo])],
  }),
  "labels of a list shift, with a promotion": (world) => ({
    before: [roster(world, [ann, bob, cleo])],
    after: [roster(world, [bob, withRole(world, cleo)])],
    outside: () => member(world, "bob", boss(world)),
  }),
  "labels are exchanged": (world) => ({
    before: [roster(world, { one: withRole(world, ann), other: bob })],
    after: [roster(world, { one: bob, other: withRole(world, ann) })],
  }),
  "another person under a label": (world) => ({
    before: [roster(world, { one: withRole(world, ann) })],
    after: [roster(world, { one: withRole(world, bob, "agent") })],
  }),
  "another label": (world) => ({
    before: [roster(world, { ann: team(ann, "a") })],
    after: [roster(world, { other: team(ann, "b") })],
  }),
  "a member deleted outside": (world) => ({
    before: [roster(world, { ann, bob })],
    after: [roster(world, { ann, bob })],
    outside: () => member(world, "bob"),
  }),
  "a member deleted outside comes back as boss": (world) => ({
    before: [roster(world, { ann: withRole(world, ann, "agent") })],
    after: [roster(world, { ann: withRole(world, ann) })],
    outside: () => member(world, "ann"),
  }),
  "a member deleted outside comes back without its role": (world) => ({
    before: [roster(world, [withRole(world, ann), bob])],
    after: [roster(world, [bob, ann])],
    outside: () => member(world, "ann"),
  }),
  "a role is taken back": (world) => ({
    before: [roster(world, { ann: withRole(world, ann) })],
    after: [roster(world, { ann })],
  }),
  "an empty object comes and goes": (world) => ({
    before: [roster(world, { ann: { ...ann, attributes: { kept: {} } }, bob: { ...bob, attributes: {} } })],
    after: [
      roster(world, { ann: { ...ann, attributes: { kept: {} } }, bob: { ...bob, attributes: { x: {} } } }),
    ],
    outside: () => member(world, "ann", { attributes: "{}" }),
  }),
  "undeclared members": (world) => ({
    before: [roster(world, { ann })],
    after: [roster(world, { ann })],
    outside: () => joining(world, "mallory"),
  }),
  "exclusive, with undeclared members": (world) => ({
    before: [roster(world, { ann }, { exclusive: true })],
    after: [roster(world, { ann }, { exclusive: true })],
    outside: () => joining(world, "mallory"),
  }),
  "alias, under drift": (world) => ({
    before: [roster(world, { ann, bob }, { name: `${world.label}-old` })],
    after: [roster(world, { ann, bob }, {}, { aliases: [{ name: `${world.label}-old` }] })],
    renamed: { [world.label]: `${world.label}-old` },
    outside: () => {
      member(world, "ann", boss(world));
      return joining(world, "mallory");
    },
  }),
  created: (world) => ({ before: [], after: [roster(world, { ann, bob: withRole(world, bob) })] }),
  "created over members that are there": async (world) => {
    await joining(world, "ann");
    return { before: [], after: [roster(world, { ann: team(ann, "a"), bob }, { adopt: "always" })] };
  },
  deleted: (world) => ({ before: [roster(world, { ann, bob })], after: [] }),
  "deleted under drift": (world) => ({
    before: [roster(world, { ann, bob })],
    after: [],
    outside: () => member(world, "ann", boss(world)),
  }),
  retained: (world) => ({
    before: [roster(world, { ann }, {}, { retainOnDelete: true })],
    after: [],
  }),
  "moves to another conversation": (world) => ({
    before: [roster(world, { ann, bob })],
    after: [roster(world, { ann, bob }, { conversationSid: world.sids["room"] })],
  }),
  "a participant moves into it": (world) => ({
    before: [roster(world, { bob }), participant(world, "ann", { roleSid: world.sids["agent"] })],
    after: [roster(world, { bob, ann: withRole(world, ann) }, { adopt: "always" })],
  }),
  "a promoted participant moves into it": (world) => ({
    before: [roster(world, { bob }), participant(world, "ann")],
    after: [roster(world, { bob, ann }, { adopt: "always" })],
    outside: () => member(world, "ann", boss(world)),
  }),
  "a member moves out of it": (world) => ({
    before: [roster(world, { bob, ann })],
    after: [roster(world, { bob }), participant(world, "ann", { roleSid: world.sids["lead"] })],
  }),
  "a member is secret": (world) => ({
    before: [roster(world, { ann: { identity: { $secret: "ann" }, attributes: { pin: { $secret: "1" } } } })],
    after: [roster(world, { ann: { identity: { $secret: "ann" }, attributes: { pin: { $secret: "2" } } } })],
  }),
};

/** A roster, and what becomes of it and of its members. */
export async function rosterCells(worlds: Worlds, isChosen: (title: string) => boolean): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const [name, course] of Object.entries(courses)) {
    const title = `Roster: ${name}`;
    if (!isChosen(title)) continue;
    const world = await worlds.world();
    cells.push({ title, world, ...(await course(world)) });
  }
  return cells;
}
