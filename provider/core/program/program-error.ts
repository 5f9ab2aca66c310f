import * as pulumi from "@pulumi/pulumi";
import { printable } from "../../http/redaction/printable";
import { isHosted } from "./current-run";

/** An error in the program. If the program does not catch it, Pulumi prints the message without a stack. */
export class ProgramError extends pulumi.RunError {
  constructor(text: string) {
    const message = printable(text);
    super(message);
    // The SDK writes "error serializing property" before the message for each resource that gets a failed output
    // (runtime/rpc.js at 3.255.0), as if that were the mistake.
    Object.defineProperty(this, "message", { get: () => message, set: () => {} });
    // Pulumi prints the stack instead of the message once the program has ended (cmd/run/index.js at 3.255.0).
    this.stack = message;
  }
}

let isFailing = false;

/** Reports a problem and lets the program go on to report others; the run fails at its end. */
export function reportError(message: string, resource?: pulumi.Resource): void {
  pulumi.log.error(printable(message), resource);
  // The log alone fails an inline run of the Automation API, in whose process an uncaught error would fail other runs,
  // but no run of the CLI (automation/server.js and cmd/run/index.js at 3.255.0). Mocks have no run to fail.
  if (!isHosted() || isFailing) return;
  isFailing = true;
  void Promise.reject(
    new ProgramError("The program has problems. Fix those that the other errors of this run name."),
  );
}
