import * as pulumi from "@pulumi/pulumi";
import { currentRun } from "./run";

/** An error of the program's. Where the program does not catch it, Pulumi prints its message alone, without a stack. */
export class ProgramError extends pulumi.RunError {
  constructor(message: string) {
    super(message);
    // For each resource that is given an output that failed, the SDK writes "error serializing property" before the
    // message (runtime/rpc.js at 3.255.0), as if that were the mistake.
    Object.defineProperty(this, "message", { get: () => message, set: () => {} });
    // Printed instead of the message once the program itself has come to its end (cmd/run/index.js at 3.255.0).
    this.stack = message;
  }
}

/** The runs that are to fail. */
const failing = new WeakSet<object>();

/** Says what is wrong and lets the program go on, so that it can say more; the run fails at its end. */
export function reportError(message: string, resource?: pulumi.Resource): void {
  pulumi.log.error(message, resource);
  // Under mocks no run fails: there each test would share the failure of the first.
  if (pulumi.runtime.getStackResource() === undefined || failing.has(currentRun())) return;
  failing.add(currentRun());
  // What is only logged fails a program of the Automation API, and not one of the CLI (cmd/run/index.js and
  // automation/server.js at 3.255.0). Nobody catches this, and the run goes on all the same.
  void Promise.reject(
    new ProgramError("The program declares what cannot be. Mend what the other errors of this run name."),
  );
}
