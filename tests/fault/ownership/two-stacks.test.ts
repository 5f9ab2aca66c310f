import assert from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import { participant } from "../../../provider/resources/conversation/participant";
import { user } from "../../../provider/resources/service/user";
import { seededRandom } from "../../../simulator/random";
import { measured, seed, sized } from "../../support/soak";
import { type Run, useLife } from "../life";

const { members, rounds, width } = sized({
  short: { members: 20, rounds: 4, width: 10 },
  full: { members: 400, rounds: 20, width: 20 },
});
const HOUR_MS = 3_600_000;

interface Held {
  readonly sid: string;
  readonly state: JsonObject;
  readonly inputs: JsonObject;
}

/** What one stack holds of a conversation, by identity, and what its next run is to make of it. */
class Members {
  readonly held = new Map<string, Held>();

  constructor(
    private readonly name: string,
    private readonly conversationSid: string,
  ) {}

  /** Up, update and destroy in one: a random part of the members comes, changes or goes. */
  async run({ lifecycle }: Run, random: () => number): Promise<void> {
    const identities = Array.from({ length: members }, (_, index) => `${this.name}-${index}`);
    const steps = identities.map((identity) => ({
      identity,
      luck: random(),
      tier: Math.floor(random() * 1e6),
    }));
    await inParallel(steps, async ({ identity, luck, tier }) => {
      const inputs = { conversationSid: this.conversationSid, identity, attributes: { tier } };
      const held = this.held.get(identity);
      lifecycle.check(held?.inputs ?? {}, inputs);
      if (held === undefined) {
        if (luck < 0.7) this.held.set(identity, { ...(await lifecycle.create(inputs)), inputs });
      } else if (luck < 0.3) {
        await lifecycle.delete(held.sid, held.state);
        this.held.delete(identity);
      } else {
        lifecycle.diff(held.sid, held.state, inputs);
        this.held.set(identity, {
          ...held,
          inputs,
          state: await lifecycle.update(held.sid, held.state, inputs),
        });
      }
    });
  }

  async destroy({ lifecycle }: Run): Promise<void> {
    await inParallel([...this.held.values()], ({ sid, state }) => lifecycle.delete(sid, state));
    this.held.clear();
  }

  /** What there has to be on Twilio, a line for each. */
  lines(): string[] {
    return [...this.held.values()].map(({ sid, inputs }) =>
      lineOf(sid, inputs["identity"], JSON.stringify(inputs["attributes"])),
    );
  }
}

const lineOf = (sid: unknown, identity: unknown, attributes: unknown) => `${sid} ${identity} ${attributes}`;

/** As the engine does, so many at once. */
async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

describe("Two stacks on one conversation", () => {
  const life = useLife();
  let conversationSid = "";
  beforeEach(async () => {
    conversationSid = (await life.account.conversation("desk")).sid;
  });
  const rows = () => life.simulator.participants(conversationSid);
  const onTwilio = () => rows().map(({ sid, identity, attributes }) => lineOf(sid, identity, attributes));
  const alice = () => ({ conversationSid, identity: "alice", attributes: { team: "support" } });

  it("run at once without a duplicate, and neither touches the other's members", async () => {
    const random = seededRandom(seed);
    const [one, other] = [new Members("one", conversationSid), new Members("other", conversationSid)];
    for (let round = 0; round < rounds; round++) {
      await Promise.all([one.run(life.run(participant), random), other.run(life.run(participant), random)]);
      assert.deepEqual(onTwilio().sort(), [...one.lines(), ...other.lines()].sort());
    }
    const posts = life.simulator
      .requests()
      .filter(({ method, status }) => method === "POST" && status >= 400);
    assert.deepEqual(posts, []);
    await one.destroy(life.run(participant));
    assert.deepEqual(onTwilio().sort(), other.lines().sort());
    measured(
      "two stacks at once",
      `${rounds} rounds of 2 x ${members} members, seed ${seed}: 0 duplicates, 0 touched`,
    );
  });

  it("are refused a member that the other one has had for longer than the window", async () => {
    const { sid } = await life.run(participant).lifecycle.create(alice());
    life.simulator.clock.advance(2 * HOUR_MS);
    await assert.rejects(life.run(participant).lifecycle.create(alice()), {
      name: "AdoptionError",
      message: new RegExp(
        `participant ${sid} exists already, created 2 h ago, longer than the 60 min .* Set adopt: "always"`,
      ),
    });
    assert.equal(rows().length, 1);
  });

  it("share a member that is younger, and are told; what one deletes the other creates again", async () => {
    const first = await life.run(participant).lifecycle.create(alice());
    const { lifecycle, notes } = life.run(participant);
    const second = await lifecycle.create(alice());
    assert.equal(second.sid, first.sid);
    assert.match(
      notes.join(),
      new RegExp(`participant ${first.sid} \\(identity "alice"\\) was taken over: it was there already`),
    );
    await life.run(participant).lifecycle.delete(first.sid, first.state);
    const run = life.run(participant);
    assert.equal(await run.lifecycle.read(second.sid, second.state), undefined);
    const again = await run.lifecycle.create(alice());
    assert.deepEqual(
      rows().map(({ sid }) => sid),
      [again.sid],
    );
  });

  it("make one member between them when both create it at the same time", async () => {
    const runs = [life.run(participant), life.run(participant)];
    const sids = await Promise.all(runs.map(async ({ lifecycle }) => (await lifecycle.create(alice())).sid));
    assert.equal(rows().length, 1);
    assert.deepEqual(sids, [rows()[0]?.sid, rows()[0]?.sid]);
  });

  it("share no member where it differs, or where the program says so, however young it is", async () => {
    await life.run(participant).lifecycle.create(alice());
    const differing = { ...alice(), attributes: { team: "sales" } };
    await assert.rejects(life.run(participant).lifecycle.create(differing), /differs in attributes/);
    const never = { adopt: "never" };
    for (const run of [life.run(participant, never), life.run(participant, { adoptWindow: "0" })]) {
      life.simulator.clock.advance(1_000);
      await assert.rejects(run.lifecycle.create(alice()), { name: "AdoptionError" });
    }
    assert.deepEqual(
      rows().map(({ attributes }) => attributes),
      ['{"team":"support"}'],
    );
  });

  it("can both have a standing user on loan, and neither deletes it", async () => {
    await life.account.post("/Users", { Identity: "alice" });
    life.simulator.clock.advance(2 * HOUR_MS);
    const [one, other] = [life.run(user), life.run(user)];
    const inputs = { identity: "alice", friendlyName: "Alice" };
    const first = await one.lifecycle.create(inputs);
    const second = await other.lifecycle.create(inputs);
    assert.equal(second.sid, first.sid);
    await life.run(user).lifecycle.delete(first.sid, first.state);
    await life.run(user).lifecycle.delete(second.sid, second.state);
    assert.equal(life.simulator.users().length, 1);
  });
});
