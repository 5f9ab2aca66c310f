/** What a SID can be of. */
export interface Kind {
  /** The word for it in messages: `participant`. */
  readonly noun: string;
  /** Export name and class name, where a resource of this package is it: `Participant`. */
  readonly type?: string;
  /** The function that finds one by its name, where there is one: `getParticipant`. */
  readonly lookup?: string | undefined;
}

/** What no resource of this package is, and its SIDs stand in programs all the same. */
const OTHERS: Readonly<Record<string, Kind>> = {
  AC: { noun: "account" },
  FW: { noun: "Studio flow" },
  HX: { noun: "content template" },
  ME: { noun: "media file" },
  MG: { noun: "messaging service" },
  PN: { noun: "phone number" },
  SK: { noun: "API key" },
};

const kinds = new Map<string, Kind>(Object.entries(OTHERS));

/** Notes what the SIDs are of that begin with these two letters: each definition says it of its own. */
export function noteKind(sidPrefix: string, kind: Kind): void {
  kinds.set(sidPrefix, kind);
}

/** What the SIDs with these two letters are of, as far as that is known. */
export function kindOf(sidPrefix: string): Kind | undefined {
  return kinds.get(sidPrefix);
}
