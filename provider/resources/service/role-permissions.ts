import { didYouMean } from "../../core/definition/did-you-mean";
import type { Problem } from "../../core/problem";

type RoleType = "conversation" | "service";

/**
 * The known permissions, by role type. Twilio publishes a list for each type, 16 and 14 words. Both omit words that are
 * in use: for participants' attributes, for notification levels and for people by address. So no list is complete: a
 * word counts as another type's only if no source gives it to both, and Twilio judges unknown words.
 */
const FOR_EITHER = [
  "addNonChatParticipant",
  "addParticipant",
  "deleteAnyMessage",
  "deleteConversation",
  "deleteOwnMessage",
  "editAnyMessage",
  "editAnyMessageAttributes",
  "editAnyParticipantAttributes",
  "editAnyUserInfo",
  "editConversationAttributes",
  "editConversationName",
  "editOwnMessage",
  "editOwnMessageAttributes",
  "editOwnParticipantAttributes",
  "editOwnUserInfo",
  "removeParticipant",
] as const;
const FOR_ONE = {
  editNotificationLevel: "conversation",
  leaveConversation: "conversation",
  sendMediaMessage: "conversation",
  sendMessage: "conversation",
  createConversation: "service",
  joinConversation: "service",
} as const;

/** A known permission. */
export type Permission = (typeof FOR_EITHER)[number] | keyof typeof FOR_ONE;

/** Reports words of another type and likely misspellings; without a type, misspellings only. */
export function permissionProblems(type: RoleType | undefined, words: readonly unknown[]): Problem[] {
  return words.flatMap((word, index) => {
    const finding = typeof word === "string" ? findingOn(type, word) : undefined;
    return finding === undefined ? [] : [{ path: `permissions.${index}`, twilioCode: 50104, ...finding }];
  });
}

function findingOn(type: RoleType | undefined, word: string): Pick<Problem, "message" | "hint"> | undefined {
  const only = new Map<string, RoleType>(Object.entries(FOR_ONE)).get(word);
  if (only !== undefined)
    return type === undefined || only === type
      ? undefined
      : {
          message: `is for roles of type ${only} alone`,
          hint: `Leave it out, or declare a role of type ${only}.`,
        };
  if (FOR_EITHER.some((known) => known === word)) return undefined;
  const ofType = Object.entries(FOR_ONE).filter(([, only]) => type === undefined || only === type);
  const meant = didYouMean(word, [...FOR_EITHER, ...ofType.map(([known]) => known)]);
  return meant === undefined ? undefined : { message: "is no permission", hint: `Did you mean ${meant}?` };
}
