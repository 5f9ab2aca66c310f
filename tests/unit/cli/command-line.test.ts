import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { type Command, CommanderError, type Option } from "commander";
import { ListOption } from "../../../provider/cli/command-line";
import { commandProgram } from "../../../provider/cli/command-program";
import { tryProgram } from "../../../provider/cli/try/trial";
import { HOSTILE, STEERING } from "../../support/steering";

interface Refusal {
  readonly code: string;
  readonly said: string;
}

/** What becomes of a command line that is refused before anything is done. */
function refusal(program: Command, args: readonly string[]): Refusal {
  let said = "";
  quieten(program, (text) => {
    said += text;
  });
  try {
    program.parse([...args], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return { code: error.code, said };
    throw error;
  }
  throw new Error(`taken: ${args.join(" ")}`);
}

function quieten(command: Command, writeErr: (text: string) => void): void {
  command.configureOutput({ writeErr });
  for (const below of command.commands) quieten(below, writeErr);
}

type Found = readonly [path: string[], option: Option];

function optionsIn(command: Command, path: string[] = []): Found[] {
  return [
    ...command.options.map((option): Found => [path, option]),
    ...command.commands.flatMap((below) => optionsIn(below, [...path, below.name()])),
  ];
}

const isRepeatable = (option: Option) => option.variadic || option instanceof ListOption;
const isVersion = (option: Option) => option.long === "--version";

function given(option: Option, value: string): string[] {
  const name = option.long ?? option.flags;
  return option.required || option.optional ? [name, option.argChoices?.[0] ?? value] : [name];
}

const PROGRAMS: [string, () => Command][] = [
  ["pulumi-twilio-conversations", commandProgram],
  ["pulumi-twilio-conversations try", () => tryProgram("pulumi-twilio-conversations try", "")],
];

describe("an option that is given more than once", () => {
  for (const [name, program] of PROGRAMS)
    it(`is refused by ${name}, whichever it is and of whichever command`, () => {
      const found = optionsIn(program()).filter(([, option]) => !isRepeatable(option) && !isVersion(option));
      ok(found.length > 25, String(found.length));
      for (const [path, option] of found) {
        const { code, said } = refusal(program(), [...path, ...given(option, "a"), ...given(option, "b")]);
        equal(code, "commander.repeatedOption", `${path.join(" ")} ${option.flags}: ${said}`);
        match(said, /^error: --[\w.-]+ was given more than once[^\n]*\. Give it once\.\n$/);
        ok(said.startsWith(`error: ${option.long} `), said);
      }
    });

  it("is refused with what was seen, under its long name and its short one", () =>
    equal(
      refusal(commandProgram(), ["drift", "-C", "one", "--cwd=two"]).said,
      "error: --cwd was given more than once: one, then two. Give it once.\n",
    ));

  it("is shown in one line, cut, and with nothing that steers a terminal", () => {
    const { said } = refusal(commandProgram(), ["simulator", "--data", HOSTILE, "--data", "x".repeat(5_000)]);
    doesNotMatch(said, STEERING);
    equal(said.split("\n").length, 2);
    ok(said.length < 300, said);
  });

  it("shows no secret", () => {
    const [, program] = PROGRAMS[1] ?? [];
    ok(program);
    const { said } = refusal(program(), ["credential", "--secret", "hush-1", "--secret", "hush-2"]);
    equal(said, "error: --secret was given more than once. Give it once.\n");
  });

  it("is taken where it is for several values", () => {
    const names = PROGRAMS.flatMap(([, program]) =>
      optionsIn(program())
        .filter(([, option]) => isRepeatable(option))
        .map(([path, { long }]) => [...path, long].join(" ")),
    );
    for (const name of [
      "drift --stack",
      "import --conversation",
      "recover --force-unlock",
      "role --permissions",
    ])
      ok(names.includes(name), name);
    const drift = commandProgram().commands.find((command) => command.name() === "drift");
    drift?.action(() => {}).parse(["--stack", "a", "--stack", "b"], { from: "user" });
    deepEqual(drift?.opts()["stack"], ["a", "b"]);
  });
});
