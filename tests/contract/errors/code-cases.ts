import { request } from "node:http";
import type { SimulatorOptions } from "../../../simulator";
import { WebhookReceiver } from "../../unit/simulator/webhooks/webhook-receiver";
import { type Answer, basic, type Fixture, type FormFields } from "../sdk/client";
import { sms } from "./member-error-cases";

/** What is to be asked, of a simulator with a conversation `desk` and its member `ann`, to be answered with the code. */
export interface CodeCase {
  readonly options?: SimulatorOptions;
  act(fixture: Fixture): Promise<Answer>;
}

const members = "/v1/Conversations/desk/Participants";
const hooks = "/v1/Conversations/desk/Webhooks";
const messages = "/v1/Conversations/desk/Messages";
const url = { "Configuration.Url": "https://example.com" };
const trigger = { Target: "trigger", ...url };
const groupMms = { switches: { groupMms: true } } as const;

/** Sends forms to one path, one after the other; the last answer counts. */
function posts(path: string, forms: readonly FormFields[], options: SimulatorOptions = {}): CodeCase {
  return {
    options,
    act: async (fixture) => {
      let answer = await fixture.send("POST", path, forms[0] ?? {});
      for (const form of forms.slice(1)) answer = await fixture.send("POST", path, form);
      return answer;
    },
  };
}

const reads = (path: string): CodeCase => ({ act: (fixture) => fixture.send("GET", path) });
const native = (digit: number): FormFields => ({ "MessagingBinding.Address": `+1202555010${digit}` });
const phone = (digit: number): FormFields => ({ ...sms, "MessagingBinding.Address": `+1555867531${digit}` });
const bulk = (...people: string[]): FormFields => ({ Participant: people });
const pair = JSON.stringify({
  messaging_binding: { address: "+15558675310", proxy_address: "+15017122661" },
});

/** Changes the conversation behind its back, and then sends a form to it or to a part of it. */
function changed(fields: Record<string, unknown>, path: string, form: FormFields): CodeCase {
  return {
    act: (fixture) => {
      fixture.simulator.change(fixture.simulator.conversations()[0]?.sid ?? "", fields);
      return fixture.send("POST", path, form);
    },
  };
}

async function refusedByWebhook(fixture: Fixture): Promise<Answer> {
  const receiver = await WebhookReceiver.start();
  try {
    receiver.reply = { status: 403, body: "" };
    const hook = { PreWebhookUrl: receiver.origin, Filters: ["onConversationAdd"], Method: "POST" };
    await fixture.send("POST", "/v1/Configuration/Webhooks", hook);
    return await fixture.send("POST", "/v1/Conversations", {}, { "X-Twilio-Webhook-Enabled": "true" });
  } finally {
    receiver.close();
  }
}

/** Ten bodies of almost a mebibyte at once, of which one finds no room; its answer. */
async function beyondRoom({ simulator }: Fixture): Promise<Answer> {
  const { accountSid, authToken } = simulator.account;
  const headers = { authorization: basic(accountSid, authToken) };
  const sent = Array.from({ length: 10 }, () => {
    const sending = request(`${simulator.url}/v1/Users`, { method: "POST", headers });
    const answered = new Promise<Answer>((resolve, reject) => {
      sending.on("error", reject);
      sending.on("response", async (response) => {
        let text = "";
        for await (const chunk of response) text += chunk;
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text), headers: new Headers() });
      });
    });
    const written = new Promise((resolve) => sending.write("x".repeat(1_000_000), resolve));
    return { sending, answered, written };
  });
  await Promise.all(sent.map(({ written }) => written));
  // What is written has been read once a later request is answered.
  for (let turn = 0; turn < 5; turn += 1) await fetch(simulator.url, { headers }).then((one) => one.text());
  for (const { sending } of sent) sending.end();
  const answers = await Promise.all(sent.map(({ answered }) => answered));
  const refused = answers.find(({ status }) => status === 503);
  if (!refused) throw new Error("every body found room");
  return refused;
}

/** One case for each code that `error-cases.ts` and the contention cases do not have. */
export const codeCases: Readonly<Record<number, CodeCase>> = {
  20003: { act: (fixture) => fixture.send("GET", "/v1/Users", undefined, { authorization: "" }) },
  20403: { act: (fixture) => fixture.send("GET", "/v1/Users", undefined, { origin: "https://example.com" }) },
  20405: { act: (fixture) => fixture.send("PUT", "/v1/Conversations", {}) },
  20429: posts("/v1/Users", [{ Identity: "bob" }, { Identity: "cy" }], { rateLimit: 1 }),
  20503: { act: beyondRoom },
  50056: { act: refusedByWebhook },
  50107: {
    act: async (fixture) => {
      const role = fixture.simulator.roles().find(({ friendly_name }) => friendly_name === "channel user");
      return fixture.send("DELETE", `/v1/Roles/${role?.sid}`);
    },
  },
  50209: {
    act: (fixture) =>
      fixture.send(
        "GET",
        `/v1/Services/${fixture.simulator.account.defaultServiceSid}/Bindings?BindingType=pigeon`,
      ),
  },
  50214: {
    options: { limits: { openConversationsPerIdentity: 1 } },
    act: async (fixture) =>
      fixture.send("POST", `${await fixture.conversation()}/Participants`, { Identity: "ann" }),
  },
  50361: posts(
    hooks,
    [
      { ...trigger, "Configuration.Triggers": "a" },
      { ...trigger, "Configuration.Triggers": "b" },
    ],
    { limits: { scopedWebhooks: 1 } },
  ),
  50362: posts(hooks, [{ ...trigger, "Configuration.Triggers": ["a", "b", "c", "d", "e", "f"] }]),
  50364: posts(hooks, [{ Target: "pager" }]),
  50365: posts(hooks, [{ Target: "webhook", ...url, "Configuration.Filters": "onNothing" }]),
  50366: posts(hooks, [{ ...trigger, "Configuration.Triggers": "x".repeat(249) }]),
  50367: posts(hooks, [{ Target: "studio" }]),
  50368: posts(hooks, [{}]),
  50369: posts(hooks, [{ Target: "webhook" }]),
  50370: posts(hooks, [{ Target: "webhook", ...url }]),
  50371: posts(hooks, [trigger]),
  50372: posts(hooks, [{ ...trigger, "Configuration.Url": `https://example.com/${"x".repeat(512)}` }]),
  50373: changed({ messaging_service_sid: null }, members, sms),
  50386: changed({ state: "initializing" }, "/v1/Conversations/desk", { FriendlyName: "x" }),
  50396: reads("/v1/Conversations?StartDate=2020-02-01&EndDate=2020-01-01"),
  50412: posts(members, [{ "MessagingBinding.Address": "whatsapp:+12025550101" }]),
  50413: posts(members, [sms], { switches: { ownedAddresses: [] } }),
  50415: posts(
    members,
    [
      {
        "MessagingBinding.Address": "whatsapp:+15558675310",
        "MessagingBinding.ProxyAddress": "whatsapp:+15017122661",
      },
    ],
    { switches: { ownedAddresses: [] } },
  ),
  50417: posts(members, [{ Identity: "bob" }], { limits: { participants: 1 } }),
  50422: posts(members, [phone(1), phone(2)], { limits: { nonChatParticipants: 1 } }),
  50424: posts("/v1/ConversationWithParticipants", [bulk("{")]),
  50425: posts("/v1/ConversationWithParticipants", [bulk(pair, pair)]),
  50426: posts("/v1/ConversationWithParticipants", [bulk('{"identity":"a"}', '{"identity":"b"}')], {
    limits: { bulkParticipants: 1 },
  }),
  50434: posts(members, [native(1), { Identity: "bob" }], groupMms),
  50436: posts(members, [native(1), native(2)], { ...groupMms, limits: { groupMmsParticipants: 1 } }),
  50437: posts(members, [native(1), native(1)], groupMms),
  50438: {
    options: groupMms,
    act: async (fixture) => {
      const roster = [1, 2, 3].map((digit) =>
        JSON.stringify({ messaging_binding: { address: `+1202555010${digit}` } }),
      );
      await fixture.send("POST", "/v1/ConversationWithParticipants", bulk(...roster));
      return fixture.send("POST", "/v1/ConversationWithParticipants", bulk(...roster));
    },
  },
  50439: posts(members, [{ "MessagingBinding.ProjectedAddress": "+12025550101" }], {
    switches: { groupMms: true, ownedAddresses: [] },
  }),
  50451: reads("/v1/ParticipantConversations?Identity=a&Address=b"),
  50453: posts(members, [
    {
      "MessagingBinding.Address": "bo@example.com",
      "MessagingBinding.ProxyAddress": "x@example.com",
    },
  ]),
  50503: posts(messages, [{}]),
  50504: posts(messages, [{ Body: "12345" }], { limits: { messageBodyBytes: 4 } }),
  50513: {
    options: groupMms,
    act: async (fixture) => {
      await fixture.send("POST", members, native(1));
      return fixture.send("POST", messages, { Author: "nobody", Body: "x" });
    },
  },
};
