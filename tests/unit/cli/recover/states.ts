/** States as Pulumi writes them, with only what matters here. */

export const URN = "urn:pulumi:dev::desk::pulumi-nodejs:dynamic/twilio:Participant::alice";

export interface Wanted {
  readonly resources?: number;
  readonly pending?: { type: string; urn?: string; resourceType?: string }[];
  readonly time?: string;
}

export function stateText({
  resources = 1,
  pending = [],
  time = "2026-11-23T10:00:00Z",
}: Wanted = {}): string {
  const latest = {
    manifest: { time, magic: "m", version: "v3.255.0" },
    secrets_providers: { type: "passphrase", state: { salt: "v1:salt" } },
    resources: Array.from({ length: resources }, (_, at) => ({
      urn: `${URN}-${at}`,
      type: "pulumi-nodejs:dynamic/twilio:Participant",
      outputs: { secret: { "4dabf18193072939515e22adb298388d": "x", ciphertext: "v1:abc=" }, big: 1e21 },
    })),
    ...(pending.length > 0 && {
      pending_operations: pending.map(({ type, urn, resourceType }) => ({
        type,
        resource: { urn: urn ?? URN, type: resourceType ?? "pulumi-nodejs:dynamic/twilio:Participant" },
      })),
    }),
    metadata: {},
  };
  return JSON.stringify({ version: 3, checkpoint: { stack: "organization/desk/dev", latest } });
}

export function state(wanted: Wanted = {}): Buffer {
  return Buffer.from(stateText(wanted));
}
