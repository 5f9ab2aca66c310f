import { Command } from "commander";

const DESCRIPTION =
  "Try one request of a resource, as the provider would send it: on a simulator, on the account, or printed.";

/**
 * The command `pulumi-twilio-conversations try`. Loads its subcommands only when run: their definitions load Pulumi's
 * SDK, which takes longer than all that the other commands load.
 */
export function tryCommand(): Command {
  return new Command("try")
    .summary("prepare one request as the provider would, run or print it")
    .description(DESCRIPTION)
    .argument("[arguments...]")
    .allowUnknownOption()
    .helpOption(false)
    .action(async (_args: string[], _flags: object, command: Command) => {
      const { tryProgram } = await import("./try/trial.js");
      const program = tryProgram("pulumi-twilio-conversations try", DESCRIPTION);
      await program.parseAsync(command.args, { from: "user" });
    });
}
