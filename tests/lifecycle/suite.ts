import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { type Definition, fieldsOf } from "../../provider/engine/define";
import { type Simulator, startSimulator } from "../../simulator";
import { type Outcome, TestStack } from "../support/test-stack";
import { type Row, TwilioAccount } from "../support/twilio-account";

type Args = Record<string, unknown>;
type ResourceClass = new (
  name: string,
  args: never,
  opts?: pulumi.CustomResourceOptions,
) => pulumi.CustomResource;

/** What stands around the resource under test, made outside Pulumi. */
export interface Surroundings {
  readonly account: TwilioAccount;
  /** `/Services/IS…`, or nothing for the default service. */
  readonly servicePath: string;
  /** `{ serviceSid }`, or nothing. */
  readonly place: { serviceSid?: string };
  readonly rows: Record<string, Row>;
}

/** All that the suite needs to know of one resource. */
export interface Specimen {
  readonly definition: Definition;
  readonly resource: ResourceClass;
  /** The objects that the declarations below refer to. */
  readonly prepare: (surroundings: Omit<Surroundings, "rows">) => Promise<Record<string, Row>>;
  /** A complete declaration, with a natural key of its own for each label. */
  readonly declare: (label: string, surroundings: Surroundings) => Args;
  /** The same object with nothing declared that need not be: Twilio chooses the rest. */
  readonly declareLeast: (label: string, surroundings: Surroundings) => Args;
  /** Another value for each field that changes in place, and the form that has to be sent for it. */
  readonly updates: Record<string, (surroundings: Surroundings) => { value: unknown; form: Args }>;
  /** Another value for each field that replaces. */
  readonly replacements: Record<string, (label: string, surroundings: Surroundings) => unknown>;
  /** Observed fields whose drift is another matter, with the reason; they have tests of their own. */
  readonly notRepaired?: Record<string, string>;
  /** How Twilio would show each field changed behind our back. */
  readonly drifts: Record<string, (surroundings: Surroundings) => { fields: Args; keys: string[] }>;
  /** A resource that it refers to, and the declaration that does: what a first preview cannot know. */
  readonly withUnknowns: (surroundings: Surroundings) => (declared: Declare) => void;
  /** What a `get` of an object needs besides its SID. */
  readonly located: (surroundings: Surroundings) => Args;
  /** The objects on Twilio, in the service under test. */
  readonly rowsOf: (simulator: Simulator) => Row[];
  /** Makes the declared object outside Pulumi. */
  readonly makeOutside: (args: Args, surroundings: Surroundings) => Promise<Row>;
}

export type Declare = (
  resource: ResourceClass,
  name: string,
  args: Args,
  opts?: pulumi.CustomResourceOptions,
) => pulumi.CustomResource;

/** The life of a resource, in the account's default service and in a service of its own. */
export function describeLifecycle(specimen: Specimen): void {
  for (const scope of ["default service", "service of its own"])
    describe(`${specimen.definition.type} in the ${scope}`, () =>
      suite(specimen, scope !== "default service"));
}

function suite(specimen: Specimen, isScoped: boolean): void {
  const { definition, resource } = specimen;
  const updatable = Object.keys(specimen.updates);
  const replacing = Object.keys(specimen.replacements);
  const drifting = Object.keys(specimen.drifts);
  let simulator: Simulator;
  let stack: TestStack;
  let surroundings: Surroundings;
  /** The program: what it declares, by resource name. */
  let declarations: Record<string, { args: Args; opts?: pulumi.CustomResourceOptions }>;
  let extra: ((declare: Declare) => void) | undefined;

  const declare: Declare = (type, name, args, opts) => new type(name, args as never, opts);
  const program = async () => {
    for (const [name, { args, opts }] of Object.entries(declarations)) declare(resource, name, args, opts);
    extra?.(declare);
  };
  const rows = () => specimen.rowsOf(simulator).filter(({ sid }) => !existing.has(sid));
  let existing: Set<string>;
  const writes = ({ requests }: Outcome) => requests.filter(({ method }) => method !== "GET");
  const idOf = (name: string) => stack.state()[name]?.id ?? "";
  const assertAlive = () => {
    const state = Object.values(stack.state()).filter(({ type }) => type.endsWith(`:${definition.type}`));
    assert.deepEqual(
      state.map(({ id }) => id).sort(),
      rows()
        .map(({ sid }) => sid)
        .sort(),
    );
  };

  before(async () => {
    simulator = await startSimulator();
    const account = new TwilioAccount(simulator);
    const service = isScoped ? await account.service("of its own") : undefined;
    const place = service === undefined ? {} : { serviceSid: service.sid };
    const around = { account, place, servicePath: service === undefined ? "" : `/Services/${service.sid}` };
    surroundings = { ...around, rows: await specimen.prepare(around) };
    existing = new Set(specimen.rowsOf(simulator).map(({ sid }) => sid));
    declarations = {};
    stack = await TestStack.create(simulator, program);
  });
  after(async () => {
    stack.remove();
    await simulator.close();
  });

  const full = (label: string) => ({ ...specimen.declare(label, surroundings), ...surroundings.place });
  const least = (label: string) => ({ ...specimen.declareLeast(label, surroundings), ...surroundings.place });
  const set = (name: string, change: Args) => {
    declarations[name] = { ...declarations[name], args: { ...declarations[name]?.args, ...change } };
  };

  it("has its every field in this suite", () => {
    const fields = fieldsOf(definition).filter(({ name }) => name !== "account");
    const named = (change: string) =>
      fields.filter(({ policy }) => policy.change === change).map(({ name }) => name);
    const observed = fields.filter(({ policy }) => policy.change === "update" && policy.writeOnly !== true);
    assert.deepEqual([...updatable].sort(), named("update").sort());
    assert.deepEqual([...replacing].sort(), named("replace").sort());
    const tested = [...drifting, ...Object.keys(specimen.notRepaired ?? {})];
    assert.deepEqual(tested.sort(), observed.map(({ name }) => name).sort());
  });

  it("previews with unknowns, and sends nothing", async () => {
    extra = specimen.withUnknowns(surroundings);
    const { steps, requests } = await stack.preview();
    extra = undefined;
    assert.ok(Object.keys(steps).length >= 2);
    for (const { op } of Object.values(steps)) assert.equal(op, "create");
    assert.deepEqual(requests, []);
  });

  it("creates each with one POST and nothing after it", async () => {
    for (const label of ["base", "least", ...updatable.map((field) => `update-${field}`)])
      declarations[label] = { args: label === "least" ? least(label) : full(label) };
    for (const label of [
      ...replacing.map((field) => `replace-${field}`),
      ...drifting.map((field) => `drift-${field}`),
    ])
      declarations[label] = { args: full(label) };
    const outside = await specimen.makeOutside(full("outside"), surroundings);
    existing.add(outside.sid);
    extra = () => {
      const get = resource as unknown as { get(name: string, args: Args): pulumi.CustomResource };
      get.get("found", { sid: outside.sid, ...specimen.located(surroundings), ...surroundings.place });
    };
    const outcome = await stack.up();
    const count = Object.keys(declarations).length;
    assert.equal(rows().length, count);
    assert.deepEqual(
      writes(outcome).map(({ status }) => status),
      Array(count).fill(201),
    );
    assert.equal(stack.state()["found"]?.outputs["accountSid"], simulator.account.accountSid);
  });

  it("previews unchanged, and sends nothing for what it manages", async () => {
    extra = undefined;
    const { steps, requests } = await stack.preview();
    assert.deepEqual(steps, {});
    assert.deepEqual(requests, []);
    await stack.up();
    assert.equal(stack.state()["found"], undefined);
  });

  it("refreshes from list pages, and prints nothing", async () => {
    const { steps, requests, text } = await stack.preview({ refresh: true });
    assert.deepEqual(steps, {});
    assert.equal(requests.length, Math.ceil(specimen.rowsOf(simulator).length / definition.pageSize));
    assert.doesNotMatch(text, new RegExp(`twilio:${definition.type}: \\(`));
  });

  it("updates each field in place, and sends that field alone", async () => {
    const expected: Record<string, Args> = {};
    for (const [field, change] of Object.entries(specimen.updates)) {
      const { value, form } = change(surroundings);
      set(`update-${field}`, { [field]: value });
      expected[idOf(`update-${field}`)] = form;
    }
    const preview = await stack.preview();
    for (const field of updatable) {
      const step = preview.steps[`update-${field}`];
      assert.equal(step?.op, "update", field);
      for (const key of step.keys) assert.match(key, new RegExp(`^${field}\\b`));
    }
    assert.equal(Object.keys(preview.steps).length, updatable.length);
    const sent = writes(await stack.up()).map(({ path, form }) => [
      path.slice(path.lastIndexOf("/") + 1),
      form,
    ]);
    assert.deepEqual(Object.fromEntries(sent), expected);
    assert.equal(sent.length, updatable.length);
    assert.deepEqual((await stack.preview({ refresh: true })).steps, {});
  });

  it("replaces for each field that Twilio cannot change", async () => {
    const before = stack.state();
    for (const [field, change] of Object.entries(specimen.replacements)) {
      const label = `replace-${field}`;
      const value = change(label, surroundings);
      set(
        label,
        value !== null && typeof value === "object" && "with" in value
          ? (value.with as Args)
          : { [field]: value },
      );
    }
    const { steps } = await stack.preview();
    for (const field of replacing) assert.equal(steps[`replace-${field}`]?.op, "replace", field);
    assert.equal(Object.keys(steps).length, replacing.length);
    await stack.up();
    const after = stack.state();
    for (const field of replacing)
      assert.notEqual(after[`replace-${field}`]?.id, before[`replace-${field}`]?.id, field);
    assertAlive();
    assert.deepEqual((await stack.preview({ refresh: true })).steps, {});
  });

  it("shows each field's drift by name, and puts it back", async () => {
    for (const [field, drift] of Object.entries(specimen.drifts))
      simulator.change(idOf(`drift-${field}`), drift(surroundings).fields);
    simulator.remove(idOf("base"));
    const { steps } = await stack.preview({ refresh: true });
    for (const [field, drift] of Object.entries(specimen.drifts))
      assert.deepEqual(steps[`drift-${field}`], { op: "update", keys: drift(surroundings).keys });
    assert.equal(steps["base"]?.op, "create");
    assert.equal(Object.keys(steps).length, drifting.length + 1);
    const sent = writes(await stack.up({ refresh: true }));
    assert.equal(sent.length, drifting.length + 1);
    assertAlive();
    assert.deepEqual((await stack.preview({ refresh: true })).steps, {});
  });

  it("survives a rename without an alias", async () => {
    declarations = Object.fromEntries(
      Object.entries(declarations).map(([name, declaration]) => [`${name}-renamed`, declaration]),
    );
    await stack.up();
    assertAlive();
    assert.equal(rows().length, Object.keys(declarations).length);
  });

  it("survives up --replace and state taint", async () => {
    const { urn = "" } = stack.state()["base-renamed"] ?? {};
    await stack.up({ replace: [urn] });
    assertAlive();
    await stack.run("state", "taint", urn, "--yes");
    await stack.up();
    assertAlive();
    assert.equal(rows().length, Object.keys(declarations).length);
  });

  it("survives being declared twice and then once", async () => {
    const twin = { args: declarations["base-renamed"]?.args ?? {} };
    declarations = { ...declarations, twin };
    if (definition.naturalKey.enforced) assert.match(await stack.failing(() => stack.up()), /declared twice/);
    else await stack.up();
    const { twin: _twin, ...once } = declarations;
    declarations = once;
    await stack.up();
    assertAlive();
    assert.equal(rows().length, Object.keys(declarations).length);
  });

  it("adopts what an interrupted run left, and nobody's standing object", async () => {
    const left = await specimen.makeOutside(full("left"), surroundings);
    const standing = await specimen.makeOutside(full("standing"), surroundings);
    simulator.change(standing.sid, { date_created: "2020-01-01T00:00:00Z" });
    declarations["left"] = { args: full("left") };
    const adopted = await stack.up();
    assert.equal(idOf("left"), left.sid);
    assert.equal(writes(adopted).filter(({ status }) => status === 201).length, 0);
    declarations["standing"] = { args: full("standing") };
    if (definition.naturalKey.enforced) {
      const failure = await stack.failing(() => stack.up());
      assert.match(
        failure,
        new RegExp(`${standing.sid} exists already, created \\d+ days ago[^]*adopt: "always"`),
      );
    }
    set("standing", { adopt: "always" });
    await stack.up();
    assert.equal(idOf("standing"), standing.sid);
    assertAlive();
  });

  it("destroys all, also what is gone already", async () => {
    simulator.remove(idOf("base-renamed"));
    await stack.destroy();
    assert.deepEqual(rows(), []);
    assert.deepEqual(stack.state(), {});
  });
}
