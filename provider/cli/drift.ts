import { closeSync, constants, existsSync, lstatSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Command, Option } from "commander";
import { UsageError } from "../../simulator";
import { htmlText } from "./drift/report/html/page";
import { jsonText } from "./drift/report/json";
import { markdownText } from "./drift/report/markdown";
import { type Report, summaryOf } from "./drift/report/report";
import { tableText } from "./drift/report/table";
import { Exit } from "./exit";
import { chosenStack, givenFolder } from "./pulumi/project";
import { paintFor } from "./terminal/colour";
import { withProgress } from "./terminal/progress";

const FORMATS = ["table", "markdown", "json", "html"] as const;
type Format = (typeof FORMATS)[number];

interface DriftFlags {
  readonly stack?: string[];
  readonly cwd: string;
  readonly format: Format;
  readonly json?: true;
  readonly out?: string;
}

/** Exit code for differences, so that scripts tell them from a failure (1). */
const DIFFERENT = 7;

const EXPLANATION = `
Runs \`pulumi preview --refresh\` and reads the lists of members. Changes neither the state nor Twilio. Each difference
is one row, down to the key of an attribute: the value that the last up recorded, the value at Twilio, and the value
after the next up. Role changes of members and permissions added to roles come first. Shows no secret.

Exit codes: 0 nothing differs; 7 something does; 1 failed; 2 wrong command line.`;

/** `pulumi-twilio-conversations drift` */
export function driftCommand(): Command {
  return new Command("drift")
    .summary("review what differs between the program, the state and Twilio")
    .description(
      "Review what differs between the program, the state and Twilio, and what `pulumi up` will change.",
    )
    .option("-s, --stack <name...>", "the stacks to review, in one report (default: the selected one)")
    .option("-C, --cwd <folder>", "the folder of the project", ".")
    .addOption(
      new Option("-f, --format <format>", "table, markdown (a comment on a pull request), json or html")
        .choices(FORMATS)
        .default("table"),
    )
    .option("--json", "the same as --format json")
    .option("-o, --out <file>", "write the report to this file; only its summary is printed")
    .addHelpText("after", EXPLANATION)
    .action(drift);
}

async function drift(flags: DriftFlags): Promise<void> {
  const cwd = givenFolder(flags.cwd);
  const file = flags.out === undefined ? undefined : resolve(flags.out);
  // Check --out before the review, which takes long.
  if (file !== undefined) {
    writing(file, () => mkdirSync(dirname(file), { recursive: true }));
    if (lstatSync(file, { throwIfNoEntry: false }) !== undefined && !existsSync(file))
      throw new UsageError(`--out: ${file} is a link that leads nowhere: give a file that can be written.`);
  }
  const report = await review(cwd, stacksOf(cwd, flags.stack));
  const format = flags.json === true ? "json" : flags.format;
  const text = textOf(report, format, file);
  if (file === undefined) {
    if (text !== "") console.log(text.trimEnd());
  } else {
    writing(file, () => write(file, text));
    console.error(summaryOf(report));
  }
  if (report.rows.length > 0) throw new Exit(DIFFERENT);
}

function stacksOf(cwd: string, named: readonly string[] = []): string[] {
  return named.length === 0 ? [chosenStack(cwd, undefined)] : [...new Set(named)];
}

async function review(cwd: string, stacks: readonly string[]): Promise<Report> {
  return withProgress("loading the review", async (progress) => {
    // Importing the resources loads Pulumi's SDK; no other command should wait for it.
    const { reviewOf } = await import("./drift/review.js");
    return reviewOf(cwd, stacks, progress);
  });
}

function textOf(report: Report, format: Format, file: string | undefined): string {
  if (format === "json") return `${jsonText(report)}\n`;
  if (format === "markdown") return markdownText(report);
  if (format === "html") return htmlText(report);
  if (file !== undefined) return `${tableText(report, (_, text) => text)}\n`;
  return `${tableText(report, paintFor(process.stdout), process.stdout.columns)}\n`;
}

/** Overwrites a file or creates one. Does not write through a dangling link. */
function write(file: string, text: string): void {
  const handle = openSync(file, existsSync(file) ? constants.O_WRONLY | constants.O_TRUNC : "wx");
  try {
    writeFileSync(handle, text);
  } finally {
    closeSync(handle);
  }
}

function writing(file: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--out: ${file} cannot be written (${code}): give a file that can.`);
  }
}
