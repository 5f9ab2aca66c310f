import { equal, match } from "node:assert/strict";
import fc from "fast-check";
import type { Fault } from "../../../simulator";
import {
  changed,
  declarationOf,
  moved,
  pick,
  type Recipe,
  renamed,
  withOtherKey,
  withOtherRole,
} from "./changes";
import { type Declaration, KINDS } from "./declaration";
import type { Held } from "./forecast";
import type { Interruption } from "./interruption";
import type { Model } from "./model";
import { count, destroy, preview, refresh, up } from "./operations";
import { look, type Real, rowsOf } from "./real";

type Command = fc.AsyncCommand<Model, Real>;

export const recipes: fc.Arbitrary<Recipe> = fc.record({
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constant("Participant" as const) },
    { weight: 2, arbitrary: fc.constant("Conversation" as const) },
    { weight: 5, arbitrary: fc.constantFrom(...KINDS) },
  ),
  choice: fc.nat(11),
  variant: fc.nat(11),
});

const faults: fc.Arbitrary<Fault> = fc
  .record(
    {
      kind: fc.constantFrom("status", "reset", "truncate", "not-found-although-created"),
      when: fc.constantFrom("before", "after"),
      status: fc.constantFrom(429, 500, 502, 503, 504),
      method: fc.constantFrom("POST", "DELETE", "GET"),
      skip: fc.nat(9),
      times: fc.integer({ min: 1, max: 2 }),
    },
    { requiredKeys: ["kind", "times"] },
  )
  .map(asTwilioDoes);

/** 429 does nothing, and only a status has a status. */
function asTwilioDoes({ status, when, ...fault }: Fault): Fault {
  if (fault.kind === "not-found-although-created") return { ...fault, method: "POST", times: 1 };
  if (fault.kind === "truncate") return fault;
  if (fault.kind === "reset") return { ...fault, ...(when && { when }) };
  return { ...fault, ...(status && { status }), ...(when && status !== 429 && { when }) };
}

const interruptions: fc.Arbitrary<Interruption | undefined> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undefined) },
  { weight: 4, arbitrary: faults.map((fault) => ({ kind: "stumble" as const, fault })) },
  { weight: 1, arbitrary: fc.nat(12).map((skip) => ({ kind: "outage" as const, skip })) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("kill" as const),
      skip: fc.nat(16),
      when: fc.constantFrom("before" as const, "after" as const),
    }),
  },
);

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

function trace(text: string): void {
  if (process.env["MODEL_TRACE"] !== undefined) process.stdout.write(`    ${text}\n`);
}

const textOf = (what: string, ...parts: unknown[]) =>
  `${what}(${parts.map((part) => JSON.stringify(part) ?? "").join(", ")})`;

const ups = fc
  .record({ refresh: fc.nat(3).map((chance) => chance > 0), interruption: interruptions })
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
  "change role": (model, each, choice) =>
    each.kind === "Participant" ? withOtherRole(model, each, choice) : undefined,
  "change key": withOtherKey,
  move: moved,
  "rename with alias": (model, each) => renamed(model, each, true),
  "rename without alias": (model, each) => renamed(model, each, false),
};

const edits = fc
  .record({ what: fc.constantFrom(...Object.keys(EDITS)), which: fc.nat(23), choice: fc.nat(11) })
  .map(({ what, which, choice }) =>
    command(textOf(what, which, choice), async (model) => {
      if (model.program.size === 0) return;
      const edited = EDITS[what]?.(model, pick([...model.program.values()], which), choice);
      if (edited !== undefined) model.declare(edited);
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
    if (exclusive.length === 0 || model.isStateBehind || !model.isDone) return;
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

const OUTSIDE: Partial<Record<Held["kind"], Record<string, unknown>>> = {
  Conversation: { friendly_name: "drifted" },
  User: { friendly_name: "drifted" },
  Role: { permissions: ["editOwnMessage", "sendMessage"] },
};

/** Somebody changes what the program holds. */
const drifts = fc.nat(23).map((which) =>
  command(textOf("drift", which), async (model, real) => {
    const held = await heldThings(real);
    if (held.length === 0) return;
    const { key, kind, inputs, sid } = pick(held, which);
    const isMember = kind === "Participant" && inputs["attributes"] !== undefined;
    const isOn = inputs["reachabilityEnabled"] === true;
    const fields =
      kind === "ServiceConfiguration"
        ? { reachability_enabled: !isOn }
        : isMember
          ? { attributes: '{"drifted":true}' }
          : OUTSIDE[kind];
    if (fields === undefined) return;
    real.simulator.change(sid, fields);
    model.drifted.add(key);
    model.isStateBehind = true;
  }),
);

const deletions = fc.nat(23).map((which) =>
  command(textOf("delete outside", which), async (model, real) => {
    const held = (await heldThings(real)).filter(({ kind }) => kind !== "ServiceConfiguration");
    if (held.length === 0) return;
    const { key } = pick(held, which);
    real.simulator.remove(key);
    model.forget(key);
    model.isStateBehind = true;
  }),
);

const guests = fc.nat(23).map((which) =>
  command(textOf("somebody adds a member", which), async (model, real) => {
    const conversations = [...(await look(real)).values()].filter(({ kind }) => kind === "Conversation");
    const { key } = pick(conversations, which);
    const identity = `guest-${model.next()}`;
    const { sid } = await real.account.post(`/Conversations/${key}/Participants`, { Identity: identity });
    const guest = (await look(real)).get(sid);
    if (guest !== undefined) model.others.set(sid, guest);
    equal(guest?.fields["identity"], identity);
  }),
);

/** Longer than the window in which what is found counts as left behind by an interrupted run. */
const waits = fc.constant(
  command("wait for two hours", async (_model, { simulator }) => simulator.clock.advance(2 * 3_600_000)),
);

async function heldThings(real: Real): Promise<Held[]> {
  const world = await look(real);
  return rowsOf(real).filter(({ key }) => world.has(key));
}

/** Weighted by how often each stands here. */
export const commands: fc.Arbitrary<Command>[] = [
  ...[ups, ups, ups, ups, ups, ups, ups, ups],
  ...[edits, edits, edits, edits],
  ...[additions, additions],
  removals,
  looks,
  refreshes,
  ...[destroys],
  twins,
  ...[drifts, drifts],
  deletions,
  guests,
  waits,
];
