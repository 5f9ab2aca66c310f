import type { ObjectDefinition } from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import { credential } from "../../../provider/resources/account/credential";
import { conversationWebhook } from "../../../provider/resources/conversation/conversation-webhook";
import { message } from "../../../provider/resources/conversation/message";
import { role } from "../../../provider/resources/service/role";
import { service } from "../../../provider/resources/service/service";

// What Twilio takes twice: a duplicate of these is the provider's own fault, since nobody else refuses it.

/** Twilio takes five webhooks of a conversation. */
export const WEBHOOKS_EACH = 5;

export interface Kind {
  readonly prefix: "RL" | "IS" | "CR" | "IM" | "WH";
  readonly definition: ObjectDefinition;
  readonly declared: (index: number, conversationSids: readonly string[]) => JsonObject;
  /** What tells one from another on Twilio. */
  readonly nameOf: (row: JsonObject) => unknown;
}

export const UNENFORCED: readonly Kind[] = [
  {
    prefix: "RL",
    definition: role,
    declared: (index) => ({ friendlyName: `n${index}`, type: "conversation", permissions: ["sendMessage"] }),
    nameOf: (row) => row["friendly_name"],
  },
  {
    prefix: "IS",
    definition: service,
    declared: (index) => ({ friendlyName: `n${index}` }),
    nameOf: (row) => row["friendly_name"],
  },
  {
    prefix: "CR",
    definition: credential,
    declared: (index) => ({ friendlyName: `n${index}`, type: "fcm", secret: `secret ${index}` }),
    nameOf: (row) => row["friendly_name"],
  },
  {
    prefix: "IM",
    definition: message,
    declared: (index, [conversationSid]) => ({ conversationSid: conversationSid ?? "", body: `n${index}` }),
    nameOf: (row) => row["body"],
  },
  {
    prefix: "WH",
    definition: conversationWebhook,
    declared: (index, sids) => ({
      conversationSid: sids[Math.floor(index / WEBHOOKS_EACH)] ?? "",
      target: "webhook",
      configuration: { url: `https://example.com/n${index}`, filters: ["onMessageAdded"] },
    }),
    nameOf: (row) =>
      String((row["configuration"] as JsonObject | undefined)?.["url"])
        .split("/")
        .at(-1),
  },
];
