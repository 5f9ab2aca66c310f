import { z } from "zod";
import { choice, constrained, sameWord, tooLong } from "../../core/definition/constraint";
import { field } from "../../core/definition/field";
import { type Json, type JsonObject, sameSet } from "../../core/json";

/** The fields of webhooks: events, URLs and method. */

/** Events after a change in a conversation. */
export const postEventWords = [
  "onMessageAdded",
  "onMessageUpdated",
  "onMessageRemoved",
  "onConversationUpdated",
  "onConversationStateUpdated",
  "onConversationRemoved",
  "onParticipantAdded",
  "onParticipantUpdated",
  "onParticipantRemoved",
  "onDeliveryUpdated",
] as const;

/** All events of Twilio: after a change, and, without -d at the end, before one. */
export const eventWords = [
  ...postEventWords,
  "onMessageAdd",
  "onMessageUpdate",
  "onMessageRemove",
  "onConversationAdd",
  "onConversationAdded",
  "onConversationUpdate",
  "onConversationRemove",
  "onParticipantAdd",
  "onParticipantUpdate",
  "onParticipantRemove",
  "onUserAdded",
  "onUserUpdate",
  "onUserUpdated",
] as const;

export type EventWord = (typeof eventWords)[number];

/** A set of at least one event: form encoding cannot express an empty list. */
export function webhookFilters<const Word extends string>(
  words: readonly Word[],
  codes: { unknown: number; empty?: number },
) {
  return constrained(z.array(choice(words, codes.unknown)), ({ length }) =>
    length > 0
      ? undefined
      : { message: "is empty", twilioCode: codes.empty, hint: "Name at least one event, or leave it out." },
  );
}

/** An absolute URL of http or https. */
export function webhookUrl(codes: { invalid?: number; long?: number }, maxLength = Number.POSITIVE_INFINITY) {
  return constrained(z.string(), (value) => {
    if (!/^https?:\/\/\S+$/i.test(value) || !URL.canParse(value))
      return {
        message: "is not an absolute URL",
        twilioCode: codes.invalid,
        hint: "Begin it with https:// and a host, and write spaces as %20.",
      };
    return tooLong(value, maxLength, codes.long);
  });
}

const METHODS = ["GET", "POST", "get", "post"] as const;

/** The HTTP method, in either case. The provider sends the case that Twilio documents for the resource. */
export function webhookMethod(documented: readonly (typeof METHODS)[number][]) {
  const sent = (value: Json) => documented.find((word) => sameWord(word, value)) ?? value;
  return field({ change: "update", same: sameWord, sent }, choice(METHODS, 50055));
}

/** The webhook settings of a service or an account. An empty URL removes one. */
export const webhookFields = {
  /**
   * Absolute URL that Twilio calls before an event. Its answer, within 5 s, can change or forbid the event. Only for
   * events without -d at the end.
   */
  preWebhookUrl: field({ change: "update", cleared: "" }, webhookUrl({ invalid: 50077 }).optional()),
  /** Absolute URL that Twilio calls after an event. Only for events with -d at the end. */
  postWebhookUrl: field({ change: "update", cleared: "" }, webhookUrl({ invalid: 50078 }).optional()),
  /**
   * Events that Twilio sends, at least one, in any order: `onMessageAdd`, `onMessageAdded` and so on. An update sends
   * the whole set. Removing the field restores the previous set. If there was none, the declared set stays, since
   * Twilio cannot clear it.
   */
  filters: field(
    { change: "update", same: sameSet },
    webhookFilters(eventWords, { unknown: 50054, empty: 50054 }).optional(),
  ),
  /**
   * HTTP method of the requests: `GET` or `POST`, in either case. Removing the field restores the previous method. If
   * there was none, the declared one stays, since Twilio cannot clear it.
   */
  method: webhookMethod(["GET", "POST"]).optional(),
};

/** Drops an empty list of filters: it means none, and form encoding cannot send it. */
export function withoutEmptyFilters(live: JsonObject): JsonObject {
  const { filters, ...others } = live;
  return Array.isArray(filters) && filters.length === 0 ? others : live;
}
