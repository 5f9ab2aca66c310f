import PQueue from "p-queue";
import { TwilioError } from "../../http/errors";

/** What is to be done with one member, by its label. */
export interface Job {
  readonly label: string;
  run(): Promise<void>;
}

export interface Failure {
  readonly label: string;
  /** None where the member was not tried any more. */
  readonly error?: unknown;
}

/** Some members could not be written; the others were. */
export class RosterError extends TwilioError {
  override name = "RosterError";
}

/**
 * Does the jobs, so many at a time, each to its end: a member that fails holds up no other. After a failure that
 * every other one would have too, no new one is begun.
 */
export async function settleAll(
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

/** So many labels are named in a sentence. */
const MAX_LABELS = 10;

/** One sentence for each cause, with the members that it concerns. */
export function describeFailures(
  failures: readonly Failure[],
  total: number,
  explain: (error: unknown) => string,
): string {
  const causes = new Map<string, string[]>();
  for (const { label, error } of failures) {
    const cause = error === undefined ? "not tried any more" : explain(error);
    causes.set(cause, [...(causes.get(cause) ?? []), label]);
  }
  const count = failures.length === total ? "none" : `${total - failures.length}`;
  const sentences = [...causes].map(([cause, labels]) => `${describeLabels(labels)}: ${cause}`);
  return [
    ...sentences,
    `Of ${total} members to be written, ${count} ${count === "1" ? "was" : "were"}, and recorded; the next \`pulumi up\` does the rest.`,
  ].join("\n");
}

export function describeLabels(labels: readonly string[]): string {
  const named = labels.slice(0, MAX_LABELS).join(", ");
  const more = labels.length - MAX_LABELS;
  return more > 0 ? `${named} and ${more} more` : named;
}
