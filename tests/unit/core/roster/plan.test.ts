import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import type { JsonObject } from "../../../../provider/core/json";
import { wantedIn } from "../../../../provider/core/roster/member";
import { changesIn, type Plan, planOf } from "../../../../provider/core/roster/plan";
import { heldFor, stateWith } from "../../../../provider/core/roster/state";
import { roster } from "../../../../provider/resources";
import { CH, sidOf } from "../../../types/sids";
import { place } from "../state/samples";

type Members = Record<string, JsonObject>;

const inputsOf = (members: Members): JsonObject => ({ conversationSid: CH, members });
/** The state in which the members are as declared, each under the SID of its number. */
const stateOf = (members: Members): JsonObject =>
  stateWith(
    roster,
    { conversationSid: CH },
    { ...place },
    Object.entries(members).map(([label, state], at) => ({ label, sid: sidOf("MB", at + 1), state })),
  );
const plan = (before: Members, after: Members, isExclusive = false): Plan =>
  planOf(
    roster,
    heldFor(roster, stateOf(before), inputsOf(after)),
    wantedIn(roster, inputsOf(after)),
    isExclusive,
  );
const shown = ({ staying, added, removed }: Plan) => ({
  staying: staying.map(({ held, wanted, changes }) => [held.label, wanted.label, changes]),
  added: added.map(({ label }) => label),
  removed: removed.map(({ label }) => label),
});

const [alice, bob] = [{ identity: "alice" }, { identity: "bob" }];

describe("engine: what a roster does to become as declared", () => {
  it("cannot be known from a state that is damaged, which is said in a sentence", () => {
    const damaged = { ...stateOf({ a: alice }), written: { a: "{" } };
    throws(() => heldFor(roster, damaged, inputsOf({ a: alice })), /holds no member a: it is damaged/);
  });

  it("is nothing where all is as declared", () => {
    const same = plan({ a: alice, b: bob }, { a: alice, b: bob });
    deepEqual(shown(same), {
      staying: [
        ["a", "a", false],
        ["b", "b", false],
      ],
      added: [],
      removed: [],
    });
    equal(
      changesIn(same, () => false),
      false,
    );
  });

  it("tells members apart by who they are, whatever their labels", () => {
    deepEqual(shown(plan({ a: alice, b: bob }, { b: alice, a: bob })), {
      staying: [
        ["b", "a", false],
        ["a", "b", false],
      ].sort(() => -1),
      added: [],
      removed: [],
    });
    equal(
      changesIn(plan({ a: alice }, { other: alice }), () => false),
      undefined,
    );
  });

  it("is a change that the engine cannot see, where the state alone knows whom to remove", () => {
    const leaving = plan({ a: alice, b: bob }, { a: alice });
    equal(
      changesIn(leaving, () => false),
      undefined,
    );
    equal(
      changesIn(leaving, ({ label }) => label === "b"),
      true,
    );
  });

  it("replaces a member who becomes another, under the same label", () =>
    deepEqual(shown(plan({ a: alice }, { a: bob })), { staying: [], added: ["a"], removed: ["a"] }));

  it("replaces a member by address whose proxy changes", () => {
    const customer = (proxyAddress: string) => ({ messagingBinding: { address: "+1", proxyAddress } });
    deepEqual(shown(plan({ c: customer("+2") }, { c: customer("+3") })), {
      staying: [],
      added: ["c"],
      removed: ["c"],
    });
  });

  it("removes strangers only where it is exclusive, and none whom the program comes to declare", () => {
    const label = `undeclared:${sidOf("MB", 2)}`;
    const before = { a: alice, [label]: bob };
    deepEqual(shown(plan(before, { a: alice })).removed, []);
    deepEqual(shown(plan(before, { a: alice }, true)).removed, [label]);
    deepEqual(shown(plan(before, { a: alice, b: bob }, true)), {
      staying: [["a", "a", false]],
      added: ["b"],
      removed: [],
    });
  });

  it("sees no change of members in what the roster says for all", () => {
    const after = { ...inputsOf({ a: alice }), webhookEnabled: true, adopt: "always" };
    const { staying } = planOf(
      roster,
      heldFor(roster, stateOf({ a: alice }), after),
      wantedIn(roster, after),
      false,
    );
    equal(staying[0]?.changes, false);
  });

  it("gives each member that is declared one place, and each that is held one fate", () => {
    const identities = fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { maxLength: 8 });
    const labelled = fc
      .tuple(identities, fc.shuffledSubarray([..."stuvwxyz"], { minLength: 8 }))
      .map(([who, labels]) =>
        Object.fromEntries(who.map((identity, at) => [labels[at] ?? "", { identity }])),
      );
    fc.assert(
      fc.property(labelled, labelled, (before, after) => {
        const { staying, added, removed } = plan(before, after);
        const who = (members: Members) => Object.values(members).map(({ identity }) => String(identity));
        const [was, is] = [new Set(who(before)), new Set(who(after))];
        deepEqual(
          staying.map(({ wanted }) => wanted.inputs["identity"]).sort(),
          [...is].filter((one) => was.has(one)).sort(),
        );
        deepEqual(
          added.map(({ inputs }) => inputs["identity"]).sort(),
          [...is].filter((one) => !was.has(one)).sort(),
        );
        deepEqual(
          removed.map(({ state }) => state["identity"]).sort(),
          [...was].filter((one) => !is.has(one)).sort(),
        );
        for (const { held, wanted } of staying) equal(held.state["identity"], wanted.inputs["identity"]);
      }),
    );
  });
});
