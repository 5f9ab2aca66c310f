import type { BindingType } from "../../state/rows";
import type { ErrorCode } from "../error-codes";
import { CodedError } from "../errors";
import { unseen } from "../unseen";

/**
 * Address forms that Twilio documents: phone numbers in E.164, after `whatsapp:` for WhatsApp; short codes for SMS
 * senders; e-mail addresses. What follows other prefixes only has to be non-empty.
 */

const prefixes: readonly [string, BindingType][] = [
  ["whatsapp:", "whatsapp"],
  ["messenger:", "messenger"],
  ["rcs:", "rcs"],
  ["gbm:", "gbm"],
  ["apple:", "apple"],
  ["urn:mbid:", "apple"],
  ["chat:", "chat"],
];
const e164 = /^\+[1-9]\d{1,14}$/;
const shortCode = /^\d{3,8}$/;
const mailAddress = /^[^@\s:<>]+@[^@\s:<>]+$/;

function prefixOf(address: string): readonly [string, BindingType] | undefined {
  return prefixes.find(([prefix]) => address.toLowerCase().startsWith(prefix));
}

/** The channel of an address, by its prefix. */
export function typeOf(address: string): BindingType {
  return prefixOf(address)?.[1] ?? (address.includes("@") ? "email" : "sms");
}

/** Checks the address of a person. */
export function refuseAddress(address: string, code: ErrorCode): void {
  if (unseen.test(address) || !hasForm(address, typeOf(address))) throw new CodedError(code);
}

/** Checks a Twilio address, which may be a short code. */
export function refuseProxy(address: string, code: ErrorCode): void {
  if (!shortCode.test(address)) refuseAddress(address, code);
}

/** Checks an address of the account, configured for a channel. */
export function refuseConfigured(address: string, type: string, code: ErrorCode): void {
  const prefix = prefixOf(address)?.[0];
  const hasNumberOrMail = type === "sms" || type === "email";
  if (unseen.test(address)) throw new CodedError(code);
  // Twilio's own examples use such an address for every other channel.
  if (prefix === "urn:mbid:" && !hasNumberOrMail) refuseAddress(address, code);
  else if (type === typeOf(address)) refuseProxy(address, code);
  // The forms of the others without a prefix are undocumented.
  else if (prefix !== undefined || hasNumberOrMail || type === "whatsapp")
    throw new CodedError(code, "it is of another channel");
}

function hasForm(address: string, type: BindingType): boolean {
  const rest = address.slice(prefixOf(address)?.[0].length ?? 0);
  if (type === "sms" || type === "whatsapp") return e164.test(rest);
  return type === "email" ? mailAddress.test(address) : /^\S/.test(rest);
}
