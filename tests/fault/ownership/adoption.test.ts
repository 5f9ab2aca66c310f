import assert from "node:assert/strict";
import { deletesBeforeReplace, isSingleton } from "../../../provider/core/definition/define";
import { AdoptionError } from "../../../provider/core/errors";
import type { JsonObject } from "../../../provider/core/json";
import { definitions } from "../../../provider/resources";
import { configuration } from "../../../provider/resources/account/configuration";
import { participant } from "../../../provider/resources/conversation/participant";
import { measured } from "../../support/soak";
import { driftedDeclarations } from "../../types";
import { makeWorld, type World } from "../../types/drifted";
import { type Run, useLife } from "../life";

// The same on the engine: survivesRename, survivesReplaceAndTaint and survivesTwins in tests/lifecycle.

const OLD = "2020-01-01T00:00:00Z";

type Outcome = "adopted" | "refused" | "another";
/** What becomes of the new resource where its object exists already: just made, and longer ago than the window. */
interface Expected {
  readonly types: readonly string[];
  readonly renamed: readonly Outcome[];
  readonly replaced: readonly Outcome[];
}

const EXPECTED: readonly Expected[] = [
  {
    // Twilio keeps it once, and it is deleted before it is replaced.
    types: ["AddressConfiguration", "Conversation", "Participant"],
    ...{ renamed: ["adopted", "refused"], replaced: ["another", "another"] },
  },
  {
    // Twilio makes it for whoever joins; one that was there before is not deleted.
    types: ["User"],
    ...{ renamed: ["adopted", "adopted"], replaced: ["another", "adopted"] },
  },
  {
    // Twilio takes it twice. A rename is not told from an interrupted run, so a young one is kept.
    types: ["ConversationWebhook", "Role", "Service"],
    ...{ renamed: ["adopted", "another"], replaced: ["adopted", "another"] },
  },
  {
    // The same, and Twilio never tells all of it.
    types: ["Credential", "Message"],
    ...{ renamed: ["refused", "another"], replaced: ["refused", "another"] },
  },
  {
    types: definitions.filter(isSingleton).map(({ type }) => type),
    ...{ renamed: ["adopted"], replaced: ["adopted"] },
  },
];

function expectedOf(type: string): Expected {
  const found = EXPECTED.find(({ types }) => types.includes(type));
  assert.ok(found, `${type} is expected to become nothing`);
  return found;
}

interface Held {
  readonly sid: string;
  readonly state: JsonObject;
}

describe("Adoption never destroys", () => {
  const life = useLife({ switches: { groupMms: true } });
  let world: World;
  let survived = 0;
  beforeEach(async () => {
    world = await makeWorld(life.account);
  });
  after(() =>
    measured(
      "adoption never destroys",
      `${survived} renames, replacements and twins of ${definitions.length} types`,
    ),
  );

  for (const definition of definitions)
    for (const isOld of [false, true]) {
      if (isOld && isSingleton(definition)) continue;
      const inputsOf = () => driftedDeclarations(definition.type, world)[0]?.inputs ?? {};
      const made = async (): Promise<Held> => {
        const held = await life.run(definition).lifecycle.create(inputsOf());
        if (!isOld) return held;
        life.simulator.change(held.sid, { date_created: OLD });
        const found = await life.run(definition).lifecycle.read(held.sid, held.state);
        return { sid: held.sid, state: found?.state ?? {} };
      };
      /** What the program goes on declaring, as the engine tells of it. */
      const keep = ({ lifecycle }: Run, { sid, state }: Held) => {
        lifecycle.check(inputsOf(), inputsOf());
        return lifecycle.diff(sid, state, inputsOf());
      };
      const expect = (scenario: "renamed" | "replaced", other: Held | undefined, old: Held) => {
        const outcome = other === undefined ? "refused" : other.sid === old.sid ? "adopted" : "another";
        assert.equal(outcome, expectedOf(definition.type)[scenario][isOld ? 1 : 0], scenario);
      };
      /** Each reads as it was recorded: nobody has changed a field of it. */
      const assertAlive = async (...all: Held[]) => {
        for (const { sid, state } of all) {
          const found = await life.run(definition).lifecycle.read(sid, state);
          assert.deepEqual(found?.state, state, sid);
        }
        survived += 1;
      };
      const age = isSingleton(definition) ? "" : isOld ? ", however old" : ", just made";
      /** Away with all, for the next scenario. */
      const clear = async (...all: Held[]) => {
        for (const { sid, state } of all) await life.run(definition).lifecycle.delete(sid, state);
      };

      /** The program declares one of the two no more. */
      const letGo = async (twin: Held, one: Held) => {
        const run = life.run(definition);
        keep(run, one);
        await run.lifecycle.delete(twin.sid, twin.state);
        await assertAlive(one);
      };
      const renamed = async () => {
        const old = await made();
        const run = life.run(definition);
        run.lifecycle.check({}, inputsOf());
        const other = await orRefused(run.lifecycle.create(inputsOf()));
        expect("renamed", other, old);
        // The engine deletes what is no longer declared at the end, and nothing after an error.
        if (other !== undefined) await run.lifecycle.delete(old.sid, old.state);
        await assertAlive(other ?? old);
        await clear(other ?? old);
      };

      const replaced = async () => {
        const old = await made();
        const { lifecycle } = life.run(definition);
        lifecycle.check(inputsOf(), inputsOf());
        if (deletesBeforeReplace(definition)) await lifecycle.delete(old.sid, old.state);
        // Of what Twilio does not tell all, a young one is refused; with an error the engine deletes nothing.
        const other = await orRefused(lifecycle.create(inputsOf()));
        expect("replaced", other, old);
        if (!deletesBeforeReplace(definition) && other !== undefined)
          await lifecycle.delete(old.sid, old.state);
        await assertAlive(other ?? old);
        await clear(other ?? old);
      };

      const declaredTwice = async () => {
        const one = await made();
        const run = life.run(definition);
        keep(run, one);
        const twin = await orRefused(run.lifecycle.create(inputsOf()));
        if (deletesBeforeReplace(definition)) assert.equal(twin, undefined);
        await assertAlive(one, ...(twin === undefined ? [] : [twin]));
        if (twin !== undefined) await letGo(twin, one);
        await clear(one);
      };

      const takenByTwin = async () => {
        const one = await made();
        const run = life.run(definition);
        run.lifecycle.check({}, inputsOf());
        const twin = await orRefused(run.lifecycle.create(inputsOf()));
        if (twin?.sid !== one.sid) keep(run, one);
        else if (deletesBeforeReplace(definition)) assert.throws(() => keep(run, one), AdoptionError);
        else {
          assert.notDeepEqual(keep(run, one).replaces, []);
          const other = await run.lifecycle.create(run.lifecycle.check({}, inputsOf()).inputs);
          await run.lifecycle.delete(one.sid, one.state);
          await assertAlive(one, other);
          await clear(other);
        }
        await assertAlive(one);
        if (twin !== undefined) await letGo(twin, one);
        await clear(one);
      };

      it(`a ${definition.noun}${age}`, async () => {
        for (const scenario of [renamed, replaced, declaredTwice, takenByTwin]) await scenario();
      });
    }

  async function orRefused(creating: Promise<Held>): Promise<Held | undefined> {
    try {
      return await creating;
    } catch (error) {
      if (error instanceof AdoptionError) return undefined;
      throw error;
    }
  }
});

describe("A delete of what a create takes over meanwhile", () => {
  const life = useLife();

  it("looks again before it deletes, since it may have waited for another answer", async () => {
    const { sid: conversationSid } = await life.account.conversation("desk");
    const { sid: roleSid } = await life.account.role("agent");
    const alice = { conversationSid, identity: "alice", roleSid };
    const old = await life.run(participant).lifecycle.create(alice);
    const timer = { defaultInactiveTimer: "PT1H" };
    const setting = await life.run(configuration).lifecycle.create(timer);
    const { lifecycle, notes, of } = life.run(participant);
    const held = (route: string, status: number, retryAfterSeconds: number) =>
      life.simulator.addFault({ method: "POST", kind: "status", route, status, retryAfterSeconds, times: 1 });
    held("/v1/Conversations/*/Participants", 429, 2);
    held("/v1/Configuration", 503, 8);
    const creating = lifecycle.create(lifecycle.check({}, alice).inputs);
    await life.clock.sleep(500);
    // Until it is done, no other resource knows which service is the default.
    const updating = of(configuration).update(setting.sid, setting.state, { defaultInactiveTimer: "PT2H" });
    await life.clock.sleep(500);
    await lifecycle.delete(old.sid, old.state);
    assert.equal((await creating).sid, old.sid);
    await updating;
    assert.deepEqual(
      life.simulator.participants().map(({ sid }) => sid),
      [old.sid],
    );
    assert.match(notes.join(), new RegExp(`participant ${old.sid} was kept`));
  });
});
