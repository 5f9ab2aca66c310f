import type { Definition } from "../../../provider/core/definition/define";
import type { Json, JsonObject } from "../../../provider/core/json";
import { credential } from "../../../provider/resources/account/credential";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { message } from "../../../provider/resources/conversation/message";
import { participant } from "../../../provider/resources/conversation/participant";
import { userConversation } from "../../../provider/resources/conversation/user-conversation";

/** A field that Twilio never tells, in a program, and in the same program changed. */
export interface Row {
  readonly definition: Definition;
  readonly path: string;
  readonly parameter: string;
  readonly values: readonly [Json, Json];
  /** What else the program declares. */
  readonly rest: JsonObject;
  /** What is sent where the program drops it; Twilio cannot clear the others. */
  readonly cleared?: string;
}

const DATES = ["2026-01-02T03:04:05Z", "2026-01-03T03:04:05Z"] as const;
const secret = (path: string, parameter: string, rest: JsonObject): Row => ({
  definition: credential,
  path,
  parameter,
  values: ["CANARY-1", "CANARY-2"],
  rest: { friendlyName: "phones", ...rest },
});

/** All of them, the rows of conversations in this one. */
export function rowsOf(conversationSid: string): Row[] {
  const readMarks = (definition: Definition, rest: JsonObject): Row[] => [
    { definition, path: "lastReadMessageIndex", parameter: "LastReadMessageIndex", values: [0, 1], rest },
    { definition, path: "lastReadTimestamp", parameter: "LastReadTimestamp", values: DATES, rest },
  ];
  const timer = {
    definition: conversation,
    rest: { timers: { inactive: "PT5M", closed: "P3D" } },
    cleared: "PT0S",
  };
  return [
    { ...timer, path: "timers.closed", parameter: "Timers.Closed", values: ["P30D", "PT10M"] },
    { ...timer, path: "timers.inactive", parameter: "Timers.Inactive", values: ["PT12H", "PT1M"] },
    // Twilio tells it, but a refresh takes no change of it for drift.
    { definition: conversation, path: "state", parameter: "State", values: ["active", "inactive"], rest: {} },
    ...readMarks(participant, { conversationSid, identity: "alice" }),
    ...readMarks(userConversation, { conversationSid, userSid: "standing" }),
    {
      definition: message,
      path: "subject",
      parameter: "Subject",
      values: ["Hours", "New hours"],
      rest: { conversationSid, body: "Hello" },
    },
    secret("certificate", "Certificate", { type: "apn", privateKey: "CANARY" }),
    secret("privateKey", "PrivateKey", { type: "apn", certificate: "CANARY" }),
    secret("apiKey", "ApiKey", { type: "gcm" }),
    secret("secret", "Secret", { type: "fcm" }),
  ];
}
