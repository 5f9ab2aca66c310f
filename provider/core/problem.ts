import { printable } from "../http/redaction/printable";

export { printableLine } from "../http/redaction/printable";

/** A problem of a declaration. Never holds the value itself: it could be a secret. */
export interface Problem {
  /** Location: `messagingBinding.address`; empty for the resource as a whole. */
  readonly path: string;
  /** What is wrong, as the end of a sentence that begins with the path. */
  readonly message: string;
  /** Twilio's own error code for it, where it has one. */
  readonly twilioCode?: number | undefined;
  /** Hint: what to do. */
  readonly hint?: string | undefined;
}

/** A problem without its path, as found from the value alone. */
export type Finding = Omit<Problem, "path">;

export function describeProblem({ path, message, twilioCode, hint }: Problem): string {
  const subject = path === "" ? message : `${path}: ${message}`;
  const code = twilioCode === undefined ? "" : ` (Twilio error ${twilioCode})`;
  return printable(`${subject}${code}.${hint === undefined ? "" : ` ${hint}`}`);
}
