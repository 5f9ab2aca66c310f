import assert from "node:assert/strict";
import type { Definition } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import { addressConfiguration } from "../../../../provider/resources/account/address-configuration";
import { conversation } from "../../../../provider/resources/conversation/conversation";
import { participant } from "../../../../provider/resources/conversation/participant";
import { user } from "../../../../provider/resources/service/user";
import type { RequestRecord } from "../../../../simulator";
import { type Run, useLife } from "../../life";

// In which order the engine does it: replacesInstead in tests/lifecycle, for every kind.

const OLD = "2020-01-01T00:00:00Z";
const pair = { address: "+15005550006", proxyAddress: "+15005550001" };

interface Owned {
  readonly sid: string;
  readonly state: JsonObject;
  readonly inputs: JsonObject;
}

describe("A replacement of what there can be only one of", () => {
  const life = useLife({ switches: { groupMms: true } });
  let home = "";
  let away = "";
  let service = "";
  beforeEach(async () => {
    home = (await life.account.conversation("home")).sid;
    away = (await life.account.conversation("away")).sid;
    service = (await life.account.service("another")).sid;
  });

  async function created(definition: Definition, inputs: JsonObject): Promise<Owned> {
    const { sid, state } = await life.run(definition).lifecycle.create(inputs);
    life.simulator.change(sid, { date_created: OLD });
    return { sid, state, inputs };
  }

  /** The engine's first question about a resource that is to be replaced. */
  function diff(run: Run, definition: Definition, owned: Owned, inputs: JsonObject): void {
    const lifecycle = run.of(definition);
    lifecycle.check(owned.inputs, inputs);
    assert.notDeepEqual(lifecycle.diff(owned.sid, owned.state, inputs).replaces, []);
  }

  /** What it does then: the old one goes first. */
  async function replace(run: Run, definition: Definition, owned: Owned, inputs: JsonObject) {
    const lifecycle = run.of(definition);
    await lifecycle.delete(owned.sid, owned.state);
    return (await lifecycle.create(inputs)).sid;
  }

  const sent = () =>
    life.simulator
      .requests()
      .filter(({ method }) => method !== "GET")
      .map(({ method, status }) => `${method} ${status}`);
  const members = (conversation: string) =>
    life.simulator
      .participants(conversation)
      .map(({ sid }) => sid)
      .sort();
  const named = (identity: string) => ({ conversationSid: home, identity });
  const reached = (messagingBinding: JsonObject) => ({ conversationSid: home, messagingBinding });
  const address = { type: "sms", address: "+15005550001", addressCountry: "GB" };

  const changes: [string, Definition, () => JsonObject, () => JsonObject][] = [
    ["its identity", participant, () => named("alice"), () => named("bob")],
    [
      "its proxy address",
      participant,
      () => reached(pair),
      () => reached({ ...pair, proxyAddress: "+1500" }),
    ],
    ["its address", participant, () => reached(pair), () => reached({ ...pair, address: "+1501" })],
    [
      "its projected address",
      participant,
      () => ({ ...named("alice"), messagingBinding: { projectedAddress: "+15005550003" } }),
      () => ({ ...named("alice"), messagingBinding: { projectedAddress: "+15005550004" } }),
    ],
    [
      "its conversation",
      participant,
      () => named("alice"),
      () => ({ ...named("alice"), conversationSid: away }),
    ],
    [
      "its conversation, by address",
      participant,
      () => reached(pair),
      () => ({ ...reached(pair), conversationSid: away }),
    ],
    ["its identity", user, () => ({ identity: "alice" }), () => ({ identity: "bob" })],
    [
      "its service",
      conversation,
      () => ({ uniqueName: "eu" }),
      () => ({ uniqueName: "eu", serviceSid: service }),
    ],
    ["its country", addressConfiguration, () => address, () => ({ ...address, addressCountry: "US" })],
  ];
  for (const [what, definition, present, wanted] of changes)
    it(`is a delete and a create without a conflict: a ${definition.noun} that changes ${what}`, async () => {
      const owned = await created(definition, present());
      life.simulator.clearRequests();
      const run = life.run(definition);
      diff(run, definition, owned, wanted());
      await replace(run, definition, owned, wanted());
      assert.deepEqual(sent(), ["DELETE 204", "POST 201"]);
    });

  /** Each of two resources comes to name what the other one named; the second one's turn comes later. */
  async function exchanged(isHeardBefore: boolean): Promise<void> {
    const [alice, bob] = [named("alice"), { ...named("bob"), attributes: { team: "support" } }];
    const [one, other] = [await created(participant, alice), await created(participant, bob)];
    const run = life.run(participant);
    diff(run, participant, one, bob);
    if (isHeardBefore) diff(run, participant, other, alice);
    const first = replace(run, participant, one, bob);
    if (!isHeardBefore) {
      await until(({ method, path }) => method === "GET" && path.endsWith("/bob"));
      await life.clock.sleep(500);
      diff(run, participant, other, alice);
    }
    // The object stays: nobody has to leave the conversation for it.
    assert.equal(await first, other.sid);
    const second = await replace(run, participant, other, alice);
    assert.deepEqual(members(home), [other.sid, second].sort());
  }

  /** Waits until Twilio has answered such a request. */
  async function until(isIt: (request: RequestRecord) => boolean): Promise<void> {
    while (!life.simulator.requests().some(isIt)) await life.clock.sleep(100);
  }

  it("lets two members exchange their identities, however old they are", () => exchanged(true));

  it("lets them although the second is heard of later", () => exchanged(false));

  it("takes over nobody whose delete is under way", async () => {
    const [alice, bob] = [named("alice"), named("bob")];
    const other = (await life.run(participant).lifecycle.create(bob)) as Owned;
    const one = await created(participant, alice);
    const delay = { kind: "delay", delayMs: 100, times: 1 } as const;
    life.simulator.addFault({
      ...delay,
      method: "DELETE",
      route: `/v1/Conversations/${home}/Participants/${other.sid}`,
    });
    life.simulator.clearRequests();
    const run = life.run(participant);
    diff(run, participant, one, bob);
    diff(run, participant, { ...other, inputs: bob }, named("carol"));
    const leaving = replace(run, participant, other, named("carol"));
    await until(({ path }) => path === "/v1/Configuration");
    await life.clock.sleep(1_000);
    const sids = await Promise.all([leaving, replace(run, participant, one, bob)]);
    assert.equal(sids.includes(other.sid), false);
    assert.deepEqual(members(home), sids.sort());
  });

  it("goes back to a refusal where the delete fails", async () => {
    const other = await created(participant, named("bob"));
    const one = await created(participant, named("alice"));
    life.simulator.addFault({ method: "DELETE", kind: "status", status: 403, times: 1 });
    const run = life.run(participant);
    await assert.rejects(run.lifecycle.delete(other.sid, other.state));
    diff(run, participant, one, named("bob"));
    await assert.rejects(run.lifecycle.create({ ...named("bob"), adopt: "never" }), {
      name: "AdoptionError",
    });
    assert.deepEqual(members(home), [one.sid, other.sid].sort());
  });
});
