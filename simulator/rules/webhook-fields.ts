import type { ErrorCode } from "./error-codes";
import { CodedError } from "./errors";
import { characters, type Field } from "./fields";
import type { Call } from "./world";

const things = ["Message", "Conversation", "Participant"];
const pre = [
  ...things.flatMap((thing) => ["Add", "Update", "Remove"].map((verb) => `on${thing}${verb}`)),
  "onUserUpdate",
];
const post = [
  ...things.flatMap((thing) => ["Added", "Updated", "Removed"].map((verb) => `on${thing}${verb}`)),
  "onConversationStateUpdated",
  "onDeliveryUpdated",
];

/** The events that services and accounts may filter for. */
export const eventWords: ReadonlySet<string> = new Set([...pre, ...post, "onUserAdded", "onUserUpdated"]);
/** The events for one conversation or address: only post-events. */
export const postEventWords: ReadonlySet<string> = new Set(post);

export function filterList(words: ReadonlySet<string>, code: ErrorCode): Field<string[]> {
  return {
    many: true,
    read: (texts, name, call) => {
      const unknown = texts.find((text) => !words.has(text));
      if (unknown !== undefined && call.switches.unknownFilters === "refuse") {
        throw new CodedError(code, `${name} ${unknown}`);
      }
      return [...texts];
    },
  };
}

export function isWebUrl(text: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text);
}

/** A web address, or an empty text that removes it. */
export function webhookUrl(code: ErrorCode, maxChars = 512): Field<string> {
  return {
    many: false,
    read: ([text = ""], name: string, _call: Call) => {
      const isUrl = text === "" || isWebUrl(text);
      if (!isUrl || characters(text) > maxChars) throw new CodedError(code, name);
      return text;
    },
  };
}
