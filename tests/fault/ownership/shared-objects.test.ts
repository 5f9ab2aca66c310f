import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import { role } from "../../../provider/resources/service/role";
import { useLife } from "../life";
import { type Outcome, type Stack, type Standing, up } from "./steps";

const AGENT = { friendlyName: "an agent", type: "conversation", permissions: ["sendMessage"] };
const OTHER = { ...AGENT, permissions: ["leaveConversation"] };
const REFUSED = { kind: "status", status: 400, code: 20001, method: "POST", route: "/v1/Roles" } as const;

type Program = Readonly<Record<string, JsonObject>>;

// What a run leaves that ended between taking an object over and giving its resource another.
describe("An object that two resources of one program have in their states", () => {
  const life = useLife();
  const agents = () =>
    life.simulator
      .roles()
      .filter(({ friendly_name }) => friendly_name === AGENT.friendlyName)
      .map(({ sid }) => String(sid))
      .sort();
  const sids = (stack: Stack) => [...stack.values()].map(({ sid }) => sid).sort();
  const apply = (program: Program, stack: Stack, parallel = 8, isRefreshing = false) =>
    up(life.run(role).lifecycle, Object.entries(program), stack, parallel, isRefreshing);
  const isApart = ({ stack, errors }: Outcome) => {
    deepEqual(errors, []);
    equal(new Set(sids(stack)).size, stack.size);
    deepEqual(sids(stack), agents());
  };

  /** Both have the object of the second. */
  const shared = async (program: Program = { first: AGENT, second: AGENT }): Promise<Stack> => {
    const [declared = AGENT] = Object.values(program);
    const { sid, state } = await life.run(role).lifecycle.create(declared);
    return new Map(
      Object.keys(program).map((name): [string, Standing] => [name, { sid, state, inputs: declared }]),
    );
  };

  it("goes to one of them in the run after the one in which Twilio refused the other", async () => {
    const one = await apply({ second: AGENT }, new Map(), 1);
    life.simulator.addFault({ ...REFUSED, times: 1 });
    const two = await apply({ first: AGENT, second: AGENT }, one.stack, 1);
    equal(two.errors.length, 1);
    equal(two.stack.get("first")?.sid, two.stack.get("second")?.sid);
    isApart(await apply({ first: AGENT, second: AGENT }, two.stack));
  });

  it("leaves to the other what a killed run had made for it", async () => {
    const one = await apply({ second: AGENT }, new Map(), 1);
    const two = await apply({ first: AGENT, second: AGENT }, one.stack, 1);
    const killed = new Map([...two.stack, ...one.stack]);
    const three = await apply({ first: AGENT, second: AGENT }, killed, 1);
    isApart(three);
    deepEqual(sids(three.stack), sids(two.stack));
  });

  for (const parallel of [1, 8])
    for (const isRefreshing of [false, true])
      for (const [what, program] of Object.entries<Program>({
        two: { first: AGENT, second: AGENT },
        "two, of which the first is changed": { first: OTHER, second: AGENT },
        "two, of which the second is changed": { first: AGENT, second: OTHER },
        "two that are changed alike": { first: OTHER, second: OTHER },
        three: { first: AGENT, second: AGENT, third: AGENT },
        "three that are changed alike": { first: OTHER, second: OTHER, third: OTHER },
        'two with adopt: "always"': {
          first: { ...AGENT, adopt: "always" },
          second: { ...AGENT, adopt: "always" },
        },
      }))
        it(`is one of each again: ${what}, --parallel ${parallel}${isRefreshing ? " --refresh" : ""}`, async () => {
          const before = await shared(program);
          const stack = new Map(
            [...before].map(([name, { sid, state }]): [string, Standing] => [
              name,
              { sid, state, inputs: AGENT },
            ]),
          );
          const after = await apply(program, stack, parallel, isRefreshing);
          isApart(after);
          for (const [name, { sid }] of after.stack)
            deepEqual(
              life.simulator.roles().find((row) => row.sid === sid)?.permissions,
              program[name]?.["permissions"],
            );
          const again = await apply(program, after.stack, parallel, isRefreshing);
          deepEqual(sids(again.stack), sids(after.stack));
        });

  it("is said to be so, and who gets another", async () => {
    const run = life.run(role);
    const stack = await shared();
    await up(run.lifecycle, Object.entries({ first: AGENT, second: AGENT }), stack, 8);
    match(
      run.notes.join("\n"),
      /^role RL\w+: Another resource of this program has it in its state too, so this one gets another role\.$/m,
    );
  });

  it("stays where the update of the other fails, and the engine goes on", async () => {
    const [[, held] = []] = await shared();
    if (held === undefined) throw new Error("nothing is held");
    const { lifecycle } = life.run(role);
    lifecycle.diff(held.sid, held.state, lifecycle.check(AGENT, OTHER).inputs);
    notEqual(lifecycle.diff(held.sid, held.state, lifecycle.check(AGENT, AGENT).inputs).replaces.length, 0);
    const other = await lifecycle.create(lifecycle.check({}, AGENT).inputs);
    await lifecycle.delete(held.sid, held.state);
    deepEqual(agents(), [held.sid, other.sid].sort());
  });

  it("is dropped by one of them without a loss", async () => {
    const { stack, errors } = await apply({ second: AGENT }, await shared());
    deepEqual(errors, []);
    deepEqual(sids(stack), agents());
  });

  describe("is told from one", () => {
    const apart = async () => {
      const stack = await apply({ first: AGENT, second: AGENT }, new Map());
      const [first, second] = [...stack.stack.values()];
      if (first === undefined || second === undefined) throw new Error("nothing stands");
      return { first, second };
    };

    it("that a refresh asks about while the program runs, after its twin was heard", async () => {
      const { first, second } = await apart();
      const { lifecycle } = life.run(role);
      for (const { sid, state } of [first, second]) {
        const found = await lifecycle.read(sid, state);
        equal(lifecycle.diff(sid, found?.state ?? {}, AGENT).changes, false);
        equal(lifecycle.diff(sid, state, lifecycle.check(AGENT, AGENT).inputs).changes, false);
      }
    });

    it("that a refresh asks about between the check and the diff of its twin", async () => {
      const { first, second } = await apart();
      const { lifecycle } = life.run(role);
      const { inputs } = lifecycle.check(AGENT, AGENT);
      const found = await lifecycle.read(second.sid, second.state);
      equal(lifecycle.diff(second.sid, found?.state ?? {}, AGENT).changes, false);
      equal(lifecycle.diff(first.sid, first.state, inputs).changes, false);
      equal(lifecycle.diff(second.sid, second.state, lifecycle.check(AGENT, AGENT).inputs).changes, false);
    });

    it("that is compared without a check, since what it depends on is replaced", async () => {
      const { first } = await apart();
      const { lifecycle } = life.run(role);
      equal(lifecycle.diff(first.sid, first.state, lifecycle.check(AGENT, AGENT).inputs).changes, false);
      equal(lifecycle.diff(first.sid, first.state, AGENT).changes, false);
    });
  });
});
