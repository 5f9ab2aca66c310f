import * as pulumi from "@pulumi/pulumi";
import { currentRun } from "./current-run";

/** The runs that were warned. */
const warned = new WeakSet<object>();

/** Says once a run which credentials stand in the stack's config for everybody to read. */
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

/** The SDK knows it but does not declare it (runtime/config.js at 3.255.0); where it does not, nothing is claimed. */
function isSecretConfig(key: string): boolean {
  const runtime = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
  return runtime.isConfigSecret?.(key) ?? true;
}
