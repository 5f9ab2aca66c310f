import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import type { ObjectDefinition } from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import { writeOnlyIn } from "../../../provider/core/state/adoption-rules";
import type { Step } from "../../support/stack/test-stack";
import type { Args, Specimen } from "../../types/specimen";
import { describeRequest, everySubject, type LifecycleContext, writes } from "./context";
import { type CollectionKind, isUntold } from "./kind";
import type { Subject } from "./subject";
import type { Current, Repair } from "./value-steps";

// Steps on the existence of objects: for resources that are created and deleted.

export type Context = LifecycleContext<CollectionKind>;
export type CurrentContext = Current<CollectionKind>;

export function createsEach(current: CurrentContext): void {
  it("creates each with one POST and nothing after it, and gets what others made", async () => {
    const context = current();
    const { stack, kinds } = context;
    everySubject(kinds, declareEachField);
    const outside = await makeOneEach(context, "outside");
    context.extra = () => {
      for (const made of outside) getFound(made);
    };
    const outcome = await stack.up();
    context.extra = undefined;
    for (const { kind, sid } of outside) kind.leaveAlone(sid);
    assert.deepEqual(
      context.perKind((kind) => kind.sids().length),
      context.perKind((kind) => kind.declared().length),
    );
    const sent = writes(outcome).map((request) => `${describeRequest(request)}: ${request.status}`);
    const expected = kinds.flatMap(collectionsOf).map((path) => `POST ${path}: 201`);
    assert.deepEqual(sent.sort(), expected.sort());
    const state = stack.state();
    for (const { subject, sid } of outside) {
      const found = state[subject.name("found")];
      assert.equal(found?.id, sid, subject.name("found"));
      assert.equal(found.outputs["accountSid"], context.simulator.account.accountSid, subject.name("found"));
    }
  });
}

/** One with the least, one complete, and one for each change that a later step makes. */
function declareEachField(subject: Subject, kind: CollectionKind): void {
  const { updates, replacements, drifts } = kind.specimen;
  kind.declareLeast(subject, "least");
  const labels = [
    "base",
    ...Object.keys(updates).map((field) => kind.labelFor("update", field)),
    ...Object.keys(replacements).map((field) => kind.labelFor("replace", field)),
    ...Object.keys(drifts).map((field) => kind.labelFor("drift", field)),
  ];
  for (const label of labels) subject.declare(label, subject.full(label));
}

/** Where each declaration of a kind is created. */
function collectionsOf(kind: CollectionKind): string[] {
  const declarations = kind.subjects.flatMap((subject) => Object.values(subject.declarations));
  return declarations.map((args) => kind.collectionOf(args));
}

interface Outside {
  readonly kind: CollectionKind;
  readonly subject: Subject;
  readonly sid: string;
}

/** For each subject, an object that the program has not made. */
async function makeOneEach({ kinds }: Context, label: string): Promise<Outside[]> {
  const made: Outside[] = [];
  for (const kind of kinds)
    for (const subject of kind.subjects)
      made.push({ kind, subject, sid: await kind.makeOutside(subject, label) });
  return made;
}

function getFound({ kind: { specimen }, subject, sid }: Outside): void {
  const type = specimen.resource as unknown as { get(name: string, args: Args): pulumi.CustomResource };
  const { surroundings } = subject;
  type.get(subject.name("found"), { sid, ...specimen.located(surroundings), ...surroundings.place });
}

/** What is gone from Twilio is made again: more damage for the step on drift. */
export function removeBases(context: Context): Repair {
  const steps: Record<string, Step> = {};
  const requests: string[] = [];
  const recreated = context.kinds.filter(({ specimen }) => specimen.goneIs !== "reported");
  everySubject(recreated, (subject, kind) => {
    const name = subject.name("base");
    context.simulator.remove(context.idOf(name));
    steps[name] = { op: "create", keys: [] };
    requests.push(`POST ${kind.collectionOf(subject.declared("base"))}`);
  });
  return { steps, requests };
}

export function survivesRename(current: CurrentContext): void {
  it("survives a rename without an alias", async () => {
    const context = current();
    const aliases = new Map<string, string>();
    everySubject(context.kinds, (subject, kind) => {
      const entries = Object.entries(subject.declarations);
      subject.declarations = Object.fromEntries(entries.map(([name, args]) => [`${name}-renamed`, args]));
      // An object is known again by what Twilio tells of it; where that is not all, an alias says what it is.
      for (const [name, args] of entries) if (isUntold(kind, args)) aliases.set(`${name}-renamed`, name);
    });
    const before = context.perKind((kind) => kind.sids());
    context.optionsOf = (name) => {
      const alias = aliases.get(name);
      return alias === undefined ? {} : { aliases: [{ name: alias }] };
    };
    await context.stack.up();
    context.optionsOf = undefined;
    context.assertAlive();
    assert.deepEqual(
      context.perKind((kind) => kind.sids()),
      before,
    );
  });
}

/** The engine stops at the first error: each kind that refuses a twin has a run of its own, the others share one. */
export function survivesTwins(current: CurrentContext, specimens: readonly Specimen[]): void {
  for (const { definition } of specimens.filter(isEnforced))
    it(`refuses a ${definition.noun} that is declared twice`, async () => {
      const context = current();
      const failure = await refusal(context, () => declareTwins([context.kind(definition.type)]));
      assert.match(failure, new RegExp(`declared twice: ${naming(definition)} `));
    });

  it("survives being declared twice and then once", async () => {
    const context = current();
    const others = context.kinds.filter(({ specimen }) => !isEnforced(specimen));
    const declareMore = () => declareTwins(others);
    if (others.length > 0)
      await context.meanwhile(declareMore, async () => {
        await context.stack.up();
      });
    await context.stack.up();
    context.assertAlive();
  });
}

function declareTwins(kinds: readonly CollectionKind[]): void {
  everySubject(kinds, (subject) => subject.declare("twin", subject.declared("base-renamed")));
}

function isEnforced({ definition }: Specimen): boolean {
  return definition.naturalKey.enforced;
}

/** One that is there already, and did not appear by itself. */
function isConflict(specimen: Specimen): boolean {
  return isEnforced(specimen) && specimen.definition.naturalKey.createdImplicitly !== true;
}

/** How a message names an object of the kind, and of no other: a pattern. */
export function naming({ noun, sidPrefix }: ObjectDefinition): string {
  return `${noun} ${sidPrefix}[0-9a-f]{32}`;
}

/** What `up` says against declarations that it must refuse. */
export async function refusal(context: Context, declareMore: () => void): Promise<string> {
  let text = "";
  await context.meanwhile(declareMore, async () => {
    text = await context.stack.failing(() => context.stack.up());
  });
  return text;
}

/** What an interrupted run left is taken over, nobody's standing object is: unless the program says so. */
export function adopts(current: CurrentContext, specimens: readonly Specimen[]): void {
  let standing: Outside[] = [];

  it("adopts what an interrupted run left", async () => {
    const context = current();
    const left = await makeOneEach(context, "left");
    standing = await makeOneEach(context, "standing");
    for (const { kind, sid } of standing) {
      context.simulator.change(sid, { date_created: "2020-01-01T00:00:00Z" });
      kind.leaveAlone(sid);
    }
    for (const { subject, kind } of left) {
      const args = subject.full("left");
      // It may be another's, so the program has to say so.
      subject.declare("left", isUntold(kind, args) ? { ...args, adopt: "always" } : args);
    }
    const sent = writes(await context.stack.up()).filter(({ status }) => status < 300);
    // What Twilio never tells is sent again alone, as far as an update takes it.
    const untold = left.filter(({ kind, subject }) =>
      writeOnlyIn(kind.specimen.definition, subject.declared("left") as JsonObject).some(
        ({ policy }) => policy.change === "update",
      ),
    );
    const expected = untold.map(
      ({ kind, subject, sid }) => `POST ${kind.pathOf(subject.declared("left"), sid)}`,
    );
    assert.deepEqual(sent.map(describeRequest).sort(), expected.sort());
    assertHeld(context, "left", left);
  });

  // As with twins, a run for each kind, so that each is seen refused.
  for (const { definition } of specimens.filter(isConflict))
    it(`leaves a ${definition.noun} alone that stands since long`, async () => {
      const context = current();
      const failure = await refusal(context, () =>
        everySubject([context.kind(definition.type)], (subject) =>
          subject.declare("standing", subject.full("standing")),
        ),
      );
      assert.match(
        failure,
        new RegExp(`${naming(definition)} exists already, created \\d+ days ago[\\s\\S]*adopt: "always"`),
      );
    });

  it("adopts standing objects when it is told to", async () => {
    const context = current();
    for (const { subject } of standing)
      subject.declare("standing", { ...subject.full("standing"), adopt: "always" });
    await context.stack.up();
    assertHeld(context, "standing", standing);
  });
}

function assertHeld(context: Context, label: string, objects: readonly Outside[]): void {
  for (const { subject, sid } of objects)
    assert.equal(context.idOf(subject.name(label)), sid, subject.name(label));
}

export function destroysAll(current: CurrentContext): void {
  it("destroys all, also what is gone already", async () => {
    const context = current();
    for (const subject of context.subjects)
      context.simulator.remove(context.idOf(subject.name("base-renamed")));
    const lent = context.lent();
    const sids = (isIn: (sid: string) => boolean) => context.perKind((kind) => kind.sids().filter(isIn));
    const stay = sids((sid) => lent.has(sid));
    await context.stack.destroy();
    assert.deepEqual(sids(Boolean), stay);
    assert.deepEqual(context.stack.state(), {});
  });
}
