import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Definition } from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { conversationWebhook } from "../../../provider/resources/conversation/conversation-webhook";
import { message } from "../../../provider/resources/conversation/message";
import { participant } from "../../../provider/resources/conversation/participant";
import { role } from "../../../provider/resources/service/role";
import { user } from "../../../provider/resources/service/user";
import { useLife } from "../life";

const HOOK = { url: "https://example.com/?token=1234", filters: ["onMessageAdded"] };

describe("A warning that something was taken over", () => {
  const life = useLife();

  /** What the second run says of what the first has made. */
  async function told(definition: Definition, inputs: JsonObject): Promise<string> {
    const { sid } = await life.run(definition).lifecycle.create(inputs);
    const { lifecycle, notes } = life.run(definition);
    equal((await lifecycle.create(inputs)).sid, sid);
    const [note = ""] = notes.filter((each) => each.includes("was taken over"));
    return note.replace(sid, "SID");
  }

  const named: [Definition, JsonObject, string][] = [
    [participant, { identity: "alice" }, 'participant SID (identity "alice") was taken over'],
    [
      participant,
      { messagingBinding: { address: "+15005550006", proxyAddress: "+15005550001" } },
      'participant SID (messagingBinding.address "+15…06", messagingBinding.proxyAddress "+15…01") was taken over',
    ],
    [user, { identity: "alice" }, 'user SID (identity "alice") was taken over'],
    [conversation, { uniqueName: "eu" }, 'conversation SID (uniqueName "eu") was taken over'],
    [
      role,
      { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] },
      'role SID (friendlyName "agent", type "conversation") was taken over',
    ],
    [
      conversationWebhook,
      { target: "webhook", configuration: HOOK },
      'webhook SID (target "webhook") was taken over',
    ],
    [
      message,
      { author: "alice", body: "nobody else is to read this" },
      'message SID (author "alice") was taken over',
    ],
  ];
  for (const [definition, inputs, says] of named)
    for (const secretKey of [undefined, true])
      it(`${secretKey ? "hides a secret by which one recognises" : "says who or what is"} a ${definition.noun}, ${Object.keys(inputs)}`, async () => {
        const { sid: desk } = await life.account.conversation("desk");
        const place = "conversationSid" in definition.schema.shape ? { conversationSid: desk } : {};
        const note = await told(definition, { ...place, ...inputs, ...(secretKey && { secretKey }) });
        ok(note.startsWith(secretKey ? `${definition.noun} SID was taken over` : says), note);
      });

  it("is the same where it is not known", async () => {
    const { sid: desk } = await life.account.conversation("desk");
    match(await told(message, { conversationSid: desk, body: "hello" }), /^message SID was taken over/);
    deepEqual(life.simulator.participants(), []);
  });
});
