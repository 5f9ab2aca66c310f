/** What `pulumi stack history --json` tells of a run, of what it records; the newest comes first. */
export interface RecordedRun {
  /** Counted by Pulumi Cloud alone. */
  readonly version?: number;
  /** update, refresh, destroy, import, … */
  readonly kind: string;
  readonly startTime: string;
  /** in-progress, succeeded or failed */
  readonly result?: string;
}

/** The runs that ended between two looks at the history, but for the import that was made meanwhile. */
export function endedSince(before: readonly RecordedRun[], after: readonly RecordedRun[]): RecordedRun[] {
  const known = new Set(before.map(identityOf));
  const ended = after.filter((run) => !known.has(identityOf(run)) && run.result !== "in-progress");
  // Pulumi Cloud records it too, other backends do not.
  const own = ended.find(({ kind }) => kind === "import");
  return ended.filter((run) => run !== own);
}

function identityOf({ version, kind, startTime, result }: RecordedRun): string {
  return JSON.stringify([version, kind, startTime, result]);
}
