import { Command } from "commander";

const DESCRIPTION =
  "Try one request of a resource, as the provider would send it: on a simulator, on the account, or printed.";

/**
 * The command `pulumi-twilio-conversations try`. It loads its subcommands only when run: the definitions load the
 * Pulumi SDK, which takes longer than everything the other commands need.
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
