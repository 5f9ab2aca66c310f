import { equal } from "node:assert/strict";
import { styleText } from "node:util";
import { paintFor } from "../../../provider/cli/terminal/colour";
import { printableConsole, shownOn } from "../../../provider/cli/terminal/printable-console";
import { HOSTILE, STEERING } from "../../support/steering";

const terminal = { isTTY: true } as NodeJS.WriteStream;
const pipe = { isTTY: false } as NodeJS.WriteStream;
const paint = paintFor(terminal, { TERM: "xterm" });

describe("cli: what the console prints", () => {
  const { TERM, NO_COLOR } = process.env;
  before(() => {
    process.env["TERM"] = "xterm";
    delete process.env["NO_COLOR"];
  });
  after(() => {
    for (const [name, value] of Object.entries({ TERM, NO_COLOR }))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  });

  for (const format of ["red", "green", "yellow", "cyan", "magenta", "bold", "dim", ["bold", "red"]] as const)
    it(`has the colour ${[format].flat().join(" ")} of ours on a terminal`, () => {
      const given = format as Parameters<typeof paint>[0];
      equal(
        shownOn(terminal, `a ${paint(given, "text")} b`),
        `a ${styleText(given, "text", { validateStream: false })} b`,
      );
      equal(STEERING.test(shownOn(pipe, paint(given, "text"))), false);
    });

  it("has no colour of somebody else's on a terminal, be it one of those that we use", () => {
    const theirs = "\u001b[31mred\u001b[39m \u001b[1mbold\u001b[22m \u001b[2m";
    const escaped = theirs.replaceAll("\u001b", "\\u001b");
    equal(shownOn(terminal, theirs), escaped);
    equal(shownOn(terminal, `${paint("red", "ours")}${theirs}`), `\u001b[31mours\u001b[39m${escaped}`);
  });

  it("has no other escape on a terminal, within what is painted and beside it", () => {
    const text = `${paint("red", HOSTILE)}\u001b[2J\u001b[8m\u009b31m\r${HOSTILE}`;
    const shown = shownOn(terminal, text);
    equal(STEERING.test(shown.replace("\u001b[31m", "").replace("\u001b[39m", "")), false, shown);
  });

  it("passes on what is printed before the next turn", () => {
    const said: string[] = [];
    const { write } = process.stdout;
    process.stdout.write = (text: string | Uint8Array) => said.push(String(text)) > 0;
    try {
      const console = printableConsole();
      console.log("one %s", "a\u0007");
      console.log("two");
    } finally {
      process.stdout.write = write;
    }
    equal(said.join(""), "one a\\u0007\ntwo\n");
  });
});
