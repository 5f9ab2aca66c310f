import { lstatSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { UsageError } from "../../simulator";
import { isSid } from "../core/definition/sid";
import { printable } from "../http/redaction/printable";
import type { GeneratedProgram } from "./import/generated-program";
import { programText } from "./import/program";
import type { MembersAs } from "./import/program-builder";
import { cliSession } from "./pulumi/cli-session";
import { givenFolder } from "./pulumi/project";
import { isAtLeast, LEAST_IMPORT, pulumiVersion } from "./pulumi/pulumi";
import { withProgress } from "./terminal/progress";
import { counted } from "./terminal/text";

interface ImportFlags {
  readonly service?: string;
  readonly conversation?: readonly string[];
  readonly all?: true;
  readonly as: string;
  readonly stack?: string;
  readonly cwd: string;
  readonly out: string;
  readonly userConversations?: true;
  readonly force?: true;
  readonly json?: true;
}

const PROGRAM_FILE = "index.ts";
const IMPORT_FILE = "import.json";

const EXPLANATION = `
Reads the account's lists and settings, by GETs alone, and writes
  ${PROGRAM_FILE}     a TypeScript program that declares the live objects
  ${IMPORT_FILE}  the file for \`pulumi import --file ${IMPORT_FILE} --generate-code=false --protect=false\`
After that import, \`pulumi preview\` of the program shows no change. The import needs Pulumi ${LEAST_IMPORT} or later.

Left out: messages, push bindings, users' settings of their conversations unless requested, roles and users unchanged
since Twilio created them, unchanged settings, closed conversations unless named, timers and read positions, which
Twilio does not return. Notes name what else a program cannot declare. Certificates and keys come from the stack's
config.

Exit codes: 0 written, or nothing to write; 1 failed, or a file exists and --force is missing; 2 wrong command line.`;

/** `pulumi-twilio-conversations import` */
export function importCommand(): Command {
  return new Command("import")
    .summary("write a program for the objects on Twilio, and import them")
    .description("Write a program for the objects on Twilio, and the file with which Pulumi imports them.")
    .option(
      "--service <sid>",
      "the Conversations service (IS…) to read, as a whole unless conversations are named (default: the account's default service)",
    )
    .option("--conversation <name...>", "conversations to read, each by unique name or SID (CH…)")
    .option("--all", "read everything: in the given service, else in the account with all its services")
    .option(
      "--as <kind>",
      "how to declare members: participants, or one roster for each conversation",
      "participants",
    )
    .option(
      "--user-conversations",
      "read users' settings of their conversations, too, with one request for each member",
    )
    .option("-s, --stack <name>", "read credentials and settings from this stack's config, too")
    .option("-C, --cwd <folder>", "the folder of the project", ".")
    .option("-o, --out <folder>", "the folder to write to", "imported")
    .option("--force", "overwrite existing files")
    .option("--json", "print one JSON object: the files, how many resources, the config to set, and notes")
    .addHelpText("after", EXPLANATION)
    .action(importLive);
}

async function importLive(flags: ImportFlags): Promise<void> {
  const membersAs = checked(flags);
  const out = resolve(flags.cwd, flags.out);
  const files = [PROGRAM_FILE, IMPORT_FILE].map((name) => join(out, name));
  // A dangling link counts as existing: writing through it would write elsewhere.
  const standing = files.filter((file) => lstatSync(file, { throwIfNoEntry: false }) !== undefined);
  if (standing.length > 0 && flags.force === undefined) {
    throw new Error(
      `nothing was written, since ${standing.join(" and ")} ${standing.length > 1 ? "exist" : "exists"} already: give --force, or another --out.`,
    );
  }
  const cwd = resolve(flags.cwd);
  const { generated, secretKeys, notes } = await withProgress("reading the account", async (progress) => {
    // Importing the resources loads Pulumi's SDK; no other command should wait for it.
    const { readProgram } = await import("./import/read-program.js");
    const read = await readProgram(await cliSession({ cwd, stack: flags.stack }), {
      extent: {
        serviceSid: flags.service,
        conversations: flags.conversation ?? [],
        userConversations: flags.userConversations === true,
      },
      membersAs,
      onRead: (count) => progress.count(`reading the account: ${counted(count, "object")}`),
    });
    if (read.generated.rows.length === 0) return read;
    mkdirSync(out, { recursive: true });
    const flag = flags.force === undefined ? "wx" : "w";
    const rows = JSON.stringify({ resources: read.generated.rows }, null, 2);
    writeFileSync(join(out, PROGRAM_FILE), programText(read.generated.program), { flag });
    writeFileSync(join(out, IMPORT_FILE), `${printable(rows)}\n`, { flag });
    return { ...read, notes: [...read.notes, ...(await pulumiNote(cwd))] };
  });
  if (generated.rows.length === 0) reportNothing(flags, notes);
  else report(flags, files, generated, secretKeys, notes);
}

function checked({ service, conversation, all, as, cwd }: ImportFlags): MembersAs {
  givenFolder(cwd);
  if (as !== "participants" && as !== "roster")
    throw new UsageError(`--as: ${as} is neither participants nor roster.`);
  if (service !== undefined && !isSid("IS", service))
    throw new UsageError("--service: give IS and 32 hexadecimal digits.");
  if (all !== undefined && conversation !== undefined)
    throw new UsageError("give --conversation with names or SIDs, or --all, not both.");
  if (all === undefined && conversation === undefined && service === undefined)
    throw new UsageError("say what to read: --conversation with names or SIDs, --service, or --all.");
  return as;
}

/** A note if the Pulumi CLI is too old for the import file, which needs a newer one than the provider. */
async function pulumiNote(cwd: string): Promise<string[]> {
  const needed = `Pulumi ${LEAST_IMPORT} or later is needed to import ${IMPORT_FILE}`;
  const version = await pulumiVersion(cwd).catch(() => undefined);
  if (version === undefined) return [`${needed}; none was found here.`];
  return isAtLeast(version, LEAST_IMPORT) ? [] : [`${needed}; here is ${version}: update it first.`];
}

function reportNothing({ json }: ImportFlags, notes: readonly string[]): void {
  if (json !== undefined) {
    console.log(JSON.stringify({ files: [], resources: 0, config: [], notes }, null, 2));
    return;
  }
  console.log("There is nothing to import, so nothing was written: all objects are as Twilio created them.");
  for (const note of notes) console.log(`- ${note}`);
}

function report(
  { json, stack, out }: ImportFlags,
  files: readonly string[],
  { rows }: GeneratedProgram,
  secretKeys: readonly string[],
  notes: readonly string[],
): void {
  if (json !== undefined) {
    console.log(JSON.stringify({ files, resources: rows.length, config: secretKeys, notes }, null, 2));
    return;
  }
  const on = stack === undefined ? "" : ` --stack ${stack}`;
  console.log(`${rows.length} resources: ${files.join(", ")}`);
  for (const note of notes) console.log(`- ${note}`);
  console.log("Next:");
  console.log(`  1. Make ${PROGRAM_FILE} the program of your project, or a part of it.`);
  for (const key of secretKeys) console.log(`     pulumi config set --secret ${key}${on}`);
  console.log(
    `  2. pulumi import --file ${join(out, IMPORT_FILE)} --generate-code=false --protect=false${on}`,
  );
  console.log(`  3. pulumi preview --refresh --expect-no-changes${on}`);
}
