import { dateText } from "../clock";
import { UsageError } from "../rules/errors";
import { durationMs } from "../rules/timers";
import { isWebUrl } from "../rules/webhook-fields";
import type { Json, JsonObject } from "../state/rows";

type Kind = "text" | "number" | "boolean" | "list" | "object" | "null" | "nothing";

/** Fields that may be null, with their kind otherwise. */
const nullable: Record<string, Kind> = {
  friendly_name: "text",
  unique_name: "text",
  messaging_service_sid: "text",
  identity: "text",
  role_sid: "text",
  messaging_binding: "object",
  last_read_message_index: "number",
  last_read_timestamp: "text",
  is_online: "boolean",
  is_notifiable: "boolean",
  author: "text",
  body: "text",
  media: "list",
  participant_sid: "text",
  delivery: "object",
  content_sid: "text",
  subject: "text",
  address_country: "text",
  default_inactive_timer: "text",
  default_closed_timer: "text",
  pre_webhook_url: "text",
  post_webhook_url: "text",
  filters: "list",
  method: "text",
};
/** Fields in `nullable` that are never null in some kinds of objects. */
const required: ReadonlySet<string> = new Set([
  "IS.friendly_name",
  "RL.friendly_name",
  "US.identity",
  "US.role_sid",
  "BS.identity",
  "DY.participant_sid",
]);

const binding = ["sms", "whatsapp", "messenger", "gbm", "email", "rcs", "apple", "chat"];
const enums: Record<string, readonly string[]> = {
  "CH.state": ["initializing", "active", "inactive", "closed"],
  "MB.notification_level": ["default", "muted"],
  "MB.messaging_binding.type": binding,
  "RL.type": ["conversation", "service"],
  "DY.status": ["read", "failed", "delivered", "undelivered", "sent"],
  "WH.target": ["webhook", "trigger", "studio"],
  "WH.configuration.method": ["get", "post"],
  "IG.auto_creation.type": ["webhook", "studio", "default"],
  "IG.auto_creation.webhook_method": ["GET", "POST"],
  "CR.type": ["apn", "gcm", "fcm"],
  "CR.sandbox": ["True", "False"],
  "BS.binding_type": ["apn", "gcm", "fcm", "twilsock"],
  "AC.target": ["webhook", "flex"],
  "AC.method": ["GET", "POST"],
  "IS.method": ["GET", "POST"],
};
const urls = /(^|\.)(pre_webhook_url|post_webhook_url|webhook_url|configuration\.url)$/;
const texts = /(^|\.)(filters|triggers|webhook_filters|permissions|message_types)$/;
/** Milliseconds or counts; as a duration it still fits into a date. */
const maxNumber = 3e12;

/** Refuses a value that the API could never store in this field. */
export function checkValue(sid: string, name: string, before: Json | undefined, value: unknown): void {
  const prefix = sid.slice(0, 2);
  if (value === null && Object.hasOwn(nullable, name) && !required.has(`${prefix}.${name}`)) return;
  checkKind(name, expectedKind(name, before), value);
  checkContent(prefix, name, before, value);
}

function expectedKind(name: string, before: Json | undefined): Kind {
  if (before !== null && before !== undefined) return kindOf(before);
  return (Object.hasOwn(nullable, name) ? nullable[name] : undefined) ?? "text";
}

function checkKind(name: string, kind: Kind, value: unknown): void {
  if (kindOf(value) !== kind)
    throw new UsageError(`${name} must be ${kind === "object" ? "an" : "a"} ${kind}`);
}

function checkContent(prefix: string, path: string, before: Json | undefined, value: unknown): void {
  const words = Object.hasOwn(enums, `${prefix}.${path}`) ? enums[`${prefix}.${path}`] : undefined;
  if (words && !(typeof value === "string" && words.includes(value)))
    throw new UsageError(`${path} must be one of ${words.join(", ")}`);
  if (urls.test(path) && !(typeof value === "string" && isWebUrl(value)))
    throw new UsageError(`${path} must be an http or https URL`);
  if (texts.test(path) && !(Array.isArray(value) && value.every((item) => typeof item === "string")))
    throw new UsageError(`${path} must be a list of texts`);
  if (path === "media" && !(value as unknown[]).every((item) => kindOf(item) === "object"))
    throw new UsageError("media must be a list of objects");
  if (typeof value === "number" && !(Number.isInteger(value) && value >= 0 && value <= maxNumber))
    throw new UsageError(`${path} must be a whole number from 0 to ${maxNumber}`);
  if (/^default_\w+_timer$/.test(path) && durationMs(String(value)) === undefined)
    throw new UsageError(`${path} must be an ISO-8601 duration`);
  if (/^timers\./.test(path) && dateText(String(value)) === undefined)
    throw new UsageError(`${path} must be an ISO-8601 date`);
  if (kindOf(value) === "object") checkParts(prefix, path, before, value as JsonObject);
}

function checkParts(prefix: string, path: string, before: Json | undefined, value: JsonObject): void {
  const stored = (kindOf(before) === "object" ? before : {}) as JsonObject;
  for (const [key, item] of Object.entries(value)) {
    const was = Object.hasOwn(stored, key) ? stored[key] : undefined;
    if (was !== undefined && was !== null && item !== null) checkKind(`${path}.${key}`, kindOf(was), item);
    if (path === "messaging_binding") checkKind(`${path}.${key}`, "text", item);
    checkContent(prefix, `${path}.${key}`, was, item);
  }
  // The API writes into these in place and reads them unchecked.
  const kept = path === "new_message" ? ["with_media"] : path === "configuration" ? ["url"] : [];
  for (const key of kept) {
    if (Object.hasOwn(stored, key) && (value[key] ?? null) === null)
      throw new UsageError(`${path}.${key} is missing`);
  }
}

function kindOf(value: unknown): Kind {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "text";
  if (typeof value === "number" || typeof value === "boolean") return typeof value as Kind;
  return typeof value === "object" ? "object" : "nothing";
}
