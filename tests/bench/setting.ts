/** What is brought up: members each as a resource, or as a roster; or the measures beside them. */
export type Kind = StackKind | IdleKind | "empty";

/** The two forms that are compared, in the order in which they stand side by side. */
export const STACK_KINDS = ["roster", "participants"] as const;
export type StackKind = (typeof STACK_KINDS)[number];

/** The same programs with a provider that does nothing. */
export const IDLE_KINDS = { roster: "idle-roster", participants: "idle-participants" } as const;
export type IdleKind = (typeof IDLE_KINDS)[StackKind];

/** How the reports call a kind. */
export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  roster: "Roster",
  participants: "a Participant each",
  "idle-roster": "a provider that does nothing, one roster",
  "idle-participants": "a provider that does nothing, a resource each",
  empty: "an empty program",
};

/** In the order in which one stack lives through them. */
export const OPERATIONS = [
  "up",
  "preview",
  "preview-refresh",
  "refresh-preview",
  "update",
  "destroy",
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** How the reports call an operation. */
export const OPERATION_NAMES: Readonly<Record<Operation, string>> = {
  up: "`up`",
  preview: "`preview` without a change",
  "preview-refresh": "`preview --refresh`",
  "refresh-preview": "`refresh --preview-only`",
  update: "`up` that updates every member",
  destroy: "`destroy`",
};

/** What the CLI is told; a preview that finds a change fails, since it would measure something else. */
export const OPERATION_ARGUMENTS: Readonly<Record<Operation, readonly string[]>> = {
  up: ["up", "--yes", "--skip-preview", "--suppress-progress"],
  preview: ["preview", "--expect-no-changes"],
  "preview-refresh": ["preview", "--refresh", "--expect-no-changes"],
  "refresh-preview": ["refresh", "--preview-only", "--expect-no-changes"],
  update: ["up", "--yes", "--skip-preview", "--suppress-progress"],
  destroy: ["destroy", "--yes", "--skip-preview", "--suppress-progress"],
};

/** Twilio's limit, so more members need more conversations. */
export const MEMBERS_OF_A_CONVERSATION = 1_000;

/** The limit of requests in flight that the runs are given: the provider's default. */
export const REQUESTS_IN_FLIGHT = 10;

/** Twilio's limit of writes to one conversation, and the provider's default. */
export const TWILIO_WRITES_PER_SECOND = 30;

/** Under what a stack is measured. */
export interface Setting {
  readonly kind: Kind;
  readonly members: number;
  /** What each answer of the API takes. */
  readonly latencyMs: number;
  /** The limiter of the provider, 0 where it is off. With it the simulator keeps Twilio's limits. */
  readonly writesPerSecond: number;
  /** Whether the engine writes the state at every step; without, once at the end (PULUMI_SKIP_CHECKPOINTS). */
  readonly checkpoints: boolean;
}

export function conversationsOf({ members }: Setting): number {
  return Math.ceil(members / MEMBERS_OF_A_CONVERSATION);
}

export function isIdle({ kind }: Setting): boolean {
  return Object.values<Kind>(IDLE_KINDS).includes(kind);
}

/** Whether a setting is the one that its size is reported under, and not a comparison beside it. */
export function isPlain(setting: Setting): boolean {
  return setting.writesPerSecond === 0 && (setting.checkpoints || isTooLarge(setting));
}

/** The engine writes the whole state at every step: of so many resources that is all it would do. */
export function isTooLarge({ kind, members }: Setting): boolean {
  return kind === "participants" && members > MEMBERS_OF_A_CONVERSATION;
}

export function isSameSetting(one: Setting, other: Setting): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf(setting: Setting): string {
  return [
    setting.kind,
    setting.members,
    setting.latencyMs,
    setting.writesPerSecond,
    setting.checkpoints,
  ].join();
}
