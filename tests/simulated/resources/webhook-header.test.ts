import { deepEqual } from "node:assert/strict";
import type { Definition } from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import { definitions } from "../../../provider/resources";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { message } from "../../../provider/resources/conversation/message";
import { participant } from "../../../provider/resources/conversation/participant";
import { user } from "../../../provider/resources/service/user";
import { useLife } from "../../fault/life";

describe("What tells Twilio whether a write fires webhooks", () => {
  const life = useLife();
  const said = () =>
    life.simulator
      .requests()
      .filter(({ method }) => method !== "GET")
      .map(({ method, headers }) => [method, headers["x-twilio-webhook-enabled"]]);
  const kinds: [definition: Definition, inputs: JsonObject][] = [
    [conversation, { uniqueName: "eu" }],
    [message, { conversationSid: "desk", body: "hello" }],
    [participant, { conversationSid: "desk", identity: "alice" }],
    [user, { identity: "alice" }],
  ];

  it("is declared of these kinds", () =>
    deepEqual(
      definitions.flatMap(({ type, schema }) => ("webhookEnabled" in schema.shape ? [type] : [])),
      kinds.map(([{ type }]) => type),
    ));

  for (const [definition, inputs] of kinds)
    for (const [before, now] of [
      [false, true],
      [true, false],
      [undefined, true],
      [true, undefined],
    ])
      it(`is what the program says now: of a ${definition.noun} ${now}, and not ${before} any more`, async () => {
        await life.account.conversation("desk");
        const of = (webhookEnabled: boolean | undefined, team: string) => ({
          ...inputs,
          attributes: { team },
          ...(webhookEnabled !== undefined && { webhookEnabled }),
        });
        life.simulator.clearRequests();
        const { sid, state } = await life.run(definition).lifecycle.create(of(before, "support"));
        const after = await life.run(definition).lifecycle.update(sid, state, of(now, "sales"));
        await life.run(definition).lifecycle.delete(sid, after);
        deepEqual(said(), [
          ["POST", before?.toString()],
          ["POST", now?.toString()],
          ["DELETE", now?.toString()],
        ]);
      });
});
