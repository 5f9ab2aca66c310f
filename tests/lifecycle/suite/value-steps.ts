import assert from "node:assert/strict";
import { deletesBeforeReplace, fieldsOf, isSingleton } from "../../../provider/core/definition/define";
import type { RequestRecord } from "../../../simulator";
import type { Step } from "../../support/stack/test-stack";
import type { Args, Declare, ValueSpecimen } from "../../types/specimen";
import { describeRequest, everySubject, isWith, type LifecycleContext, writes } from "./context";
import type { Kind } from "./kind";

// Steps on the values of fields: for resources of every kind, however their objects come to be.

/** Hands out the group's context when a test runs; there is none yet when it is written down. */
export type Current<K extends Kind = Kind> = () => LifecycleContext<K>;

/** What a refresh shows, and what the `up` after it sends, as `describeRequest` writes it. */
export interface Repair {
  readonly steps: Record<string, Step>;
  readonly requests: string[];
}

export function hasEveryField({ definition, ...specimen }: ValueSpecimen): void {
  it(`has every field of ${definition.type} in this suite`, () => {
    const fields = fieldsOf(definition).filter(({ name }) => name !== "account");
    const named = (change: string) =>
      fields.filter(({ policy }) => policy.change === change).map(({ name }) => name);
    const observed = fields.filter(({ policy }) => policy.change === "update" && policy.writeOnly !== true);
    assert.deepEqual(Object.keys(specimen.updates).sort(), named("update").sort());
    assert.deepEqual(Object.keys(specimen.replacements).sort(), named("replace").sort());
    const tested = [...Object.keys(specimen.drifts), ...Object.keys(specimen.notRepaired ?? {})];
    assert.deepEqual(tested.sort(), observed.map(({ name }) => name).sort());
  });
}

/** The first step of a group: nothing else is declared yet. */
export function previewsUnknowns(current: Current): void {
  it("previews with unknowns, and sends nothing", async () => {
    const context = current();
    const prefix = ({ type }: Kind) => `${type}-unknowns-`;
    context.extra = (declare) => {
      for (const kind of context.kinds) declareUnknowns(kind, prefix(kind), declare);
    };
    const { steps, requests } = await context.stack.preview();
    context.extra = undefined;
    for (const kind of context.kinds) {
      const names = Object.keys(steps).filter((name) => name.startsWith(prefix(kind)));
      assert.ok(names.length >= 2, `${kind.type}: ${names.length} resources`);
    }
    for (const [name, { op }] of Object.entries(steps)) assert.equal(op, "create", name);
    assert.deepEqual(requests, []);
  });
}

function declareUnknowns({ subjects, specimen }: Kind, prefix: string, declare: Declare): void {
  const [first] = subjects;
  assert.ok(first);
  specimen.withUnknowns(first.surroundings)((resource, name, args, opts) =>
    declare(resource, prefix + name, args, opts),
  );
}

export function staysUnchanged(current: Current): void {
  it("previews unchanged, and sends nothing for what it manages", async () => {
    const context = current();
    const { steps, requests } = await context.stack.preview();
    assert.deepEqual(steps, {});
    assert.deepEqual(requests, []);
    await context.stack.up();
    context.assertAlive();
  });
}

export function refreshesQuietly(current: Current): void {
  it("refreshes with the fewest requests, and prints nothing", async () => {
    const { stack, kinds } = current();
    const { steps, requests, text } = await stack.preview({ refresh: true });
    assert.deepEqual(steps, {});
    for (const { type } of kinds) assert.doesNotMatch(text, new RegExp(`twilio:${type}: \\(`));
    const expected = kinds.flatMap((kind) => kind.subjects.flatMap((subject) => kind.reads(subject)));
    assert.deepEqual(requests.map(describeRequest).sort(), expected.sort());
  });
}

export function updatesInPlace(current: Current): void {
  it("updates each field in place, and sends that field alone", async () => {
    const context = current();
    const { stack, kinds } = context;
    const forms: Record<string, Args> = {};
    const fields: Record<string, string[]> = {};
    everySubject(kinds, (subject, kind) => {
      for (const [field, change] of Object.entries(kind.specimen.updates)) {
        const label = kind.labelFor("update", field);
        const name = subject.name(label);
        const { form, ...update } = change(subject.surroundings, name);
        const values = isWith(update) ? update.with : { [field]: update.value };
        subject.change(label, values);
        const path = kind.pathOf(subject.declared(label), context.idOf(name));
        forms[path] = { ...forms[path], ...form };
        fields[name] = [...(fields[name] ?? []), ...Object.keys(values)];
      }
    });
    const { steps } = await stack.preview();
    assert.deepEqual(Object.keys(steps).sort(), Object.keys(fields).sort());
    for (const [name, { op, keys }] of Object.entries(steps)) {
      assert.equal(op, "update", name);
      for (const key of keys) assert.match(key, new RegExp(`^(${fields[name]?.join("|")})\\b`), name);
    }
    const sent = writes(await stack.up());
    assert.deepEqual(Object.fromEntries(sent.map(({ path, form }) => [path, form])), forms);
    assert.equal(sent.length, Object.keys(forms).length);
  });
}

export function replacesInstead(current: Current): void {
  it("replaces for each field that Twilio cannot change", async () => {
    const context = current();
    const { stack } = context;
    const before = stack.state();
    const names = new Set<string>();
    everySubject(context.kinds, (subject, kind) => {
      for (const [field, replacement] of Object.entries(kind.specimen.replacements)) {
        const label = kind.labelFor("replace", field);
        const change = replacement(subject.name(label), subject.surroundings);
        subject.change(label, isWith(change) ? change.with : { [field]: change });
        names.add(subject.name(label));
      }
    });
    const { steps } = await stack.preview();
    assert.deepEqual(Object.keys(steps).sort(), [...names].sort());
    for (const name of names) assert.equal(steps[name]?.op, "replace", name);
    const outcome = await stack.up();
    for (const kind of context.kinds) assertInOrder(kind, writes(outcome));
    const after = stack.state();
    for (const name of names) assert.notEqual(after[name]?.id, before[name]?.id, name);
    context.assertAlive();
  });
}

/** What there can be only one of has gone before its like comes; of the rest there is never less than was declared. */
function assertInOrder(kind: Kind, requests: readonly RequestRecord[]): void {
  const { definition } = kind.specimen;
  if (isSingleton(definition)) return;
  const declared = kind.subjects.flatMap(({ declarations }) => Object.values(declarations));
  const collections = new Set(declared.map((args) => kind.pathOf(args, "").replace(/\/$/, "")));
  const instance = new RegExp(`/${definition.sidPrefix}[0-9a-f]{32}$`);
  let more = 0;
  for (const { method, path, status } of requests) {
    assert.ok(status < 400, `${method} ${path}: ${status}`);
    if (method === "POST" && collections.has(path)) more += 1;
    if (method === "DELETE" && instance.test(path)) more -= 1;
    assert.ok(
      deletesBeforeReplace(definition) ? more <= 0 : more >= 0,
      `${kind.type}: ${more} more at ${path}`,
    );
  }
}

/** `breakMore` does other damage that the same refresh has to show. */
export function repairsDrift<K extends Kind>(
  current: Current<K>,
  breakMore: (context: LifecycleContext<K>) => Repair = () => ({ steps: {}, requests: [] }),
): void {
  it("shows each field's drift by name, and puts it back", async () => {
    const context = current();
    const { stack } = context;
    const drifted = changeBehind(context);
    const more = breakMore(context);
    const expected = { ...drifted.steps, ...more.steps };
    assert.deepEqual((await stack.preview({ refresh: true })).steps, expected);
    const sent = writes(await stack.up({ refresh: true })).map(describeRequest);
    assert.deepEqual(sent.sort(), [...drifted.requests, ...more.requests].sort());
    context.assertAlive();
    assert.deepEqual((await stack.preview({ refresh: true })).steps, {});
  });
}

/** Changes each field as somebody else would. Fields of one object make one step and one request. */
function changeBehind(context: LifecycleContext): Repair {
  const steps: Record<string, Step> = {};
  const requests = new Set<string>();
  everySubject(context.kinds, (subject, kind) => {
    for (const [field, drift] of Object.entries(kind.specimen.drifts)) {
      const label = kind.labelFor("drift", field);
      const name = subject.name(label);
      const { fields, keys } = drift(subject.surroundings);
      const id = context.idOf(name);
      context.simulator.change(kind.rowSid(id), fields);
      steps[name] = { op: "update", keys: [...(steps[name]?.keys ?? []), ...keys].sort() };
      requests.add(`POST ${kind.pathOf(subject.declared(label), id)}`);
    }
  });
  return { steps, requests: [...requests] };
}
