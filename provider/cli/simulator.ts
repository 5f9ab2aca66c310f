import { Command } from "commander";
import { type RunFlags, runSimulator } from "../../simulator";
import { usualPort } from "../../simulator/run";
import { refuseUnknown } from "./command-line";
import { pokeCommand } from "./poke";

const EXPLANATION = `
Runs until Ctrl-C. Paste the lines that it prints into the shell that runs Pulumi: they set its address and account.
A stack's state records the address, so use the same port for each run; --data keeps the objects between runs.

Exit codes: 0 ended by Ctrl-C or SIGTERM; 1 could not listen, or failed; 2 wrong command line or file.`;

/** `pulumi-twilio-conversations simulator` */
export function simulatorCommand(): Command {
  return (
    new Command("simulator")
      .summary("run Twilio Conversations v1 on this machine, in memory")
      .description(
        "Run Twilio Conversations v1 on this machine, in memory. Prints its address and the variables to export.",
      )
      .option(
        "--port <port>",
        `port to listen on; 0 takes a free one (default: ${usualPort}, or the next that is free)`,
      )
      .option(
        "--seed <file>",
        "JSON file with the services, roles, conversations and participants to begin with",
      )
      .option("--latency <ms>", "milliseconds to wait before each answer (default: 0)")
      .option("--rate-limit <limit>", "off, twilio, or writes per second (default: off)")
      .option("--faults <file>", "JSON file with the faults to simulate")
      .option("--data <file>", "JSON file that keeps the objects between runs")
      .option("--allow-webhook-host <host...>", "deliver webhooks to this host too (default: loopback only)")
      .option("--set <name=value...>", "set a switch or a limit that the simulator's LIMITS.md names")
      .addHelpText("after", EXPLANATION)
      // Otherwise Commander reports a mistyped command as an excess argument.
      .allowExcessArguments()
      .action((flags: RunFlags, command: Command) => {
        const [word] = command.args;
        return word === undefined ? runSimulator(flags) : refuseUnknown(command, word);
      })
      .addCommand(pokeCommand())
  );
}
