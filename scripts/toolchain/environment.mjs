import { delimiter, dirname, join } from "node:path";

/**
 * The environment in which Pulumi keeps to itself: its state and its home are in `state`, so the
 * user's own login, backend and selected stacks are neither used nor changed.
 */
export function pulumiEnvironment(toolchain, state, env = process.env) {
  // Plugins are started as plain `node`, so this very Node has to come first. Tools that were found on
  // PATH stay where they are: their folder may hold another Node.
  const first = toolchain.source === "PATH" ? [] : [toolchain.folder];
  const ours = {
    ...env,
    PATH: [...first, dirname(process.execPath), env.PATH].join(delimiter),
    PULUMI_HOME: join(state, "home"),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  // Without one Pulumi asks for it, and nothing here is secret.
  if (env.PULUMI_CONFIG_PASSPHRASE === undefined && env.PULUMI_CONFIG_PASSPHRASE_FILE === undefined) {
    ours.PULUMI_CONFIG_PASSPHRASE = "";
  }
  return ours;
}
