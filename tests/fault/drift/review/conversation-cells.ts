import type { Args, Cell, Declared, World } from "./cell";
import type { Worlds } from "./worlds";

type Course = Omit<Cell, "title" | "world">;

function conversation({ label }: World, suffix: string, args: Args = {}, opts: Args = {}): Declared {
  return { type: "Conversation", name: label + suffix, args: { uniqueName: label, ...args }, opts };
}

function member(
  { label }: World,
  identity: string,
  conversationSid: unknown,
  more: Args = {},
  opts: Args = {},
): Declared {
  return {
    type: "Participant",
    name: `${label}-${identity}`,
    args: { conversationSid, identity, ...more },
    opts,
  };
}

function standing({ label }: World, name: string, members: Args, more: Args = {}, opts: Args = {}): Declared {
  const args = { uniqueName: label, protect: false, members, ...more };
  return { type: "StandingConversation", name, args, opts };
}

const idOf = (name: string) => ({ $of: name, output: "id" });

/** Somebody joins the conversation that has the cell's name. */
function joining({ account, label }: World, identity: string): Promise<unknown> {
  return account.post(`/Conversations/${label}/Participants`, { Identity: identity });
}

function promoting({ account, label, sids }: World, identity: string): void {
  const row = account.simulator.participants(label).find((each) => each["identity"] === identity);
  account.simulator.change(row?.sid ?? "", { role_sid: sids["lead"] });
}

const courses: Readonly<Record<string, (world: World) => Course>> = {
  "its strangers stay": (world) => ({
    before: [conversation(world, "")],
    after: [conversation(world, "")],
    outside: () => joining(world, "mallory"),
  }),
  "aliased, its drift and its strangers": (world) => ({
    before: [conversation(world, "-old", { friendlyName: "First" })],
    after: [
      conversation(world, "-new", { friendlyName: "First" }, { aliases: [{ name: `${world.label}-old` }] }),
    ],
    renamed: { [`${world.label}-new`]: `${world.label}-old` },
    outside: (rowOf) => {
      world.account.simulator.change(rowOf(`${world.label}-old`).id, { friendly_name: "Other" });
      return joining(world, "mallory");
    },
  }),
  "replaced, with its members and strangers": (world) => ({
    before: [conversation(world, "c"), member(world, "ann", idOf(`${world.label}c`))],
    after: [
      conversation(world, "c", { serviceSid: world.sids["elsewhere"] }),
      member(world, "ann", idOf(`${world.label}c`), { serviceSid: world.sids["elsewhere"] }),
    ],
    outside: () => joining(world, "mallory"),
  }),
  "replaced and retained, with strangers": (world) => ({
    before: [conversation(world, "c", {}, { retainOnDelete: true })],
    after: [conversation(world, "c", { serviceSid: world.sids["elsewhere"] }, { retainOnDelete: true })],
    outside: () => joining(world, "mallory"),
  }),
  "retained, with its member": (world) => ({
    before: [
      conversation(world, "c", {}, { retainOnDelete: true }),
      member(world, "ann", idOf(`${world.label}c`), {}, { retainOnDelete: true }),
    ],
    after: [],
  }),
  "deleted, and its retained member with it": (world) => ({
    before: [
      conversation(world, "c"),
      member(world, "ann", idOf(`${world.label}c`), {}, { retainOnDelete: true }),
    ],
    after: [],
  }),
  "a member declared by its name is adopted": (world) => ({
    before: [conversation(world, "c")],
    after: [conversation(world, "c"), member(world, "ann", world.label, { adopt: "always" })],
    outside: () => joining(world, "ann"),
  }),
  "a member declared by its name, its service named": (world) => ({
    before: [conversation(world, "c")],
    after: [
      conversation(world, "c"),
      member(world, "ann", world.label, {
        adopt: "always",
        serviceSid: world.account.account.defaultServiceSid,
        roleSid: world.sids["lead"],
      }),
    ],
    outside: () => joining(world, "ann"),
  }),
  "adopted, with a stranger in it": (world) => ({
    before: [],
    after: [conversation(world, "", { adopt: "always" })],
    outside: async () => {
      await world.account.conversation(world.label);
      return joining(world, "mallory");
    },
  }),
  "renamed, and a member declared by the new name": (world) => ({
    before: [conversation(world, "c", { uniqueName: `${world.label}-first` })],
    after: [conversation(world, "c"), member(world, "ann", idOf(`${world.label}c`), { adopt: "always" })],
    outside: (rowOf) =>
      world.account.post(`/Conversations/${rowOf(`${world.label}c`).id}/Participants`, { Identity: "ann" }),
  }),
  "a member deleted outside comes back as boss": (world) => ({
    before: [
      conversation(world, "c"),
      member(world, "ann", idOf(`${world.label}c`), { roleSid: world.sids["agent"] }),
    ],
    after: [
      conversation(world, "c"),
      member(world, "ann", idOf(`${world.label}c`), { roleSid: world.sids["lead"] }),
    ],
    outside: (rowOf) => world.account.simulator.remove(rowOf(`${world.label}-ann`).id),
  }),
  "an empty object comes and goes": (world) => ({
    before: [conversation(world, "", { attributes: { kept: {} } })],
    after: [conversation(world, "", { attributes: { kept: {} } })],
    outside: (rowOf) => world.account.simulator.change(rowOf(world.label).id, { attributes: "{}" }),
  }),
  "moves into a standing conversation": (world) => ({
    before: [conversation(world, "s"), member(world, "ann", idOf(`${world.label}s`))],
    after: [
      {
        ...standing(world, `${world.label}s`, { ann: { identity: "ann" } }),
        opts: {
          aliasesOf: {
            [`${world.label}s`]: `${world.label}s`,
            [`${world.label}s-ann`]: `${world.label}-ann`,
          },
        },
      },
    ],
    renamed: { [`${world.label}s-ann`]: `${world.label}-ann` },
    outside: () => {
      promoting(world, "ann");
      return joining(world, "mallory");
    },
  }),
  "standing, under another name": (world) => ({
    before: [standing(world, `${world.label}s`, { ann: { identity: "ann" }, bob: { identity: "bob" } })],
    after: [
      standing(
        world,
        `${world.label}t`,
        { ann: { identity: "ann" }, bob: { identity: "bob" } },
        {},
        { aliases: [{ name: `${world.label}s` }] },
      ),
    ],
    renamed: {
      [`${world.label}t`]: `${world.label}s`,
      [`${world.label}t-ann`]: `${world.label}s-ann`,
      [`${world.label}t-bob`]: `${world.label}s-bob`,
    },
    outside: () => {
      promoting(world, "ann");
      return joining(world, "mallory");
    },
  }),
  "standing, and deleted": (world) => ({
    before: [standing(world, `${world.label}s`, { ann: { identity: "ann" } })],
    after: [],
  }),
  "standing, with another member": (world) => ({
    before: [standing(world, `${world.label}s`, { ann: { identity: "ann" } })],
    after: [standing(world, `${world.label}s`, { bob: { identity: "bob" } })],
    outside: () => promoting(world, "ann"),
  }),
};

/** Conversations, with those who are in them. */
export async function conversationCells(
  worlds: Worlds,
  isChosen: (title: string) => boolean,
): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const [name, course] of Object.entries(courses)) {
    const title = `Conversation with members: ${name}`;
    if (!isChosen(title)) continue;
    const world = await worlds.world();
    cells.push({ title, world, ...course(world) });
  }
  return cells;
}
