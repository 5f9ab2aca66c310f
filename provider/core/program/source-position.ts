import { dirname } from "node:path";

/** Where the compiled code of this package lies. */
const OWN_CODE = dirname(dirname(__dirname));

/**
 * Lets the SDK find the line of the program that declares a resource. It takes the frame below the first constructor
 * that is not its own, and records all that follow in the state of each resource: of a class with bases of ours it
 * would take the first base for the program (`Resource.stackTrace`, measured at 3.216.0 and 3.255.0). For the next
 * stack that is read, this package is one frame.
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
