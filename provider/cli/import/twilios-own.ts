import type { Definition } from "../../core/definition/define";
import { isObject, type Json, type JsonObject, sameSet } from "../../core/json";
import { type DefaultRoleField, type StockRole, stockRoles, webhooks } from "../../resources";
import { filledText } from "../terminal/text";
import { declaredInputs } from "./declared-inputs";

/** Twilio's non-empty values of untouched settings. */
const UNTOUCHED = new Map<Definition, JsonObject>([[webhooks, { target: "webhook", method: "POST" }]]);

/** Whether a setting differs from Twilio's own values. */
export function isSet(definition: Definition, live: JsonObject): boolean {
  const { inputs } = declaredInputs(definition, live, {});
  const untouched = UNTOUCHED.get(definition) ?? {};
  return Object.entries(inputs).some(([name, value]) => value !== untouched[name] && says(value));
}

/** Whether a value is neither off, empty nor zero. */
function says(value: Json | undefined): boolean {
  if (isObject(value)) return Object.values(value).some(says);
  return value !== undefined && value !== false && value !== "" && value !== "PT0S";
}

/** Twilio creates the roles of a new service within a moment. */
const FOUNDING_MS = 10_000;

/** The roles that Twilio created with a service; of several with one name, the first. */
export function rolesFromTwilio(roles: readonly JsonObject[]): ReadonlyMap<StockRole, JsonObject> {
  const eldest = stockRoles.flatMap((stock) => {
    const [first] = roles
      .filter(({ friendlyName, type }) => friendlyName === stock.friendlyName && type === stock.type)
      .sort((left, right) => madeAtMs(left) - madeAtMs(right));
    return first === undefined ? [] : [[stock, first] as const];
  });
  const foundedAtMs = Math.min(...eldest.map(([, row]) => madeAtMs(row)));
  return new Map(eldest.filter(([, row]) => madeAtMs(row) - foundedAtMs <= FOUNDING_MS));
}

function madeAtMs({ dateCreated }: JsonObject): number {
  return Date.parse(String(dateCreated));
}

/** Whether nobody has changed the role. Dates are in whole seconds, so they miss an immediate change. */
export function isAsMade({ permissions }: StockRole, row: JsonObject): boolean {
  return (
    row["dateUpdated"] === row["dateCreated"] &&
    permissions.some((words) => sameSet(words, row["permissions"]))
  );
}

/** The default roles of a service that differ from Twilio's own. */
export function ownDefaults(roles: readonly JsonObject[], settings: JsonObject): DefaultRoleField[] {
  const made = rolesFromTwilio(roles);
  return stockRoles.flatMap((stock) => {
    const { defaultOf } = stock;
    if (defaultOf === undefined || filledText(settings[defaultOf]) === undefined) return [];
    return settings[defaultOf] === made.get(stock)?.["sid"] ? [] : [defaultOf];
  });
}

/** The default roles of a service that are Twilio's own. */
export function stockDefaults(roles: readonly JsonObject[], settings: JsonObject): DefaultRoleField[] {
  const own = ownDefaults(roles, settings);
  return stockRoles.flatMap(({ defaultOf }) =>
    defaultOf === undefined || own.includes(defaultOf) ? [] : [defaultOf],
  );
}

/** Twilio creates a user for every identity that joins a conversation; only a changed one needs a declaration. */
export function isShaped(one: JsonObject, settings: JsonObject): boolean {
  const { attributes, friendlyName, roleSid } = one;
  return (
    (isObject(attributes) ? Object.keys(attributes).length > 0 : attributes !== undefined) ||
    filledText(friendlyName) !== undefined ||
    roleSid !== settings["defaultChatServiceRoleSid"]
  );
}
