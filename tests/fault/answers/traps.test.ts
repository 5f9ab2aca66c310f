import { deepEqual, equal, match } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { participant } from "../../../provider/resources/conversation/participant";
import { role } from "../../../provider/resources/service/role";
import type { Fault } from "../../../simulator";
import { type Life, useLife } from "../life";

const BINDING = { address: "+15005550006", proxyAddress: "+15005550001" };
const OLD = "2020-01-01T00:00:00Z";
const AGENT = { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] };

const answers = (status: number, code: number, rest: Partial<Fault> = {}): Fault => ({
  method: "POST",
  kind: "status",
  status,
  code,
  ...rest,
});

/** What a trap catches: the life of one run, and a conversation that is there. */
interface Scene {
  readonly life: Life;
  readonly desk: string;
}

interface Trap {
  readonly code: string;
  readonly what: string;
  readonly act: (scene: Scene) => Promise<unknown>;
  /** One sentence that says what to do; without it the trap is healed. */
  readonly says?: RegExp;
}

const join = ({ life, desk }: Scene, inputs: JsonObject) =>
  life.run(participant).lifecycle.create({ conversationSid: desk, ...inputs });

/** Creates it, meets the fault at the update, and leaves Twilio with what is declared. */
async function updated({ life, desk }: Scene, fault?: Fault): Promise<void> {
  const inputs = { conversationSid: desk, messagingBinding: BINDING, attributes: { team: "support" } };
  const { sid, state } = await life.run(participant).lifecycle.create(inputs);
  if (fault !== undefined) life.simulator.addFault(fault);
  life.simulator.clearRequests();
  await life.run(participant).lifecycle.update(sid, state, { ...inputs, attributes: { team: "sales" } });
  equal(life.simulator.participants()[0]?.["attributes"], '{"team":"sales"}');
  const posts = life.simulator.requests().filter(({ method }) => method === "POST");
  for (const { form } of posts) deepEqual(form, { Attributes: '{"team":"sales"}' });
}

const TRAPS: readonly Trap[] = [
  {
    code: "404 although created",
    what: "a member",
    act: async (scene) => {
      const { life } = scene;
      life.simulator.addFault({ kind: "not-found-although-created", times: 1 });
      const { sid } = await join(scene, { identity: "alice" });
      deepEqual(
        life.simulator.participants().map((row) => row.sid),
        [sid],
      );
    },
  },
  {
    code: "404 although created",
    what: "a role, of which Twilio takes two",
    act: async ({ life }) => {
      life.simulator.addFault({ kind: "not-found-although-created", times: 1 });
      const { sid } = await life.run(role).lifecycle.create(AGENT);
      const agents = life.simulator.roles().filter(({ friendly_name }) => friendly_name === "agent");
      deepEqual(
        agents.map((row) => row.sid),
        [sid],
      );
    },
  },
  {
    code: "404 although created",
    what: "a conversation that is really missing",
    act: ({ life }) => join({ life, desk: `CH${"0".repeat(32)}` }, { identity: "alice" }),
    says: /^create participant: .* answered 404 \(Twilio error 20404.*In this account and region there is no conversation that conversationSid names\. Check the spelling/,
  },
  {
    code: "50416",
    what: "the address pair of an interrupted run, in this conversation",
    act: async (scene) => {
      const left = await join(scene, { messagingBinding: BINDING });
      equal((await join(scene, { messagingBinding: BINDING })).sid, left.sid);
    },
  },
  {
    code: "50416",
    what: "the address pair in another conversation",
    act: async (scene) => {
      const other = await scene.life.account.conversation("other");
      await join({ ...scene, desk: other.sid }, { messagingBinding: BINDING });
      await join(scene, { messagingBinding: BINDING });
    },
    says: /answered 409 \(Twilio error 50416: .*Conversation CH\w{32}\)\. Remove the participant with this address and proxyAddress from the other open conversation \(or close it\), or use another proxyAddress\./,
  },
  {
    code: "50391",
    what: "somebody else changes the conversation at the same moment, for a while",
    act: async (scene) => {
      scene.life.simulator.addFault(answers(409, 50391, { times: 3 }));
      await join(scene, { identity: "alice" });
      equal(scene.life.simulator.participants().length, 1);
    },
  },
  {
    code: "50391",
    what: "during an update",
    act: (scene) => updated(scene, answers(409, 50391, { times: 3 })),
  },
  {
    code: "50391",
    what: "without an end",
    act: (scene) => updated(scene, answers(409, 50391)),
    says: /Something else changed this conversation at the same moment: run `pulumi up` again\./,
  },
  {
    code: "50353",
    what: "the unique name of an interrupted run",
    act: async ({ life }) => {
      const left = await life.run(conversation).lifecycle.create({ uniqueName: "eu" });
      const { sid } = await life.run(conversation).lifecycle.create({ uniqueName: "eu" });
      equal(sid, left.sid);
    },
  },
  {
    code: "50353",
    what: "the unique name of somebody else's",
    act: async ({ life }) => {
      const { sid } = await life.account.conversation("eu");
      life.simulator.change(sid, { date_created: OLD });
      await life.run(conversation).lifecycle.create({ uniqueName: "eu" });
    },
    says: /conversation CH\w{32} exists already, created \d+ days ago, longer than the 60 min .* Set adopt: "always" on the resource to take it over/,
  },
  {
    code: "20429",
    what: "for a while",
    act: (scene) => updated(scene, answers(429, 20429, { times: 5, retryAfterSeconds: 1 })),
  },
  {
    code: "20429",
    what: "without an end",
    act: (scene) => updated(scene, answers(429, 20429)),
    says: /gave up after 120 s: the last attempt answered 429 \(Twilio error 20429.* Lower twilio:concurrency, or wait for other programs of this account to finish\./,
  },
  {
    code: "20429",
    what: "with a wait beyond the time limit",
    act: (scene) => updated(scene, answers(429, 20429, { retryAfterSeconds: 600 })),
    says: /asks to wait 600 s\. Lower twilio:concurrency, or wait for other programs of this account to finish\./,
  },
  {
    code: "50441",
    what: "an update, which never sends the proxy address again",
    act: (scene) => updated(scene),
  },
  {
    code: "50441",
    what: "another proxy address, which replaces",
    act: async ({ life, desk }) => {
      const inputs = { conversationSid: desk, messagingBinding: BINDING };
      const { sid, state } = await life.run(participant).lifecycle.create(inputs);
      const moved = { ...inputs, messagingBinding: { ...BINDING, proxyAddress: "+15005550002" } };
      const { replaces } = life.run(participant).lifecycle.diff(sid, state, moved);
      deepEqual(replaces, ["messagingBinding"]);
    },
  },
  {
    code: "50441",
    what: "all the same",
    act: (scene) => updated(scene, answers(400, 50441)),
    says: /The proxyAddress cannot be changed or sent again: replace the participant\./,
  },
  {
    code: "50377",
    what: "an update of a conversation closed outside",
    act: async ({ life }) => {
      const { sid, state } = await life.run(conversation).lifecycle.create({ uniqueName: "eu" });
      life.simulator.change(sid, { state: "closed" });
      const found = await life.run(conversation).lifecycle.read(sid, state);
      const inputs = { uniqueName: "eu", friendlyName: "EU" };
      await life.run(conversation).lifecycle.update(sid, found?.state ?? {}, inputs);
    },
    says: /It is closed, and Twilio opens no closed conversation\. Declare state: "closed" .*, or declare onClosed: "replace"/,
  },
  {
    code: "50377",
    what: "a member of a closed conversation that is let go of",
    act: async (scene) => {
      const { life, desk } = scene;
      const { sid, state } = await join(scene, { identity: "alice" });
      life.simulator.change(desk, { state: "closed" });
      const { lifecycle, notes } = life.run(participant);
      await lifecycle.delete(sid, state);
      match(notes.join(), /participant MB\w{32} was left as it is/);
    },
  },
  {
    code: "50377",
    what: "a member of a closed conversation that is to be changed",
    act: async (scene) => {
      const { life, desk } = scene;
      const { sid, state } = await join(scene, { identity: "alice" });
      life.simulator.change(desk, { state: "closed" });
      const inputs = { conversationSid: desk, identity: "alice", attributes: { team: "sales" } };
      await life.run(participant).lifecycle.update(sid, state, inputs);
    },
    says: /nothing in a closed conversation can change any more\. Take the change back; or, .* declare onClosed: "replace"/,
  },
];

describe("a trap of Twilio's", () => {
  const life = useLife();

  for (const { code, what, act, says } of TRAPS)
    it(`${code}, ${what}: ${says === undefined ? "is healed" : "says what to do"}`, async () => {
      const desk = (await life.account.conversation("desk")).sid;
      const { explain } = life.run(participant);
      const told = await act({ life, desk }).then(
        () => undefined,
        (error: unknown) => explain(error),
      );
      if (says === undefined) equal(told, undefined);
      else match(told ?? "", says);
    });
});
