import { constrained, text } from "../../core/definition/constraint";
import { codePoint, invisibleFinding } from "../../core/definition/invisible-characters";

/** The forms of addresses that Twilio documents. The provider guesses no other. */

export type Channel = "sms" | "whatsapp" | "messenger" | "gbm" | "email" | "rcs" | "apple" | "chat";
/** A flaw in the form of an address, and what to write instead. */
export interface FormFinding {
  readonly message: string;
  readonly hint: string;
}

const PREFIXES: readonly (readonly [string, Channel])[] = [
  ["whatsapp:", "whatsapp"],
  ["messenger:", "messenger"],
  ["rcs:", "rcs"],
  ["gbm:", "gbm"],
  ["apple:", "apple"],
  ["urn:mbid:", "apple"],
  ["chat:", "chat"],
];
/** Foreign prefixes that people write. A message names no other prefix, since that is part of the value. */
const FOREIGN_PREFIXES = ["tel:", "sms:", "mms:", "mailto:", "email:", "phone:", "sip:"];

/** A person's address or a Twilio sender, in the form of its channel. */
export function address(codes: { empty: number; form: number }, find = addressFinding) {
  return constrained(text(256, { empty: codes.empty, long: codes.form }), (value) => {
    // `text` reports both.
    if (value === "" || [...value].length > 256) return undefined;
    const finding = find(value);
    return finding && { ...finding, twilioCode: codes.form };
  });
}

/** The channel of an address, by its prefix. A number has none, and an e-mail address has an @. */
export function channelOf(value: string): Channel {
  const known = PREFIXES.find(([prefix]) => startsWith(value, prefix));
  if (known !== undefined) return known[1];
  return value.includes("@") ? "email" : "sms";
}

export function addressFinding(value: string): FormFinding | undefined {
  return finding(value, numberFinding);
}

/** Allows short codes too, since a sender may be one. */
export function senderFinding(value: string): FormFinding | undefined {
  return finding(value, (number) => (isShortCode(number) ? undefined : numberFinding(number)));
}

/** Group MMS takes only long codes of the US and Canada (docs, Group texting). */
export function longCodeFinding(value: string): FormFinding | undefined {
  const seen = invisibleFinding(value) ?? numberFinding(value);
  if (seen !== undefined || /^\+1[2-9]\d{9}$/.test(value)) return seen;
  return {
    message: "is no number of the US or Canada, which a group MMS is for",
    hint: "Write it as +14155550123: +1 and ten digits.",
  };
}

/** For a sender whose channel the program declares. */
export function configuredFinding(channel: string, value: string): FormFinding | undefined {
  // In the examples of Twilio's OpenAPI, every channel without numbers or e-mail addresses has such an address.
  const isAny = startsWith(value, "urn:mbid:") && channel !== "sms" && channel !== "email";
  return isAny || channelOf(value) === channel
    ? senderFinding(value)
    : (invisibleFinding(value) ?? otherChannelFinding(channel, value));
}

function otherChannelFinding(channel: string, value: string): FormFinding | undefined {
  if (prefixOf(value) !== undefined)
    return {
      message: "has the prefix of another channel",
      hint: `Give an address of the channel ${channel}.`,
    };
  switch (channel) {
    case "sms":
      return { message: "is an e-mail address", hint: E164 };
    case "whatsapp":
      return { message: "begins without whatsapp:", hint: WHATSAPP };
    case "email":
      return NO_EMAIL;
    default:
      // Twilio documents no form without a prefix for the other channels.
      return undefined;
  }
}

const WHATSAPP = "Write it as whatsapp:+14155550123.";
const NO_EMAIL: FormFinding = { message: "is no e-mail address", hint: "Write it as support@example.com." };

function finding(
  value: string,
  findNumber: (number: string) => FormFinding | undefined,
): FormFinding | undefined {
  const invisible = invisibleFinding(value);
  if (invisible !== undefined) return invisible;
  const foreign = FOREIGN_PREFIXES.find((prefix) => startsWith(value, prefix));
  if (foreign !== undefined)
    return { message: `begins with ${foreign}`, hint: "Write the number or the e-mail address alone." };
  const prefix = prefixOf(value) ?? "";
  const rest = value.slice(prefix.length);
  switch (channelOf(value)) {
    case "sms":
      return findNumber(value);
    case "whatsapp": {
      if (rest === "") return opaqueFinding(rest);
      const seen = numberFinding(rest);
      return seen && { message: `${seen.message} behind ${prefix.toLowerCase()}`, hint: WHATSAPP };
    }
    case "email":
      return emailFinding(value);
    default:
      return opaqueFinding(rest);
  }
}

function opaqueFinding(rest: string): FormFinding | undefined {
  return /^(\s|$)/.test(rest)
    ? { message: `has ${rest === "" ? "nothing" : "a blank"} behind its prefix`, hint: OTHER }
    : undefined;
}

const OTHER = "Write the address right behind the prefix.";

/** Flaws of a number that is not in E.164, in the order of the search. */
const SEEN_IN_NUMBERS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/^-?\d([.,]\d+)?E\+?\d+$/i, () => "is a number that a spreadsheet program has rounded"],
  [/^#+$/, () => "is what a spreadsheet program shows where a column is too narrow"],
  [/^=/, () => "is a formula of a spreadsheet program"],
  [/^['’]/, () => "begins with an apostrophe"],
  [/(?![0-9])\p{Nd}/u, (digit) => `has a digit that is none of 0 to 9 (${codePoint(digit)})`],
  [/\s/, (blank) => (blank === " " ? "holds a blank" : `holds a blank or line break (${codePoint(blank)})`)],
  [/(?!-)\p{Pd}/u, (dash) => `holds a dash (${codePoint(dash)})`],
  [/-/, () => "holds a hyphen"],
  [/[()]/, () => "holds brackets"],
  [/^00/, () => "begins with 00, not with +"],
  [/^[^+]/, () => "begins without +"],
  [/^\+0/, () => "has a 0 behind the +, with which no country code begins"],
  [/^\+\d?$/, () => "has no number behind the +"],
  [/^\+\d{16}/, () => "has more than 15 digits"],
];

function numberFinding(value: string): FormFinding | undefined {
  if (/^\+[1-9]\d{1,14}$/.test(value)) return undefined;
  for (const [pattern, message] of SEEN_IN_NUMBERS) {
    const found = pattern.exec(value)?.[0];
    if (found !== undefined) return { message: message(found), hint: E164 };
  }
  return { message: "has something else than digits behind the +", hint: E164 };
}

const E164 =
  "Write a phone number as +14155550123: +, country code and digits alone (in a spreadsheet, as text).";

function isShortCode(value: string): boolean {
  return /^\d{3,8}$/.test(value);
}

function emailFinding(value: string): FormFinding | undefined {
  if (/\s/.test(value)) return { message: "holds a blank", hint: "Write it as jane@example.com." };
  return /^[^@:<>]+@[^@:<>]+$/.test(value) ? undefined : NO_EMAIL;
}

function prefixOf(value: string): string | undefined {
  const known = PREFIXES.find(([prefix]) => startsWith(value, prefix));
  return known && value.slice(0, known[0].length);
}

function startsWith(value: string, prefix: string): boolean {
  return value.slice(0, prefix.length).toLowerCase() === prefix;
}
