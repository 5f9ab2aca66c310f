/**
 * Switches for behaviours that are unverified against Twilio, or that differ between accounts. LIMITS.md documents each
 * of them.
 */
export interface Switches {
  /** `refuse` answers 400 with the field's name; Twilio itself ignores unknown fields. */
  unknownFields: "refuse" | "ignore";
  /** Whether the account may use group MMS; otherwise 50452. */
  groupMms: boolean;
  /** The account's own senders (50413, 50415, 50439); null: it owns every address. */
  ownedAddresses: readonly string[] | null;
  /** Whether the 404 message shows the path with or without `/v1`. */
  notFoundPath: "short" | "versioned";
  /** What `Attributes=` does. */
  emptyAttributes: "refuse" | "default";
  /** Whether an update without fields is refused with 20161. */
  emptyUpdate: "refuse" | "accept";
  /** Whether a closed conversation still lists its participants. */
  closedParticipants: "list" | "hide";
  /** Whether a participant of a closed conversation may be deleted, or its user may leave (else 50377). */
  closedParticipantDelete: "refuse" | "allow";
  /** Whether `FriendlyName=` clears the name of a conversation; on the real API it was seen not to. */
  friendlyNameClears: boolean;
  /** Whether child paths accept the conversation's unique name. */
  uniqueNameInChildPath: boolean;
  /** Whether deleting a user removes its participants. */
  userDelete: "cascade" | "keep-participants";
  /** Whether a role that the service's configuration names as a default may be deleted. */
  defaultRoleDelete: "refuse" | "allow";
  /** Whether the default service of the account may be deleted. */
  defaultServiceDelete: "refuse" | "allow";
  /** Whether permission words outside the known list are refused with 50104. */
  unknownPermissions: "refuse" | "accept";
  /** Whether webhook filters outside the published vocabulary are refused. */
  unknownFilters: "refuse" | "accept";
  /** Whether an identity may hold zero-width characters and direction marks; Twilio documents nothing about them. */
  unseenInIdentities: "refuse" | "accept";
  /** The state in the 202 answer for a conversation created with participants. */
  bulkCreateState: "initializing" | "final";
  /** Whether a 429 of the rate limits has `Retry-After: 1`; Twilio does not promise the header here. */
  retryAfter: "send" | "omit";
}

export const defaultSwitches: Switches = {
  unknownFields: "refuse",
  groupMms: false,
  ownedAddresses: null,
  notFoundPath: "short",
  emptyAttributes: "refuse",
  emptyUpdate: "refuse",
  closedParticipants: "list",
  closedParticipantDelete: "refuse",
  friendlyNameClears: false,
  uniqueNameInChildPath: true,
  userDelete: "cascade",
  defaultRoleDelete: "refuse",
  defaultServiceDelete: "refuse",
  unknownPermissions: "refuse",
  unknownFilters: "refuse",
  unseenInIdentities: "refuse",
  bulkCreateState: "initializing",
  retryAfter: "omit",
};

/** The values of each switch, the default first. */
export const switchValues: {
  readonly [K in Exclude<keyof Switches, "ownedAddresses">]: readonly Switches[K][];
} = {
  unknownFields: ["refuse", "ignore"],
  groupMms: [false, true],
  notFoundPath: ["short", "versioned"],
  emptyAttributes: ["refuse", "default"],
  emptyUpdate: ["refuse", "accept"],
  closedParticipants: ["list", "hide"],
  closedParticipantDelete: ["refuse", "allow"],
  friendlyNameClears: [false, true],
  uniqueNameInChildPath: [true, false],
  userDelete: ["cascade", "keep-participants"],
  defaultRoleDelete: ["refuse", "allow"],
  defaultServiceDelete: ["refuse", "allow"],
  unknownPermissions: ["refuse", "accept"],
  unknownFilters: ["refuse", "accept"],
  unseenInIdentities: ["refuse", "accept"],
  bulkCreateState: ["initializing", "final"],
  retryAfter: ["omit", "send"],
};

/** Twilio's published limits; tests can lower them. */
export interface Limits {
  participants: number;
  nonChatParticipants: number;
  groupMmsParticipants: number;
  openConversationsPerIdentity: number;
  scopedWebhooks: number;
  triggersPerWebhook: number;
  bulkParticipants: number;
  conversationAttributesBytes: number;
  attributesBytes: number;
  friendlyNameChars: number;
  roleNameChars: number;
  credentialNameChars: number;
  uniqueNameChars: number;
  addressChars: number;
  messageBodyBytes: number;
  /** Concurrent requests of one account under `--rate-limit twilio`; Twilio publishes no number. */
  concurrentRequests: number;
}

export const defaultLimits: Limits = {
  participants: 1000,
  nonChatParticipants: 50,
  groupMmsParticipants: 10,
  openConversationsPerIdentity: 1000,
  scopedWebhooks: 5,
  triggersPerWebhook: 5,
  bulkParticipants: 10,
  conversationAttributesBytes: 16 * 1024,
  attributesBytes: 4 * 1024,
  friendlyNameChars: 256,
  roleNameChars: 256,
  credentialNameChars: 64,
  uniqueNameChars: 256,
  addressChars: 256,
  messageBodyBytes: 32 * 1024,
  concurrentRequests: 100,
};
