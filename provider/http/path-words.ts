/** What Twilio's limit of 30 writes a second counts a write against. */
export type WriteLimit = "conversation" | "service";

export const SID = /^[A-Z]{2}[0-9a-f]{32}$/;

/**
 * The words of the API's paths, each with the limit that writes of its objects count against; undefined where Twilio
 * states none.
 */
export const PATH_WORDS: ReadonlyMap<string, WriteLimit | undefined> = new Map([
  ["v1", undefined],
  ["Addresses", undefined],
  ["Configuration", undefined],
  // A conversation and what is in it have rules of their own: see write-scope.ts.
  ["Conversations", undefined],
  ["Credentials", undefined],
  ["Messages", "conversation"],
  ["Notifications", undefined],
  ["ParticipantConversations", undefined],
  ["Participants", "conversation"],
  ["Roles", "service"],
  ["Services", undefined],
  ["Users", "service"],
  ["Webhooks", undefined],
]);

/** Whether a segment of a path is a name that somebody gave, which no message shows. */
export function isName(segment: string): boolean {
  return segment !== "" && !PATH_WORDS.has(segment) && !SID.test(segment);
}
