/** The kind of object that a SID names. */
export interface Kind {
  /** Its noun in messages: `participant`. */
  readonly noun: string;
  /** Export and class name, if this package has a resource for it: `Participant`. */
  readonly type?: string;
  /** The function that finds one by name, if there is one: `getParticipant`. */
  readonly lookup?: string | undefined;
}

/** Kinds without a resource in this package whose SIDs appear in programs. */
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

/** Registers the kind of a SID prefix; each definition registers its own. */
export function noteKind(sidPrefix: string, kind: Kind): void {
  kinds.set(sidPrefix, kind);
}

/** The kind of a SID prefix, if known. */
export function kindOf(sidPrefix: string): Kind | undefined {
  return kinds.get(sidPrefix);
}
