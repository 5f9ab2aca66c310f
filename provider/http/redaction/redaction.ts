import { echoesIn, type Range } from "./echo";

const SID = /^[A-Z]{2}[0-9a-f]{32}$/;
/** Fields and parameters whose values are words of the API itself, or count pages. */
const WORD_FIELDS =
  /(^|\.)(Type|State|Target|Method|Permission|Filters|NotificationLevel|Order|Page|PageSize|\w*Enabled)$/;

/** What the paths of the API are made of. All that stands in a path besides, and is no SID, is somebody's name. */
export const PATH_WORDS: ReadonlySet<string> = new Set([
  "v1",
  "Addresses",
  "Configuration",
  "Conversations",
  "Credentials",
  "Messages",
  "Notifications",
  "ParticipantConversations",
  "Participants",
  "Roles",
  "Services",
  "Users",
  "Webhooks",
]);

/** What stands in a message where a secret, a name or a form value stood. */
export const REDACTED = "[hidden]";

/**
 * The text without any of the secrets, whatever encoding they were echoed in. What stands in one of the `shown` texts
 * stays: half of a SID can be a secret or a name by chance, and the SID is told beside it.
 */
export function redact(text: string, secrets: readonly string[], shown: readonly string[] = []): string {
  const open = shown.flatMap((each) => rangesOf(text, each));
  const echoes = echoesIn(text, secrets).filter(
    (echo) => !open.some(({ from, to }) => from <= echo.from && echo.to <= to),
  );
  let clean = "";
  let from = 0;
  for (const echo of echoes.sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (echo.from >= from) clean += text.slice(from, echo.from) + REDACTED;
    from = Math.max(from, echo.to);
  }
  return clean + text.slice(from);
}

function rangesOf(text: string, sought: string): Range[] {
  const found: Range[] = [];
  for (let from = text.indexOf(sought); from >= 0; from = text.indexOf(sought, from + 1))
    found.push({ from, to: from + sought.length });
  return found;
}

/** The SIDs in a path, which every message about it shows. */
export function shownSids(path: string): string[] {
  return path.split("/").filter((segment) => SID.test(segment));
}

/** A path for a message: its words and SIDs. Names are hidden, since nobody here knows which of them is secret. */
export function shownPath(path: string): string {
  return path
    .split("/")
    .map((segment) => (isName(segment) ? REDACTED : segment))
    .join("/");
}

/** The names in a path, and the values of its query, which an answer must not echo into a message. */
export function privateNames(path: string, query: Readonly<Record<string, string | number>> = {}): string[] {
  const values = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  return [...path.split("/").filter(isName).map(unescaped), ...privateFormValues(values)];
}

function isName(segment: string): boolean {
  return segment !== "" && !PATH_WORDS.has(segment) && !SID.test(segment);
}

function unescaped(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Of a URL that Twilio gave.
    return segment;
  }
}

/**
 * The form values that an answer must not echo into a message: all but SIDs and the API's own words, which name nobody
 * and which the reader needs.
 */
export function privateFormValues(form: readonly (readonly [string, string])[] = []): string[] {
  return form
    .filter(([name, value]) => !SID.test(value) && !WORD_FIELDS.test(name))
    .map(([, value]) => value);
}

/** The text with every phone number cut to its first and last two digits. */
export function maskPhoneNumbers(text: string): string {
  return text.replace(/(\+|%2B)(\d{2})\d{3,}(\d{2})(?!\d)/gi, "$1$2…$3");
}
