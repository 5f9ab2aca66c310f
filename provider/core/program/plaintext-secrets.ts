import * as pulumi from "@pulumi/pulumi";
import { currentRun } from "./current-run";

const warned = new WeakSet<object>();

/** Warns once a run of credentials that the stack's config holds in plain text. */
export function warnOfPlainSecrets(): void {
  const run = currentRun();
  if (warned.has(run)) return;
  warned.add(run);
  const config = new pulumi.Config("twilio");
  for (const key of ["authToken", "apiSecret", "accounts"])
    if (config.get(key) !== undefined && !isSecretConfig(`twilio:${key}`))
      pulumi.log.warn(
        `twilio:${key} stands in the stack's config as plain text. ` +
          `Make it a secret: pulumi config set --secret twilio:${key}`,
      );
}

/** The SDK has this function but does not declare it (runtime/config.js at 3.255.0). Without it no warning is given. */
function isSecretConfig(key: string): boolean {
  const runtime = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
  return runtime.isConfigSecret?.(key) ?? true;
}
