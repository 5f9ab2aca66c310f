/** Runs the jobs, so many at a time, and settles them all. */
export async function inTurns<T>(
  jobs: (() => Promise<T>)[],
  atATime: number,
): Promise<PromiseSettledResult<T>[]> {
  const outcomes: PromiseSettledResult<T>[] = [];
  const waiting = jobs.entries();
  const worker = async () => {
    for (const [index, job] of waiting) {
      const [outcome] = await Promise.allSettled([job()]);
      if (outcome) outcomes[index] = outcome;
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return outcomes;
}
