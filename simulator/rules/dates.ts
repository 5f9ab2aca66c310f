import { toDateText } from "../clock";

const pattern = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** An ISO-8601 date in Twilio's form, or undefined if it is none. Without a zone it is UTC. */
export function dateText(text: string): string | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const ms = Date.parse(match[1] && !match[4] ? `${text}Z` : text);
  return Number.isNaN(ms) ? undefined : toDateText(ms);
}
