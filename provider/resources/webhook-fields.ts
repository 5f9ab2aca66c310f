import { z } from "zod";
import { choice, constrained } from "../engine/constraint";

/** What every resource that names a webhook says of it: the events, the address, the method. */

/** What has happened in a conversation. */
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

/** All that Twilio announces: what has happened, and, without the -d at the end, what it asks for first. */
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

/** A set of events, at least one: a form cannot say that a list is empty. */
export function webhookFilters<const Word extends string>(
  words: readonly Word[],
  codes: { unknown: number; empty?: number },
) {
  return constrained(z.array(choice(words, codes.unknown)), ({ length }) =>
    length > 0
      ? undefined
      : { message: "is empty", twilioCode: codes.empty, cure: "Name at least one event, or leave it out." },
  );
}

/** An absolute address of http or https. */
export function webhookUrl(codes: { invalid?: number; long?: number }, maxLength = Number.POSITIVE_INFINITY) {
  return constrained(z.string(), (value) => {
    if (!/^https?:\/\/\S+$/i.test(value) || !URL.canParse(value))
      return {
        message: "is not an absolute URL",
        twilioCode: codes.invalid,
        cure: "Begin it with https:// and a host, and write spaces as %20.",
      };
    if (value.length > maxLength)
      return {
        message: `is ${value.length} characters long, the limit is ${maxLength}`,
        twilioCode: codes.long,
        cure: "Shorten it.",
      };
    return undefined;
  });
}

const METHODS = ["GET", "POST", "get", "post"] as const;

/** The method of a request, in either case: of some webhooks Twilio tells it in capitals, of others not. */
export function webhookMethod(twilioCode: number) {
  return choice(METHODS, twilioCode);
}

export function sameMethod(left: unknown, right: unknown): boolean {
  return typeof left === "string" && typeof right === "string" && left.toUpperCase() === right.toUpperCase();
}
