import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { fieldsOf } from "../../provider/engine/define";
import { type Simulator, startSimulator } from "../../simulator";
import { type Outcome, TestStack } from "../support/test-stack";
import type { Args, Declare, Specimen } from "./specimen";
import { rowsOf, Subject } from "./subject";

/**
 * The life of a resource, in the account's default service and in a service of its own at once. An engine operation
 * costs seconds whatever is in the program, so each step is taken by all declarations together.
 */
export function describeLifecycle(specimen: Specimen): void {
  describe(`${specimen.definition.type}`, () => suite(specimen));
}

function suite(specimen: Specimen): void {
  const { definition, resource } = specimen;
  let simulator: Simulator;
  let stack: TestStack;
  let subjects: Subject[] = [];
  let extra: ((declare: Declare) => void) | undefined;

  const declare: Declare = (type, name, args, opts) => new type(name, args as never, opts);
  const program = async () => {
    for (const subject of subjects) subject.run(declare);
    extra?.(declare);
  };
  const idOf = (name: string) => stack.state()[name]?.id ?? "";
  const declared = () => subjects.flatMap(({ declarations }) => Object.keys(declarations));
  const writes = ({ requests }: Outcome) => requests.filter(({ method }) => method !== "GET");
  const assertAlive = () => {
    const inState = Object.values(stack.state()).filter(({ type }) => type.endsWith(`:${definition.type}`));
    assert.deepEqual(inState.map(({ id }) => id).sort(), rowsOf(subjects));
    assert.equal(inState.length, declared().length);
  };

  before(async () => {
    simulator = await startSimulator();
    stack = await TestStack.create(simulator, program);
    subjects = await Subject.inBothScopes(specimen, simulator);
  });
  after(async () => {
    stack?.remove();
    await simulator?.close();
  });

  it("has its every field in this suite", () => {
    const fields = fieldsOf(definition).filter(({ name }) => name !== "account");
    const named = (change: string) =>
      fields.filter(({ policy }) => policy.change === change).map(({ name }) => name);
    const observed = fields.filter(({ policy }) => policy.change === "update" && policy.writeOnly !== true);
    assert.deepEqual(Object.keys(specimen.updates).sort(), named("update").sort());
    assert.deepEqual(Object.keys(specimen.replacements).sort(), named("replace").sort());
    const tested = [...Object.keys(specimen.drifts), ...Object.keys(specimen.notRepaired ?? {})];
    assert.deepEqual(tested.sort(), observed.map(({ name }) => name).sort());
  });

  it("previews with unknowns, and sends nothing", async () => {
    const [subject] = subjects;
    extra = subject && specimen.withUnknowns(subject.surroundings);
    const { steps, requests } = await stack.preview();
    assert.ok(Object.keys(steps).length >= 2);
    for (const { op } of Object.values(steps)) assert.equal(op, "create");
    assert.deepEqual(requests, []);
  });

  it("creates each with one POST and nothing after it, and gets what others made", async () => {
    const outside: [Subject, string][] = [];
    for (const subject of subjects) {
      subject.declare("least", subject.least("least"));
      const labels = [
        "base",
        ...subject.updatable.map((field) => `update-${field}`),
        ...subject.replacing.map((field) => `replace-${field}`),
        ...subject.drifting.map((field) => `drift-${field}`),
      ];
      for (const label of labels) subject.declare(label, subject.full(label));
      outside.push([subject, await subject.makeOutside("outside")]);
    }
    extra = () => {
      const { get } = resource as unknown as { get(name: string, args: Args): pulumi.CustomResource };
      for (const [{ scope, surroundings }, sid] of outside)
        get(`found-${scope}`, { sid, ...specimen.located(surroundings), ...surroundings.place });
    };
    const outcome = await stack.up();
    extra = undefined;
    for (const [subject, sid] of outside) subject.leaveAlone(sid);
    assert.equal(rowsOf(subjects).length, declared().length);
    assert.deepEqual(
      writes(outcome).map(({ status }) => status),
      declared().map(() => 201),
    );
    for (const [{ scope }, sid] of outside) {
      assert.equal(stack.state()[`found-${scope}`]?.id, sid);
      assert.equal(stack.state()[`found-${scope}`]?.outputs["accountSid"], simulator.account.accountSid);
    }
  });

  it("previews unchanged, and sends nothing for what it manages", async () => {
    const { steps, requests } = await stack.preview();
    assert.deepEqual(steps, {});
    assert.deepEqual(requests, []);
    await stack.up();
    assertAlive();
  });

  it("refreshes from list pages, and prints nothing", async () => {
    const { steps, requests, text } = await stack.preview({ refresh: true });
    assert.deepEqual(steps, {});
    assert.doesNotMatch(text, new RegExp(`twilio:${definition.type}: \\(`));
    for (const { method, query } of requests)
      assert.deepEqual([method, query["PageSize"]], ["GET", `${definition.pageSize}`]);
    assert.equal(requests.length, subjects.length);
  });

  it("updates each field in place, and sends that field alone", async () => {
    const expected: Record<string, Args> = {};
    const fieldOf: Record<string, string> = {};
    for (const subject of subjects)
      for (const [field, change] of Object.entries(specimen.updates)) {
        const { value, form } = change(subject.surroundings);
        const label = `update-${field}`;
        subject.change(label, { [field]: value });
        expected[idOf(subject.name(label))] = form;
        fieldOf[subject.name(label)] = field;
      }
    const { steps } = await stack.preview();
    assert.deepEqual(Object.keys(steps).sort(), Object.keys(fieldOf).sort());
    for (const [name, { op, keys }] of Object.entries(steps)) {
      assert.equal(op, "update", name);
      for (const key of keys) assert.match(key, new RegExp(`^${fieldOf[name]}\\b`));
    }
    const sent = writes(await stack.up()).map(({ path, form }) => [
      path.slice(path.lastIndexOf("/") + 1),
      form,
    ]);
    assert.deepEqual(Object.fromEntries(sent), expected);
    assert.equal(sent.length, Object.keys(expected).length);
  });

  it("replaces for each field that Twilio cannot change", async () => {
    const before = stack.state();
    const names: string[] = [];
    for (const subject of subjects)
      for (const [field, replacement] of Object.entries(specimen.replacements)) {
        const label = `replace-${field}`;
        const change = replacement(subject.name(label), subject.surroundings);
        subject.change(label, isWith(change) ? change.with : { [field]: change });
        names.push(subject.name(label));
      }
    const { steps } = await stack.preview();
    assert.deepEqual(Object.keys(steps).sort(), [...names].sort());
    for (const name of names) assert.equal(steps[name]?.op, "replace", name);
    await stack.up();
    const after = stack.state();
    for (const name of names) assert.notEqual(after[name]?.id, before[name]?.id, name);
    assertAlive();
  });

  it("shows each field's drift by name, and puts it back", async () => {
    const expected: Record<string, unknown> = {};
    for (const subject of subjects) {
      for (const [field, drift] of Object.entries(specimen.drifts)) {
        const { fields, keys } = drift(subject.surroundings);
        simulator.change(idOf(subject.name(`drift-${field}`)), fields);
        expected[subject.name(`drift-${field}`)] = { op: "update", keys };
      }
      simulator.remove(idOf(subject.name("base")));
      expected[subject.name("base")] = { op: "create", keys: [] };
    }
    assert.deepEqual((await stack.preview({ refresh: true })).steps, expected);
    assert.equal(writes(await stack.up({ refresh: true })).length, Object.keys(expected).length);
    assertAlive();
    assert.deepEqual((await stack.preview({ refresh: true })).steps, {});
  });

  it("survives a rename without an alias", async () => {
    for (const subject of subjects) {
      const renamed = Object.entries(subject.declarations).map(([name, value]) => [`${name}-renamed`, value]);
      subject.declarations = Object.fromEntries(renamed);
    }
    const before = rowsOf(subjects);
    await stack.up();
    assertAlive();
    assert.deepEqual(rowsOf(subjects), before);
  });

  it("survives up --replace and state taint", async () => {
    const urns = subjects.map((subject) => stack.state()[subject.name("base-renamed")]?.urn ?? "");
    await stack.up({ replace: urns });
    assertAlive();
    for (const urn of urns) await stack.run("state", "taint", urn, "--yes");
    await stack.up();
    assertAlive();
  });

  it("survives being declared twice and then once", async () => {
    const once = subjects.map(({ declarations }) => declarations);
    for (const subject of subjects)
      subject.declare("twin", subject.declarations[subject.name("base-renamed")] ?? {});
    if (definition.naturalKey.enforced) assert.match(await stack.failing(() => stack.up()), /declared twice/);
    else await stack.up();
    subjects.forEach((subject, index) => {
      subject.declarations = once[index] ?? {};
    });
    await stack.up();
    assertAlive();
  });

  it("adopts what an interrupted run left, and nobody's standing object", async () => {
    const left: Record<string, string> = {};
    const standing: Record<string, string> = {};
    for (const subject of subjects) {
      left[subject.name("left")] = await subject.makeOutside("left");
      const sid = await subject.makeOutside("standing");
      simulator.change(sid, { date_created: "2020-01-01T00:00:00Z" });
      standing[subject.name("standing")] = sid;
      subject.leaveAlone(sid);
      subject.declare("left", subject.full("left"));
    }
    assert.deepEqual(
      writes(await stack.up()).filter(({ status }) => status < 300),
      [],
    );
    for (const [name, sid] of Object.entries(left)) assert.equal(idOf(name), sid);
    for (const subject of subjects) subject.declare("standing", subject.full("standing"));
    if (definition.naturalKey.enforced) {
      const failure = await stack.failing(() => stack.up());
      assert.match(failure, /exists already, created \d+ days ago[\s\S]*adopt: "always"/);
    }
    for (const subject of subjects) subject.change("standing", { adopt: "always" });
    await stack.up();
    for (const [name, sid] of Object.entries(standing)) assert.equal(idOf(name), sid);
  });

  it("destroys all, also what is gone already", async () => {
    for (const subject of subjects) simulator.remove(idOf(subject.name("base-renamed")));
    await stack.destroy();
    assert.deepEqual(rowsOf(subjects), []);
    assert.deepEqual(stack.state(), {});
  });
}

function isWith(change: unknown): change is { with: Args } {
  return typeof change === "object" && change !== null && "with" in change;
}
