/** JSON as Twilio sends and receives it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Common to all stored rows; `order` is the position in a list and never sent. */
export type StoredRow = { sid: string; order: number };

type Dated = { date_created: string; date_updated: string };
type InAccount = StoredRow & { account_sid: string };
type InService = InAccount & { chat_service_sid: string };
type InConversation = InService & { conversation_sid: string };

export type ServiceRow = InAccount & Dated & { friendly_name: string };

export type RoleType = "conversation" | "service";
export type RoleRow = InService & Dated & { friendly_name: string; type: RoleType; permissions: string[] };

export type UserRow = InService &
  Dated & {
    role_sid: string;
    identity: string;
    friendly_name: string | null;
    attributes: string;
    is_online: boolean | null;
    is_notifiable: boolean | null;
  };

export type ConversationState = "initializing" | "active" | "inactive" | "closed";
export type Timers = { date_inactive?: string; date_closed?: string };
export type ConversationRow = InService &
  Dated & {
    messaging_service_sid: string | null;
    friendly_name: string | null;
    unique_name: string | null;
    attributes: string;
    state: ConversationState;
    timers: Timers;
    bindings: JsonObject;
    created_by: string;
    /** Durations of the timers in ms, 0 is off; Twilio does not echo them. */
    inactive_after_ms: number;
    closed_after_ms: number;
    next_message_index: number;
  };

export type BindingType = "sms" | "whatsapp" | "messenger" | "gbm" | "email" | "rcs" | "apple" | "chat";
export type MessagingBinding = {
  type: BindingType;
  address?: string;
  proxy_address?: string;
  projected_address?: string;
  level?: string;
  name?: string;
};
export type ParticipantRow = InConversation &
  Dated & {
    identity: string | null;
    attributes: string;
    messaging_binding: MessagingBinding | null;
    role_sid: string | null;
    last_read_message_index: number | null;
    last_read_timestamp: string | null;
    notification_level: "default" | "muted";
  };

export type Delivery = { [status in "sent" | "delivered" | "read" | "failed" | "undelivered"]: string } & {
  total: number;
};
export type MessageRow = InConversation &
  Dated & {
    index: number;
    author: string | null;
    body: string | null;
    media: JsonObject[] | null;
    attributes: string;
    participant_sid: string | null;
    delivery: Delivery | null;
    content_sid: string | null;
    subject: string | null;
  };

export type ReceiptRow = InConversation &
  Dated & {
    message_sid: string;
    channel_message_sid: string;
    participant_sid: string;
    status: "read" | "failed" | "delivered" | "undelivered" | "sent";
    error_code: number;
  };

export type ScopedWebhookTarget = "webhook" | "trigger" | "studio";
export type ScopedWebhookRow = InConversation &
  Dated & { target: ScopedWebhookTarget; configuration: JsonObject };

export type AddressRow = InAccount &
  Dated & {
    type: string;
    address: string;
    friendly_name: string | null;
    address_country: string | null;
    auto_creation: JsonObject;
  };

/** Without its secrets, which Twilio never returns; they are kept separately. */
export type CredentialRow = InAccount &
  Dated & { friendly_name: string | null; type: string; sandbox: string };

export type BindingRow = InService &
  Dated & {
    endpoint: string;
    identity: string;
    binding_type: string;
    credential_sid: string;
    message_types: string[];
  };

export type ServiceConfigurationRow = {
  chat_service_sid: string;
  default_conversation_creator_role_sid: string;
  default_conversation_role_sid: string;
  default_chat_service_role_sid: string;
  reachability_enabled: boolean;
};

export type AccountConfigurationRow = {
  account_sid: string;
  default_chat_service_sid: string;
  default_messaging_service_sid: string;
  default_inactive_timer: string | null;
  default_closed_timer: string | null;
};

export type WebhookConfigurationRow = {
  pre_webhook_url: string | null;
  post_webhook_url: string | null;
  filters: string[] | null;
  method: string | null;
};
export type AccountWebhookRow = WebhookConfigurationRow & { account_sid: string; target: string };
export type ServiceWebhookRow = WebhookConfigurationRow & { account_sid: string; chat_service_sid: string };

export type NotificationRow = {
  account_sid: string;
  chat_service_sid: string;
  log_enabled: boolean;
  new_message: JsonObject;
  added_to_conversation: JsonObject;
  removed_from_conversation: JsonObject;
};
