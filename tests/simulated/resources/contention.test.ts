import { equal, match } from "node:assert/strict";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { message } from "../../../provider/resources/conversation/message";
import { participant } from "../../../provider/resources/conversation/participant";
import { user } from "../../../provider/resources/service/user";
import { basic, encoded, type FormFields } from "../../contract/sdk/client";
import { type Life, useLife } from "../../fault/life";
import { WebhookReceiver } from "../../unit/simulator/webhooks/webhook-receiver";

/** Somebody else's request that stays under way, since its pre-webhook does not answer yet. */
interface Held {
  /** Lets the webhook answer, and waits for the answer to the request. */
  release(): Promise<void>;
}

type Hold = (method: string, path: string, form?: FormFields) => Promise<Held>;

interface Conflict {
  readonly code: number;
  readonly what: string;
  /** Prepares, has the other request held, and returns what the provider is to do meanwhile. */
  prepare(life: Life, hold: Hold): Promise<{ held: Held; act: () => Promise<unknown> }>;
  readonly request: string;
  readonly says: RegExp;
}

const CONFLICTS: readonly Conflict[] = [
  {
    code: 50391,
    what: "the create of a conversation of which another has the name removed",
    prepare: async (life, hold) => {
      const { sid } = await life.account.conversation("eu");
      const held = await hold("DELETE", `/Conversations/${sid}`);
      return { held, act: () => life.run(conversation).lifecycle.create({ uniqueName: "eu" }) };
    },
    request: "create conversation: POST /v1/Conversations",
    says: /Something else changed this conversation at the same moment: run `pulumi up` again\./,
  },
  {
    code: 50419,
    what: "the create of a member that another removes",
    prepare: async (life, hold) => {
      const { sid } = await life.account.conversation("desk");
      await life.account.post(`/Conversations/${sid}/Participants`, { Identity: "alice" });
      const held = await hold("DELETE", `/Conversations/${sid}/Participants/alice`);
      const inputs = { conversationSid: sid, identity: "alice" };
      return { held, act: () => life.run(participant).lifecycle.create(inputs) };
    },
    request: "create participant: POST /v1/Conversations",
    says: /Something else changed this participant at the same moment: run `pulumi up` again\./,
  },
  {
    code: 50514,
    what: "the update of a message that another changes",
    prepare: async (life, hold) => {
      const { sid: conversationSid } = await life.account.conversation("desk");
      const inputs = { conversationSid, body: "Welcome", attributes: { rank: 1 } };
      const { sid, state } = await life.run(message).lifecycle.create(inputs);
      const held = await hold("POST", `/Conversations/${conversationSid}/Messages/${sid}`, { Subject: "x" });
      const news = { ...inputs, attributes: { rank: 2 } };
      return { held, act: () => life.run(message).lifecycle.update(sid, state, news) };
    },
    request: "update message: POST /v1/Conversations",
    says: /Something else changed this message at the same moment: run `pulumi up` again\./,
  },
];

describe("a request of somebody else at the same moment", () => {
  const life = useLife();
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    receiver = await WebhookReceiver.start();
    await life.account.post("/Configuration/Webhooks", {
      PreWebhookUrl: receiver.origin,
      Filters: ["onConversationRemove", "onParticipantRemove", "onMessageUpdate"],
      Method: "POST",
    });
  });
  afterEach(() => receiver.close());

  const hold: Hold = async (method, path, form) => {
    const { url, account } = life.simulator;
    const asked = new Promise<() => void>((resolve) => {
      receiver.beforeReply = () => new Promise<void>((reply) => resolve(reply));
    });
    const answering = fetch(`${url}/v1${path}`, {
      method,
      headers: {
        authorization: basic(account.accountSid, account.authToken),
        "X-Twilio-Webhook-Enabled": "true",
      },
      ...(form && { body: encoded(form) }),
    });
    const reply = await asked;
    receiver.beforeReply = undefined;
    const release = async (): Promise<void> => {
      reply();
      equal((await answering).ok, true);
    };
    return { release };
  };
  const told = (work: Promise<unknown>): Promise<string | undefined> =>
    work.then(
      () => undefined,
      (error: unknown) => life.run().explain(error),
    );

  for (const { code, what, prepare, request, says } of CONFLICTS) {
    it(`${code} fails ${what}, after seven tries, with what to do`, async () => {
      const { held, act } = await prepare(life, hold);
      life.simulator.clearRequests();
      const text = (await told(act())) ?? "";
      match(text, new RegExp(`answered 409 \\(Twilio error ${code}: `));
      match(text, new RegExp(`^${request}`));
      match(text, says);
      const refused = life.simulator.requests().filter(({ status }) => status === 409);
      equal(refused.length, 7);
      await held.release();
      equal(await told(act()), undefined);
    });

    it(`${code} only delays ${what} while it lasts`, async () => {
      const { held, act } = await prepare(life, hold);
      life.simulator.clearRequests();
      const acting = told(act());
      while (!life.simulator.requests().some(({ status }) => status === 409)) await life.clock.sleep(1);
      await held.release();
      equal(await acting, undefined);
    });
  }

  it("50334 fails the update of a conversation that another removes, and names the next step", async () => {
    const inputs = { uniqueName: "eu" };
    const { sid, state } = await life.run(conversation).lifecycle.create(inputs);
    const held = await hold("DELETE", `/Conversations/${sid}`);
    const act = () => life.run(conversation).lifecycle.update(sid, state, { ...inputs, friendlyName: "EU" });
    life.simulator.clearRequests();
    const text = (await told(act())) ?? "";
    equal(life.simulator.requests().filter(({ status }) => status === 409).length, 7);
    match(text, /^update conversation: POST \S+ answered 409 \(Twilio error 50334: /);
    match(text, /The conversation is being deleted: wait a minute and run `pulumi up` again\./);
    await held.release();
    equal(life.simulator.conversations().length, 0);
  });

  // No pre-webhook is asked about users and services, so that nothing but a fault holds a request.
  const FAULTS: readonly [code: number, message: string, says: RegExp][] = [
    [
      50213,
      "Conflicting user modification",
      /Something else changed this user at the same moment: run `pulumi up` again\./,
    ],
    [
      50002,
      "Resource is being deleted",
      /The service is still being deleted: wait a minute and run `pulumi up` again\./,
    ],
  ];
  for (const [code, text, says] of FAULTS)
    it(`${code} delays the create of a user, or fails it with what to do`, async () => {
      const fault = { method: "POST", route: "/v1/Users", kind: "status", status: 409, code } as const;
      life.simulator.addFault({ ...fault, message: text });
      const failed = (await told(life.run(user).lifecycle.create({ identity: "alice" }))) ?? "";
      match(failed, new RegExp(`^create user: POST /v1/Users answered 409 \\(Twilio error ${code}: ${text}`));
      match(failed, says);
      life.simulator.clearFaults();
      life.simulator.addFault({ ...fault, message: text, times: 3 });
      equal(await told(life.run(user).lifecycle.create({ identity: "alice" })), undefined);
      equal(life.simulator.users().length, 1);
    });
});
