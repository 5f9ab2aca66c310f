/** Something the reader can cure: it is printed as one message, without a stack. */
export class Problem extends Error {}

/** Runs a script's main function: its number is the exit code, and a Problem is one clear message. */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Problem ? `error: ${error.message}` : error);
    process.exitCode = 1;
  }
}

/** An ordinary exit when it is interrupted, so that what is under way (a build, a lock) is put away. */
export function exitOnSignals() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(130));
}
