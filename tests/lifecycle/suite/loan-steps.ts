import assert from "node:assert/strict";
import type { Args, Specimen } from "../../types/specimen";
import { describeRequest, writes } from "./context";
import { type Context, type CurrentContext, naming, refusal } from "./existence-steps";
import type { CollectionKind } from "./kind";
import type { Subject } from "./subject";

// Steps on objects that appear by themselves: one that is there already is no conflict, and only on loan.

const LABEL = "lent";
type Lent = Map<Subject, string>;

export function lends(current: CurrentContext, specimens: readonly Specimen[]): void {
  for (const { definition } of specimens.filter(appears)) {
    const { type, noun } = definition;
    const lent: Lent = new Map();

    it(`leaves a ${noun} alone that is there already, where program or stack say so`, async () => {
      const context = current();
      const { stack } = context;
      const kind = context.kind(type);
      for (const subject of kind.subjects)
        lent.set(subject, await makeUnlikeDeclared(context, kind, subject));
      const exists = new RegExp(
        `${naming(definition)} exists already, created \\d+ days ago, and differs in`,
      );
      const never = await refusal(context, () => declareIn(kind, { adopt: "never" }));
      assert.match(never, exists);
      assert.match(never, /adopt is "never"/);
      await stack.setConfig("twilio:adopt", "matching");
      assert.match(await refusal(context, () => declareIn(kind)), exists);
      await stack.run("config", "rm", "twilio:adopt");
    });

    it(`takes over a ${noun} that is there already, updates it to match, and gives it back`, async () => {
      const context = current();
      const { stack } = context;
      const kind = context.kind(type);
      const before = rowsOf(context, kind, lent);
      const takeOver = async () => {
        const sent = writes(await stack.up()).filter(({ status }) => status < 300);
        assert.deepEqual(sent.map(describeRequest).sort(), updatesOf(kind, lent).sort());
        for (const [subject, sid] of lent) assert.equal(context.idOf(subject.name(LABEL)), sid);
        assert.deepEqual((await stack.preview({ refresh: true })).steps, {});
      };
      await context.meanwhile(() => declareIn(kind), takeOver);
      const sent = writes(await stack.up());
      assert.deepEqual(sent.map(describeRequest).sort(), updatesOf(kind, lent).sort());
      assert.deepEqual(rowsOf(context, kind, lent), before);
    });
  }
}

export function appears({ definition }: Specimen): boolean {
  return definition.naturalKey.createdImplicitly === true;
}

function declareIn(kind: CollectionKind, more: Args = {}): void {
  for (const subject of kind.subjects) subject.declare(LABEL, { ...subject.full(LABEL), ...more });
}

/** One that stands since long, with other values than the program will declare. */
async function makeUnlikeDeclared({ simulator }: Context, kind: CollectionKind, subject: Subject) {
  const sid = await kind.makeOutside(subject, LABEL);
  kind.leaveAlone(sid);
  const drifts = Object.values(kind.specimen.drifts).map((drift) => drift(subject.surroundings).fields);
  simulator.change(sid, Object.assign({ date_created: "2020-01-01T00:00:00Z" }, ...drifts));
  return sid;
}

function updatesOf(kind: CollectionKind, lent: Lent): string[] {
  return [...lent].map(([subject, sid]) => `POST ${kind.pathOf(subject.full(LABEL), sid)}`);
}

/** Attributes as values: the engine keeps the keys of what is remembered in an order of its own. */
function rowsOf({ simulator }: Context, { specimen }: CollectionKind, lent: Lent): Args[] {
  const sids = new Set(lent.values());
  const rows = specimen.rowsOf(simulator).filter(({ sid }) => sids.has(sid));
  assert.equal(rows.length, lent.size);
  return rows.map(({ date_updated: _when, attributes, ...row }) => ({
    ...row,
    attributes: JSON.parse(String(attributes)),
  }));
}
