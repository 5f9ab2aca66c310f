import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Call } from "../../../../provider/cli/try/call";
import { curlLine } from "../../../../provider/cli/try/curl";
import { fieldHelp } from "../../../../provider/cli/try/field-help";
import { flagsOf } from "../../../../provider/cli/try/flag";
import { resourceCommand } from "../../../../provider/cli/try/resource-command";
import { SecretSources } from "../../../../provider/cli/try/secret-source";
import { definitions } from "../../../../provider/resources";
import { credential } from "../../../../provider/resources/account/credential";

const ORIGIN = "https://conversations.twilio.com";
const HUSH = "hush-hush";

const secretFlags = definitions.flatMap((definition) =>
  flagsOf(definition)
    .filter(({ policy }) => policy.secret === true)
    .map((flag) => ({ definition, flag })),
);

describe("cli try: where a secret comes from", () => {
  let folder: string;
  let file: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "secrets-"));
    file = join(folder, "it's one");
    writeFileSync(file, `${HUSH}\n`);
    process.env["TRY_SECRET"] = HUSH;
  });
  after(() => {
    rmSync(folder, { recursive: true });
    delete process.env["TRY_SECRET"];
  });

  it("are more fields than one", () => equal(secretFlags.length >= 4, true));

  const sources: [given: () => string, from: string, hasFile: boolean][] = [
    [() => HUSH, "arguments", false],
    [() => `@${file}`, "file", true],
    [() => "env:TRY_SECRET", "environment", false],
    [() => "-", "input", true],
    [() => "@-", "input", true],
  ];
  for (const { flag } of secretFlags)
    it(`is any of the forms for ${flag.name}, without the line break that ends a file`, async () => {
      for (const [given, from, hasFile] of sources) {
        const read = new SecretSources(Readable.from([`${HUSH}\r\n`]), process.env).read(flag, given());
        const { value, from: told, file: kept } = await read;
        deepEqual([value, told, kept !== undefined], [HUSH, from, hasFile], given());
      }
    });

  it("keeps what is within a file as it stands", async () => {
    const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n\n-----END CERTIFICATE-----";
    writeFileSync(join(folder, "pem"), `${pem}\n`);
    const [{ flag } = { flag: undefined }] = secretFlags;
    if (flag === undefined) throw new Error("no secret");
    const sources = new SecretSources(Readable.from([]), {});
    equal((await sources.read(flag, `@${join(folder, "pem")}`)).value, pem);
  });

  it("is told in one sentence where it is not there, by its option and without a value", async () => {
    const [{ flag } = { flag: undefined }] = secretFlags;
    if (flag === undefined) throw new Error("no secret");
    const sources = new SecretSources(Readable.from([HUSH]), {});
    const wrong: [given: string, message: string][] = [
      ["@/nowhere", `${flag.name}: cannot read /nowhere (ENOENT).`],
      [`@${folder}`, `${flag.name}: cannot read ${folder} (EISDIR).`],
      ["env:NOTHING", `${flag.name}: no variable NOTHING is set.`],
    ];
    for (const [given, message] of wrong)
      await rejects(sources.read(flag, given), { name: "UsageError", message });
    await sources.read(flag, "-");
    const message = `${flag.name} has read standard input: give --other as @FILE or env:NAME.`;
    await rejects(sources.read({ ...flag, name: "--other" }, "-"), { name: "UsageError", message });
  });

  async function tried(...args: string[]): Promise<{ call: Call; said: string }> {
    const calls: Call[] = [];
    const lines: string[] = [];
    const { error } = console;
    console.error = (line: string) => lines.push(line);
    try {
      const command = resourceCommand(credential, async (call) => void calls.push(call));
      await command.parseAsync(["--type", "fcm", ...args], { from: "user" });
    } finally {
      console.error = error;
    }
    const [call] = calls;
    if (call === undefined) throw new Error(lines.join("\n"));
    return { call, said: lines.join("\n") };
  }

  it("is sent alike, and said to be seen where it stands in the command line", async () => {
    for (const [given, seen] of [
      [HUSH, true],
      [`@${file}`, false],
      ["env:TRY_SECRET", false],
    ] as const) {
      const { call, said } = await tried("--secret", given);
      deepEqual(call.request.form, [
        ["Type", "fcm"],
        ["Secret", HUSH],
      ]);
      if (seen)
        match(said, /^--secret stands in the command line, .*Give @FILE, env:NAME, or - for standard/);
      else equal(said, "");
    }
  });

  it("is read by the printed curl from a file, and never stands in its arguments", async () => {
    const line = async (given: string) => {
      const { call, said } = await tried("--secret", given, "--format", "curl");
      return [curlLine(call, ORIGIN).split("\n").at(-1)?.trim(), said];
    };
    deepEqual(await line("env:TRY_SECRET"), ['--data-urlencode "Secret@$SECRET_FILE"', ""]);
    equal((await line(HUSH))[0], '--data-urlencode "Secret@$SECRET_FILE"');
    deepEqual(await line(`@${file}`), [
      `--data-urlencode 'Secret@${file.replace("'", "'\\''")}'`,
      "--secret: curl sends the line break at the end, too. `printf %s` writes none.",
    ]);
  });

  it("is in the help of each such field, and of no other", () => {
    for (const definition of definitions) {
      const entries = fieldHelp(flagsOf(definition), {}).split("\n\n");
      for (const [at, { policy }] of flagsOf(definition).entries())
        equal(/Give @FILE, env:NAME/.test(entries[at] ?? ""), policy.secret === true);
    }
  });
});
