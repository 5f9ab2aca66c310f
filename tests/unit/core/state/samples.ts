import { fromResponse } from "../../../../provider/core/api/codec";
import type { Definition } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import type { Location } from "../../../../provider/core/state/field-state";
import { type Refreshed, stateAfter, stateRefreshed } from "../../../../provider/core/state/state";
import { conversation } from "../../../../provider/resources/conversation/conversation";
import { participant } from "../../../../provider/resources/conversation/participant";
import { role } from "../../../../provider/resources/service/role";
import { AC, CH, IS, MB, RL, sidOf } from "../../../types/sids";

export { conversation, participant, role };

export const place: Location = {
  region: "us1",
  origin: "https://conversations.twilio.com",
  chatServiceSid: IS,
};

const DATES = { date_created: "2026-01-02T03:04:05Z", date_updated: "2026-01-02T03:04:05Z" };

export function participantBody(differences: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    account_sid: AC,
    conversation_sid: CH,
    sid: MB,
    identity: "alice",
    attributes: "{}",
    messaging_binding: null,
    role_sid: RL,
    ...DATES,
    url: `https://conversations.twilio.com/v1/Conversations/${CH}/Participants/${MB}`,
    last_read_message_index: null,
    last_read_timestamp: null,
    ...differences,
  };
}

export function conversationBody(differences: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    account_sid: AC,
    chat_service_sid: IS,
    messaging_service_sid: sidOf("MG"),
    sid: CH,
    friendly_name: null,
    unique_name: null,
    attributes: "{}",
    state: "active",
    ...DATES,
    timers: {},
    bindings: {},
    url: `https://conversations.twilio.com/v1/Conversations/${CH}`,
    links: {},
    ...differences,
  };
}

export function roleBody(differences: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    account_sid: AC,
    chat_service_sid: IS,
    sid: RL,
    friendly_name: "agent",
    type: "conversation",
    permissions: ["sendMessage", "leaveConversation"],
    ...DATES,
    url: `https://conversations.twilio.com/v1/Roles/${RL}`,
    ...differences,
  };
}

/** The state right after Twilio answered a create with `body`. */
export function created(
  definition: Definition,
  inputs: JsonObject,
  body: Record<string, unknown>,
): JsonObject {
  return stateAfter(definition, {
    inputs,
    live: fromResponse(definition, body),
    location: place,
    isSent: () => true,
  });
}

/** The state after an update that sent these fields, and Twilio's answer to it. */
export function updated(
  definition: Definition,
  previous: JsonObject,
  inputs: JsonObject,
  sent: string[],
  body: Record<string, unknown>,
): JsonObject {
  const live = fromResponse(definition, body);
  return stateAfter(definition, {
    inputs,
    live,
    location: place,
    previous,
    isSent: (name) => sent.includes(name),
  });
}

/** What a refresh finds when Twilio answers with `body`. */
export function refreshed(
  definition: Definition,
  state: JsonObject,
  body: Record<string, unknown>,
): Refreshed {
  return stateRefreshed(definition, state, fromResponse(definition, body), place);
}
