import * as pulumi from "@pulumi/pulumi";
import { printable } from "../../http/redaction/printable";
import { isHosted } from "./current-run";

/** An error of the program's. Where the program does not catch it, Pulumi prints its message alone, without a stack. */
export class ProgramError extends pulumi.RunError {
  constructor(text: string) {
    const message = printable(text);
    super(message);
    // For each resource that is given an output that failed, the SDK writes "error serializing property" before the
    // message (runtime/rpc.js at 3.255.0), as if that were the mistake.
    Object.defineProperty(this, "message", { get: () => message, set: () => {} });
    // Printed instead of the message once the program itself has come to its end (cmd/run/index.js at 3.255.0).
    this.stack = message;
  }
}

let isFailing = false;

/** Says what is wrong and lets the program go on, so that it can say more; the run fails at its end. */
export function reportError(message: string, resource?: pulumi.Resource): void {
  pulumi.log.error(printable(message), resource);
  // That alone fails an inline run of the Automation API, in whose process an error that nobody catches would fail the
  // others, and no run of the CLI (automation/server.js and cmd/run/index.js at 3.255.0). Mocks have no run to fail.
  if (!isHosted() || isFailing) return;
  isFailing = true;
  void Promise.reject(
    new ProgramError("The program declares what cannot be. Mend what the other errors of this run name."),
  );
}
