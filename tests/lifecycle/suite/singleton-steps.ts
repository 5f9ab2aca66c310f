import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { Service } from "../../../provider";
import { diagnosticsIn } from "../../support/diagnostics";
import type { Args } from "../../types/specimen";
import { describeRequest, type LifecycleContext, writes } from "./context";
import { optionsOf } from "./replacement-steps";
import type { SingletonKind } from "./singleton-kind";
import type { Current } from "./value-steps";

// Steps on the existence of settings that are there without a program: it sets them, and puts them back.

type Context = LifecycleContext<SingletonKind>;
type CurrentContext = Current<SingletonKind>;

const ELSEWHERE = "elsewhere";
const VERIFYING = "GET /v1/Configuration";

export function setsEach(current: CurrentContext): void {
  it("asks for each once, sets what differs with one POST, and gets what it does not manage", async () => {
    const context = current();
    const { kinds, simulator, stack } = context;
    declareEach(context);
    const { accountSid, authToken } = simulator.addAccount();
    Object.assign(stack.environment, {
      TWILIO_ELSEWHERE_ACCOUNT_SID: accountSid,
      TWILIO_ELSEWHERE_AUTH_TOKEN: authToken,
    });
    const outside = kinds.map((kind) => [kind, foundArgs(kind, accountSid)] as const);
    context.extra = () => {
      for (const [kind, args] of outside) getFound(kind, args);
    };
    const { requests } = await stack.up();
    context.extra = undefined;
    const expected = kinds.flatMap((kind) => [
      ...kind.reads(kind.subject),
      `POST ${kind.pathOf(kind.subject.declared("base"))}`,
    ]);
    const gets = outside.map(([kind, args]) => `GET ${kind.pathOf(args)}`);
    // Each of the two accounts is asked once who it is, and once more by who comes after a write to its settings.
    expected.push(...gets, VERIFYING, VERIFYING);
    const asked = requests.map(describeRequest);
    const verifying = (all: readonly string[]) => all.filter((request) => request === VERIFYING).length;
    const others = (all: readonly string[]) => all.filter((request) => request !== VERIFYING).sort();
    assert.deepEqual(others(asked), others(expected));
    assert.ok([0, 1].includes(verifying(asked) - verifying(expected)), `${verifying(asked)} times`);
    const forms = requests.filter(({ method }) => method === "POST").map(({ path, form }) => [path, form]);
    const expectedForms = kinds.map((kind) => [
      kind.pathOf(kind.subject.declared("base")),
      kind.specimen.form(kind.subject.surroundings),
    ]);
    assert.deepEqual(Object.fromEntries(forms), Object.fromEntries(expectedForms));
    const state = stack.state();
    for (const kind of kinds) assert.deepEqual([state[kind.name]?.id], kind.sids(), kind.type);
    for (const [kind, { serviceSid }] of outside) {
      const found = state[kind.subject.name("found")];
      assert.equal(found?.id, serviceSid ?? accountSid, kind.type);
      assert.equal(
        found?.outputs["accountSid"],
        serviceSid === undefined ? accountSid : simulator.account.accountSid,
        kind.type,
      );
    }
  });
}

function declareEach({ kinds }: Context): void {
  for (const { subject } of kinds) subject.declare("base", subject.full("base"));
}

function foundArgs({ specimen, subject }: SingletonKind, otherAccountSid: string): Args {
  return specimen.scopes === "own"
    ? { serviceSid: subject.surroundings.rows["otherService"]?.sid }
    : { accountSid: otherAccountSid, account: ELSEWHERE };
}

function getFound({ specimen, subject }: SingletonKind, args: Args): void {
  const { get } = specimen.resource as unknown as { get(name: string, args: Args): pulumi.CustomResource };
  get.call(specimen.resource, subject.name("found"), args);
}

export function refusesTwins(current: CurrentContext): void {
  const refusal = (noun: string) => new RegExp(`declared twice: [^\\n]*\\b${noun}\\b`);

  it("refuses a second declaration of each at preview", async () => {
    const context = current();
    let text = "";
    const declareTwins = () => {
      for (const { subject } of context.kinds) subject.declare("twin", subject.declared("base"));
    };
    await context.meanwhile(declareTwins, async () => {
      text = diagnosticsIn(await context.stack.failing(() => context.stack.preview()));
    });
    for (const { specimen } of context.kinds) assert.match(text, refusal(specimen.definition.noun));
  });
}

export function survivesReplaceAndTaint(current: CurrentContext): void {
  it("survives every way in which the engine replaces it, and remembers what was there before", async () => {
    const context = current();
    const { kinds, stack } = context;
    const set = await eachNow(kinds);
    const urns = kinds.map(({ name }) => stack.state()[name]?.urn ?? "");
    await stack.up({ replace: urns });
    context.assertAlive();
    await stack.run("state", "taint", ...urns, "--yes");
    await stack.up();
    context.assertAlive();
    const all = new Set(kinds.map(({ name }) => name));
    const leader = "leader";
    const replaceAll = async (replacementTrigger: string, triggered: ReadonlySet<string>) => {
      context.optionsOf = optionsOf({ triggered, replacementTrigger, following: all, leader });
      const { steps } = await stack.up();
      for (const name of all) assert.equal(steps[name]?.op, "replace", name);
      context.assertAlive();
    };
    // It stays, so that the next step finds nothing to delete.
    context.before = (declare) => declare(Service, leader, { friendlyName: leader });
    await replaceAll("first", all);
    await replaceAll("second", new Set([leader]));
    assert.deepEqual(await eachNow(kinds), set);
  });
}

/** What Twilio says of all that the kinds set. */
async function eachNow(kinds: readonly SingletonKind[]) {
  return Object.fromEntries(await Promise.all(kinds.map(async (kind) => [kind.type, await kind.now()])));
}

export function givesBack(current: CurrentContext): void {
  it("puts back what was there before when all is destroyed, and names what stays", async () => {
    const context = current();
    const { kinds, stack } = context;
    const { text } = await stack.destroy();
    assert.deepEqual(stack.state(), {});
    for (const kind of kinds) {
      const { stays = {} } = kind.specimen;
      const paths = [...kind.before.keys()];
      const expected = paths.map((path, index) => ({ ...kind.before.get(path), ...(index > 0 && stays) }));
      const now = await kind.now();
      assert.deepEqual(
        paths.map((path) => now.get(path)),
        expected,
        kind.type,
      );
      const said = new RegExp(
        `${kind.specimen.definition.noun} \\w+: [^\\n]*(stays as it is|stay as they are)`,
      );
      assert.equal(said.test(text), Object.keys(stays).length > 0, `${kind.type}: ${text}`);
    }
  });
}

export function survivesRename(current: CurrentContext): void {
  it("survives a rename without an alias", async () => {
    const context = current();
    const { kinds, stack } = context;
    await stack.up();
    const set = await eachNow(kinds);
    for (const { subject } of kinds) {
      const renamed = Object.entries(subject.declarations).map(([name, args]) => [`${name}-renamed`, args]);
      subject.declarations = Object.fromEntries(renamed);
    }
    assert.deepEqual(writes(await stack.up()), []);
    context.assertAlive();
    assert.deepEqual(await eachNow(kinds), set);
  });
}

export function isGoneWithItsService(current: CurrentContext): void {
  it("is gone with its service, and then there is nothing to put back", async () => {
    const context = current();
    const { kinds, simulator, stack } = context;
    const inService = kinds.filter(({ specimen }) => specimen.scopes === "own");
    const steps = Object.fromEntries(
      inService.flatMap(({ subject }) =>
        Object.keys(subject.declarations).map((name) => [name, { op: "create", keys: [] }]),
      ),
    );
    for (const name of Object.keys(steps)) simulator.remove(context.idOf(name));
    assert.deepEqual((await stack.preview({ refresh: true })).steps, steps);
    const { requests } = await stack.destroy();
    for (const { method, path, status } of requests)
      if (method === "POST") assert.equal(status, path.includes("/Services/") ? 404 : 200, path);
    assert.deepEqual(stack.state(), {});
  });
}
