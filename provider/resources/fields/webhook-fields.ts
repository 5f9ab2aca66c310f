import { z } from "zod";
import { choice, constrained, sameWord, tooLong } from "../../core/definition/constraint";
import { field } from "../../core/definition/field";
import { type Json, type JsonObject, sameSet } from "../../core/json";

/** Fields that all resources with a webhook share: the events, the URL, the method. */

/** The events after the fact. */
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

/** All events: those after the fact, and, without the final -d, those that Twilio asks about first. */
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

/** A set of events, at least one: a form cannot say that a list is empty. */
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

/** An absolute address of http or https. */
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

/** The method of a request, in either case; sent as Twilio documents it, for some resources in capitals. */
export function webhookMethod(documented: readonly (typeof METHODS)[number][]) {
  const sent = (value: Json) => documented.find((word) => sameWord(word, value)) ?? value;
  return field({ change: "update", same: sameWord, sent }, choice(METHODS, 50055));
}

/** The settings of a service's or an account's webhooks. An empty URL removes it. */
export const webhookFields = {
  /**
   * What is asked before an event, and can change or forbid it, within 5 s: absolute URL. Only for events without -d
   * at the end.
   */
  preWebhookUrl: field({ change: "update", cleared: "" }, webhookUrl({ invalid: 50077 }).optional()),
  /** Absolute URL that Twilio informs after an event. Only for events that end in -d. */
  postWebhookUrl: field({ change: "update", cleared: "" }, webhookUrl({ invalid: 50078 }).optional()),
  /**
   * The events, in any order, at least one: `onMessageAdd`, `onMessageAdded` and so on. An update sends the whole set.
   * Twilio cannot clear it: removed, the set that was there before comes back; where there was none, it stays.
   */
  filters: field(
    { change: "update", same: sameSet },
    webhookFilters(eventWords, { unknown: 50054, empty: 50054 }).optional(),
  ),
  /**
   * The method of the requests: `GET` or `POST`, in either case. Twilio cannot clear it: removed, the one that was
   * there before comes back; where there was none, it stays.
   */
  method: webhookMethod(["GET", "POST"]).optional(),
};

/** No filters means undefined: a form cannot send an empty list. */
export function withoutEmptyFilters(live: JsonObject): JsonObject {
  const { filters, ...others } = live;
  return Array.isArray(filters) && filters.length === 0 ? others : live;
}
