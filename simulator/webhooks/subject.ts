import type { ConversationRow, MessageRow, ParticipantRow, UserRow } from "../state/rows";

/** The changed object, from which webhook events are built. */
export interface Subject {
  readonly noun: "Conversation" | "Participant" | "Message" | "User";
  readonly serviceSid: string;
  readonly conversationSid: string | undefined;
  /** The fields of the event, by Twilio's names. */
  readonly fields: Record<string, string>;
}

export type Verb = "Add" | "Update" | "Remove";

/** A write that fires webhooks; its subject is read before and after. */
export interface WebhookEvent {
  readonly verb: Verb;
  subject(): Subject;
}

export function conversationSubject(row: ConversationRow): Subject {
  return {
    noun: "Conversation",
    serviceSid: row.chat_service_sid,
    conversationSid: row.sid,
    fields: present({
      ConversationSid: row.sid,
      MessagingServiceSid: row.messaging_service_sid,
      FriendlyName: row.friendly_name,
      UniqueName: row.unique_name,
      Attributes: row.attributes,
      CreatedBy: row.created_by,
      State: row.state,
      DateCreated: row.date_created,
      DateUpdated: row.date_updated,
    }),
  };
}

export function participantSubject(row: ParticipantRow): Subject {
  const binding = row.messaging_binding;
  return {
    noun: "Participant",
    serviceSid: row.chat_service_sid,
    conversationSid: row.conversation_sid,
    fields: present({
      ConversationSid: row.conversation_sid,
      ParticipantSid: row.sid,
      Identity: row.identity,
      RoleSid: row.role_sid,
      Attributes: row.attributes,
      "MessagingBinding.Type": binding?.type,
      "MessagingBinding.Address": binding?.address,
      "MessagingBinding.ProxyAddress": binding?.proxy_address,
      "MessagingBinding.ProjectedAddress": binding?.projected_address,
      LastReadMessageIndex: row.last_read_message_index?.toString(),
      DateCreated: row.date_created,
      DateUpdated: row.date_updated,
    }),
  };
}

export function messageSubject(row: MessageRow): Subject {
  return {
    noun: "Message",
    serviceSid: row.chat_service_sid,
    conversationSid: row.conversation_sid,
    fields: present({
      ConversationSid: row.conversation_sid,
      MessageSid: row.sid,
      Index: String(row.index),
      Author: row.author,
      Body: row.body,
      ParticipantSid: row.participant_sid,
      Attributes: row.attributes,
      Media: row.media && JSON.stringify(row.media),
      DateCreated: row.date_created,
      DateUpdated: row.date_updated,
    }),
  };
}

export function userSubject(row: UserRow): Subject {
  return {
    noun: "User",
    serviceSid: row.chat_service_sid,
    conversationSid: undefined,
    fields: present({
      UserSid: row.sid,
      Identity: row.identity,
      FriendlyName: row.friendly_name,
      RoleSid: row.role_sid,
      Attributes: row.attributes,
      DateCreated: row.date_created,
      DateUpdated: row.date_updated,
    }),
  };
}

function present(fields: Record<string, string | null | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] != null),
  );
}

/** The pre-event of a change, if there is one: users have none for adding and removing. */
export function askingEvent({ noun }: Subject, verb: Verb): string | undefined {
  return noun === "User" && verb !== "Update" ? undefined : `on${noun}${verb}`;
}

const past: Record<Verb, string> = { Add: "Added", Update: "Updated", Remove: "Removed" };

/** The fields known before a row is created: without SID, index and dates, unless the form has them. */
export function fieldsAsked({ noun, fields }: Subject, verb: Verb): Record<string, string> {
  if (verb !== "Add") return fields;
  const unknown = [`${noun}Sid`, "Index", "DateCreated", "DateUpdated"];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !unknown.includes(name)));
}

export type Telling = [event: string, fields: Record<string, string>];

/** The post-events of a change, each with its fields. */
export function tellingEvents(before: Subject, after: Subject, verb: Verb): Telling[] {
  if (after.noun === "User" && verb === "Remove") return [];
  const event: Telling = [`on${after.noun}${past[verb]}`, after.fields];
  return verb === "Update" ? [event, ...stateEvents(before, after, "API")] : [event];
}

/** The event for a changed conversation state; none otherwise. */
export function stateEvents(before: Subject, after: Subject, reason: "API" | "EVENT"): Telling[] {
  const [from, to] = [before.fields["State"], after.fields["State"]];
  if (from === undefined || to === undefined || from === to) return [];
  const { State: _state, ...fields } = after.fields;
  return [["onConversationStateUpdated", { ...fields, StateFrom: from, StateTo: to, Reason: reason }]];
}
