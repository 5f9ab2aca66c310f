import { equal } from "node:assert/strict";
import { writeScope } from "../../../../provider/http/pacing/write-scope";

const CH = "CH00000000000000000000000000000001";
const IS = "IS00000000000000000000000000000001";

describe("http: what a write counts against", () => {
  const scopes: [string, string, string | undefined][] = [
    ["POST", `/v1/Conversations/${CH}`, `conversation ${CH}`],
    ["POST", `/v1/Services/${IS}/Conversations/${CH}`, `conversation ${CH}`],
    ["POST", `/v1/Conversations/${CH}/Participants`, `conversation ${CH}`],
    ["DELETE", `/v1/Conversations/${CH}/Participants/MB1`, `conversation ${CH}`],
    ["POST", `/v1/Services/${IS}/Conversations/${CH}/Messages/IM1`, `conversation ${CH}`],
    ["POST", "/v1/Conversations/support/Participants", "conversation support of service default"],
    ["POST", `/v1/Services/${IS}/Conversations/support`, `conversation support of service ${IS}`],
    ["POST", "/v1/Conversations", "service default"],
    ["DELETE", `/v1/Conversations/${CH}`, "service default"],
    ["POST", `/v1/Services/${IS}/Conversations`, `service ${IS}`],
    ["POST", "/v1/Users", "service default"],
    ["DELETE", `/v1/Services/${IS}/Roles/RL1`, `service ${IS}`],
    ["GET", `/v1/Conversations/${CH}/Participants`, undefined],
    ["POST", `/v1/Conversations/${CH}/Webhooks`, undefined],
    ["POST", "/v1/Services", undefined],
    ["DELETE", `/v1/Services/${IS}`, undefined],
    ["POST", `/v1/Services/${IS}/Configuration`, undefined],
    ["POST", "/v1/Configuration/Addresses", undefined],
    ["POST", "/v2/Conversations", undefined],
  ];
  for (const [method, path, scope] of scopes) {
    it(`counts ${method} ${path} against ${scope ?? "nothing"}`, () =>
      equal(writeScope(method, path), scope));
  }
});
