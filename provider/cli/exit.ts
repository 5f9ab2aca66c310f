/** Ends a command that has said already what there is to say. */
export class Exit extends Error {
  override name = "Exit";

  constructor(readonly code: number) {
    super(`exit code ${code}`);
  }
}
