import { printable } from "../http/redaction/printable";

export { printableLine } from "../http/redaction/printable";

/** Something wrong with what the program declares. Never holds the value itself: it could be a secret. */
export interface Problem {
  /** Where: `messagingBinding.address`; empty for the resource as a whole. */
  readonly path: string;
  /** What is wrong, as the end of a sentence that begins with the path. */
  readonly message: string;
  /** Twilio's own error code for it, where it has one. */
  readonly twilioCode?: number | undefined;
  /** What to do. */
  readonly cure?: string | undefined;
}

/** The same without its place, as what looks at a value alone finds it. */
export type Finding = Omit<Problem, "path">;

export function describeProblem({ path, message, twilioCode, cure }: Problem): string {
  const subject = path === "" ? message : `${path}: ${message}`;
  const code = twilioCode === undefined ? "" : ` (Twilio error ${twilioCode})`;
  return printable(`${subject}${code}.${cure === undefined ? "" : ` ${cure}`}`);
}
