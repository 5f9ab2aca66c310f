/** Why this Node cannot run the provider, if it cannot: it must load ES module dependencies by require. */
export function nodeProblem(version: string, features: { require_module?: boolean }): string | undefined {
  if (features.require_module === true) return undefined;
  return (
    `pulumi-twilio-conversations needs Node 22.12 or newer, this is ${version}. ` +
    "Pulumi starts the `node` that is first on PATH: put a newer one there."
  );
}
