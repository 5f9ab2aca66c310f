import { isName, SID } from "../path-words";
import { echoesIn, type Range } from "./echo";

/** Fields and parameters whose values are words of the API or page numbers. */
const WORD_FIELDS =
  /(^|\.)(Type|State|Target|Method|Permission|Filters|NotificationLevel|Order|Page|PageSize|\w*Enabled)$/;

/** Replaces a secret, a name or a form value in a message. */
export const REDACTED = "[hidden]";

/**
 * Hides every secret in the text, in any encoding. Keeps ranges inside one of the `shown` texts: half of a SID can
 * equal a secret or a name by chance, and the SID is shown anyway.
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

/** The SIDs in a path; every message about it shows them. */
export function shownSids(path: string): string[] {
  return path.split("/").filter((segment) => SID.test(segment));
}

/** A path for a message: API words and SIDs. Hides all names, since any of them may be secret. */
export function shownPath(path: string): string {
  return path
    .split("/")
    .map((segment) => (isName(segment) ? REDACTED : segment))
    .join("/");
}

/** The names in a path and its query values, which no message may repeat. */
export function privateNames(path: string, query: Readonly<Record<string, string | number>> = {}): string[] {
  const values = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  return [...path.split("/").filter(isName).map(unescaped), ...privateFormValues(values)];
}

function unescaped(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // The segment is from a URL that Twilio gave.
    return segment;
  }
}

/**
 * The form values that no message may repeat: all except SIDs and the API's own words, which identify nobody and which
 * the reader needs.
 */
export function privateFormValues(form: readonly (readonly [string, string])[] = []): string[] {
  return form
    .filter(([name, value]) => !SID.test(value) && !WORD_FIELDS.test(name))
    .map(([, value]) => value);
}

/** Cuts every phone number to its first and last two digits. */
export function maskPhoneNumbers(text: string): string {
  return text.replace(/(\+|%2B)(\d{2})\d{3,}(\d{2})(?!\d)/gi, "$1$2…$3");
}
