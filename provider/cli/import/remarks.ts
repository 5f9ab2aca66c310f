import { counted } from "../terminal/text";

/** Notes that apply to many objects, printed once with their number. */
const ALIKE = {
  inactive: ["conversation", "left out state inactive, which Twilio sets by itself"],
  timers: ["conversation", "left out timers, which Twilio does not return"],
  untimed: [
    "conversation",
    "without timers: created by the program elsewhere, it gets the account's defaults",
  ],
  protected: [
    "service",
    "protected from the first `pulumi up` on; until then a destroy deletes it with all that is in it",
  ],
  read: ["member", "left out the read position, which refers to messages"],
} as const;

export type Likeness = keyof typeof ALIKE;

/** Notes for the user, one sentence each. */
export class Remarks {
  private readonly sentences: string[] = [];
  private readonly counts = new Map<Likeness, number>();

  add(...sentences: readonly string[]): void {
    this.sentences.push(...sentences);
  }

  /** Counts one more object for this note. */
  count(likeness: Likeness): void {
    this.counts.set(likeness, (this.counts.get(likeness) ?? 0) + 1);
  }

  all(): string[] {
    const alike = [...this.counts].map(([likeness, count]) => {
      const [noun, what] = ALIKE[likeness];
      return `${counted(count, noun)}: ${what}.`;
    });
    return [...this.sentences, ...alike];
  }
}
