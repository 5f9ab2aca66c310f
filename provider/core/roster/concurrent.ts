import PQueue from "p-queue";
import { ApiError } from "../../http/errors";
import type { Notify } from "../run/session";

/** The work on one member, by its label. */
export interface Job {
  readonly label: string;
  run(): Promise<void>;
}

export interface Failure {
  readonly label: string;
  /** Undefined if the member was not tried any more. */
  readonly error?: unknown;
}

/**
 * Runs the jobs, `concurrency` at a time. A failed member does not stop the others. After a failure that concerns all,
 * no new job begins.
 */
export async function runAll(
  jobs: readonly Job[],
  concurrency: number,
  concernsAll: (error: unknown) => boolean,
): Promise<Failure[]> {
  const failures: Failure[] = [];
  let isOver = false;
  const queue = new PQueue({ concurrency });
  await queue.addAll(
    jobs.map(({ label, run }) => async () => {
      if (isOver) return void failures.push({ label });
      try {
        await run();
      } catch (error) {
        failures.push({ label, error });
        isOver ||= concernsAll(error);
      }
    }),
  );
  return failures;
}

/** Labels named in a sentence, and causes named in a message. */
const MAX_LABELS = 10;
const MAX_CAUSES = 10;

export type Deed = "written" | "deleted";

/** Members that Twilio refuses to delete, for one note. A closed conversation keeps all its members. */
export class Leftovers {
  private readonly labels: string[] = [];
  private first = "";

  constructor(private readonly notify: Notify) {}

  /** The notifier for the deletion of one member. */
  noteOf(label: string): Notify {
    return (text) => {
      this.first ||= text;
      this.labels.push(label);
    };
  }

  say(): void {
    const others = this.labels.slice(1);
    if (others.length > 0) this.notify(`${this.first} So were ${describeLabels(others)}.`);
    else if (this.first !== "") this.notify(this.first);
  }
}

/** One sentence for each cause, with the members that it concerns. */
export function describeFailures(
  failures: readonly Failure[],
  total: number,
  deed: Deed,
  explain: (error: unknown) => string,
): string {
  const causes = new Map<string, { labels: string[]; text: string }>();
  for (const { label, error } of failures) {
    const text = error === undefined ? "not tried any more" : explain(error);
    const kind = kindOf(error) ?? text;
    const cause = causes.get(kind) ?? { labels: [], text };
    cause.labels.push(label);
    causes.set(kind, cause);
  }
  const [shown, rest] = [[...causes.values()].slice(0, MAX_CAUSES), [...causes.values()].slice(MAX_CAUSES)];
  const others = rest.flatMap(({ labels }) => labels);
  return [
    ...shown.map(({ labels, text }) => `${describeLabels(labels)}: ${text}`),
    ...(others.length > 0 ? [`${describeLabels(others)}: failed too`] : []),
    describeProgress(total - failures.length, total, deed),
  ].join("\n");
}

/** Twilio's error without the parts that differ in each response: the SID in the path, the request id. */
function kindOf(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return JSON.stringify([error.method, error.status, error.twilioCode, error.twilioMessage]);
}

function describeProgress(done: number, total: number, deed: Deed): string {
  if (deed === "deleted") return `${done} of ${total} were deleted. Run it again for the rest.`;
  const rest = "The next `pulumi up` does the rest.";
  return done === 0
    ? `None of ${total} was written. ${rest}`
    : `${done} of ${total} were written, and are recorded. ${rest}`;
}

export function describeLabels(labels: readonly string[]): string {
  const named = labels.slice(0, MAX_LABELS).join(", ");
  const more = labels.length - MAX_LABELS;
  return more > 0 ? `${named} and ${more} more` : named;
}
