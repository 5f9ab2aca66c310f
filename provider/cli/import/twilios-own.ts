import type { Definition } from "../../engine/define";
import { isObject, type JsonObject } from "../../engine/json";
import { filledText } from "../filled-text";
import { declaredInputs } from "./declared-inputs";

/** Roles that Twilio makes in each service by itself. */
export const BUILT_IN = ["channel user", "channel admin", "service user", "service admin"];
export const DEFAULT_ROLES = [
  "defaultConversationCreatorRoleSid",
  "defaultConversationRoleSid",
  "defaultChatServiceRoleSid",
];

/** Whether anything in a setting is more than Twilio's own. */
export function isSet(definition: Definition, live: JsonObject): boolean {
  return says(declaredInputs(definition, live, {}).inputs);
}

/** Whether webhooks of a service or an account go anywhere. */
export function hasHooks(hooks: JsonObject): boolean {
  return Boolean(hooks["preWebhookUrl"] || hooks["postWebhookUrl"]);
}

/** Whether anything in it is more than Twilio's own: neither off, nor empty, nor never. */
function says(values: JsonObject): boolean {
  return Object.values(values).some((value) =>
    isObject(value)
      ? says(value)
      : value !== undefined && value !== false && value !== "" && value !== "PT0S",
  );
}

/** Whether somebody has chosen other default roles than Twilio's. */
export function hasOwnDefaults(roles: readonly JsonObject[], settings: JsonObject): boolean {
  const builtIn = new Set(
    roles.filter(({ friendlyName }) => BUILT_IN.includes(String(friendlyName))).map(({ sid }) => sid),
  );
  return DEFAULT_ROLES.some(
    (name) => settings[name] !== undefined && settings[name] !== null && !builtIn.has(settings[name]),
  );
}

/** Twilio makes a user of every identity that joins a conversation: one that nobody changed needs no program. */
export function isShaped(one: JsonObject, settings: JsonObject): boolean {
  const { attributes, friendlyName, roleSid } = one;
  return (
    (isObject(attributes)
      ? Object.keys(attributes).length > 0
      : attributes !== undefined && attributes !== null) ||
    filledText(friendlyName) !== undefined ||
    roleSid !== settings["defaultChatServiceRoleSid"]
  );
}
