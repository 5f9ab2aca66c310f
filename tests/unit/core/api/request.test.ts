import { deepEqual, equal } from "node:assert/strict";
import { type Operation, requestFor } from "../../../../provider/core/api/request";
import type { Definition } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import { CH, IS, MB } from "../../../types/sids";
import { conversation, participant, role } from "../state/samples";

const alice: JsonObject = { conversationSid: CH, identity: "alice" };

describe("engine: request of an operation", () => {
  const requests: [Operation, Definition, JsonObject, string | undefined, string, string][] = [
    ["list", participant, alice, undefined, "GET", `/v1/Conversations/${CH}/Participants`],
    ["create", participant, alice, undefined, "POST", `/v1/Conversations/${CH}/Participants`],
    ["read", participant, alice, MB, "GET", `/v1/Conversations/${CH}/Participants/${MB}`],
    ["update", participant, alice, MB, "POST", `/v1/Conversations/${CH}/Participants/${MB}`],
    ["delete", participant, alice, MB, "DELETE", `/v1/Conversations/${CH}/Participants/${MB}`],
    ["read", participant, alice, "a/b?", "GET", `/v1/Conversations/${CH}/Participants/a%2Fb%3F`],
    [
      "create",
      participant,
      { ...alice, serviceSid: IS },
      undefined,
      "POST",
      `/v1/Services/${IS}/Conversations/${CH}/Participants`,
    ],
    ["create", conversation, {}, undefined, "POST", "/v1/Conversations"],
    ["delete", conversation, { serviceSid: IS }, CH, "DELETE", `/v1/Services/${IS}/Conversations/${CH}`],
    ["list", role, {}, undefined, "GET", "/v1/Roles"],
  ];
  for (const [operation, definition, place, sid, method, path] of requests) {
    it(`is ${method} ${path} to ${operation} a ${definition.noun}`, () => {
      const request = requestFor(definition, operation, place, sid);
      deepEqual([request.method, request.path], [method, path]);
      equal(request.attempting, `${operation} ${definition.noun}`);
    });
  }

  it("may be repeated for everything but a create", () =>
    deepEqual(
      (["list", "read", "create", "update", "delete"] as const).filter(
        (operation) => requestFor(participant, operation, alice, MB).repeatable,
      ),
      ["list", "read", "update", "delete"],
    ));

  for (const webhookEnabled of [true, false]) {
    it(`says webhookEnabled: ${webhookEnabled} with every write, and with no read`, () => {
      const header = (operation: Operation) =>
        requestFor(participant, operation, { ...alice, webhookEnabled }, MB).webhookEnabled;
      deepEqual((["create", "update", "delete"] as const).map(header), Array(3).fill(webhookEnabled));
      deepEqual((["list", "read"] as const).map(header), [undefined, undefined]);
    });
  }

  it("says nothing of webhooks where the program does not", () =>
    equal("webhookEnabled" in requestFor(participant, "create", alice), false));
});
