import { Command } from "commander";

const DESCRIPTION =
  "Try one request of a resource, as the provider would send it: on a simulator, on the account, or printed.";

/**
 * `pulumi-twilio-conversations try`. What is below it is made when it is asked for: the definitions load the Pulumi SDK, which
 * takes longer than all the other commands need.
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
