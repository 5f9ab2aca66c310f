import { counted } from "../terminal/text";

/** What many objects have in common, told once with their number. */
const ALIKE = {
  inactive: ["conversation", "left out that it is inactive, which Twilio switches by itself"],
  timers: ["conversation", "left out timers, which Twilio does not tell"],
  untimed: ["conversation", "without timers: where the program makes it, it gets the account's default ones"],
  read: ["member", "left out what was read, since it is of messages"],
} as const;

export type Likeness = keyof typeof ALIKE;

/** What the user should know, a sentence each. */
export class Remarks {
  private readonly sentences: string[] = [];
  private readonly counts = new Map<Likeness, number>();

  add(...sentences: readonly string[]): void {
    this.sentences.push(...sentences);
  }

  /** Notes one more object of which the same is to be said. */
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
