const WITH_A_STACK = ["config", "destroy", "preview", "refresh", "up", "update"];

/** Takes `--cwd FOLDER` (Pulumi's own flag) out of the arguments: `.` when it is not there. */
export function takeFolder(args) {
  const at = args.findIndex((argument) => /^(-C|--cwd)(=|$)/.test(argument));
  if (at === -1) return { folder: ".", rest: args };
  const [, inline] = args[at].split("=");
  const rest = args.toSpliced(at, inline === undefined ? 2 : 1);
  return { folder: inline ?? args[at + 1] ?? ".", rest };
}

/** Whether Pulumi would ask which stack is meant. */
export function wantsStack(args) {
  const command = args.find((argument) => !argument.startsWith("-"));
  const named = args.some((argument) => /^(-s|--stack)(=|$)/.test(argument));
  const help = args.some((argument) => argument === "-h" || argument === "--help");
  return WITH_A_STACK.includes(command) && !named && !help;
}
