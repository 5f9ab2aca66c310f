import { dirname } from "node:path";

/** The folder of this package's compiled code. */
const OWN_CODE = dirname(dirname(__dirname));

/**
 * Lets the SDK find the program's line that declares a resource. The SDK takes the frame below the first constructor
 * that is not its own, and records all following frames in each resource's state. For a class with base classes of this
 * package it would take the first base for the program (`Resource.stackTrace`, measured at 3.216.0 and 3.255.0). So in
 * the next stack that is read this package is one frame.
 */
export function seekProgramLine(): void {
  const prepare = Error.prepareStackTrace;
  if (prepare === undefined) return;
  Error.prepareStackTrace = (error, frames) => {
    Error.prepareStackTrace = prepare;
    const first = frames.findIndex(isOwn);
    return prepare(
      error,
      frames.filter((frame, at) => at === first || !isOwn(frame)),
    );
  };
}

function isOwn(frame: NodeJS.CallSite): boolean {
  return frame.getFileName()?.startsWith(OWN_CODE) === true;
}
