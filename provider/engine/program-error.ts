import * as pulumi from "@pulumi/pulumi";

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
