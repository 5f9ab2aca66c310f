/** Ends a command that has printed its own message. */
export class Exit extends Error {
  override name = "Exit";

  constructor(readonly code: number) {
    super(`exit code ${code}`);
  }
}
