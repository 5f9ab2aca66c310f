import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { type Simulator, startSimulator } from "../../../simulator";
import { sized } from "../../support/soak";
import { nameOf } from "../../support/stack/stack-folder";
import { TwilioAccount } from "../../support/twilio-account";
import { withDefaults } from "../default-options";
import { CANARY, KilledStack, recover } from "./killed-stack";

const RECORDED = ["push", "desk", "ann", "zed"];

describe("pulumi-twilio-conversations recover, on a stack that was killed", () => {
  let simulator: Simulator;
  let stack: KilledStack;
  before(async () => {
    simulator = await startSimulator();
    stack = await KilledStack.create(simulator);
  });
  after(async () => {
    stack?.project.remove();
    await simulator?.close();
  });
  beforeEach(() => stack.restore());

  /** Pulumi itself reads the state. */
  const exported = () => stack.project.start("stack", "export").ended;
  const expectMended = () => {
    const { resources, pending } = stack.project.state();
    deepEqual([resources.map(({ urn }) => nameOf(urn)).sort(), pending], [[...RECORDED].sort(), 0]);
    ok(!existsSync(stack.lockFolder) || readdirSync(stack.lockFolder).length === 0);
    ok(!JSON.stringify(stack.files()).includes(CANARY));
  };
  const empty = (ending: string) => truncateSync(stack.stateFile(ending), 0);

  it("is begun with what a kill leaves: a lock and pending operations", () => {
    equal(readdirSync(stack.lockFolder).filter((name) => name.endsWith(".json")).length, 1);
    equal(stack.project.state().pending, 3);
  });

  const damages: [string, () => void, RegExp, "breaks Pulumi"?][] = [
    ["empty attributes", () => empty(".attrs"), /test\.json\.attrs is empty or cut/, "breaks Pulumi"],
    ["empty attributes of the copy", () => empty(".bak.attrs"), /test\.json\.bak\.attrs is empty or cut/],
    [
      "a state that was cut",
      () => truncateSync(stack.stateFile(), 1500),
      /test\.json is cut short.* is test\.json\.bak: 6 resources, of .*UTC/,
      "breaks Pulumi",
    ],
    ["an empty state", () => empty(""), /test\.json is empty; the newest complete copy is/],
    [
      "a lock that was cut",
      () => writeFileSync(join(stack.lockFolder, "second.json"), ""),
      /a lock that was cut while it was written/,
    ],
  ];
  for (const [what, damage, found, effect] of damages)
    it(`mends ${what}`, async () => {
      damage();
      if (effect !== undefined) equal((await exported()).code !== 0, true, "Pulumi can still read it");
      const { code, stdout, stderr } = await stack.recover("--yes");
      deepEqual([code, stderr], [0, ""], stdout);
      match(stdout, /locked by .* process \d+, since .*: that process is gone/);
      match(stdout, found);
      match(stdout, /creating .*::(bob|cleo): .*adopts it[\s\S]* cleared the \d pending operations/);
      match(stdout, /\nNext: pulumi up --stack test \(with --refresh/);
      doesNotMatch(stdout, new RegExp(CANARY));
      if (effect !== undefined) equal((await exported()).code, 0);
      expectMended();
    });

  // The rest of these are held by unit tests too.
  const forms: [string, () => void][] = [
    ["gzip", () => repack(gzipSync, ".gz")],
    ["zstd", () => repack(zstdCompressSync, ".zst")],
    ["the layout without projects", () => toOldLayout(stack.project.backend)],
  ];
  const repack = (pack: (bytes: Buffer) => Buffer, ending: string) => {
    writeFileSync(stack.stateFile(ending), pack(readFileSync(stack.stateFile())));
    for (const name of ["", ".attrs"]) rmSync(stack.stateFile(name));
  };
  for (const [form, change] of forms.slice(0, sized({ short: 1, full: 3 })))
    it(`mends a state in another form: ${form}`, async () => {
      change();
      const { code, stdout, stderr } = await stack.recover("--yes");
      deepEqual([code, stderr], [0, ""], stdout);
      const { output, ...ended } = await exported();
      equal(ended.code, 0, output);
      doesNotMatch(output, /pending_operations/);
      for (const name of RECORDED) match(output, new RegExp(`::${name}"`));
    });

  it("shows what it would do without a terminal, and changes nothing", async () => {
    empty(".attrs");
    const before = stack.files();
    const { code, stdout } = await stack.recover();
    equal(code, 1);
    match(
      stdout,
      /test\.json\.attrs is empty[\s\S]*Nothing was changed\. Run it with --yes, or in a terminal/,
    );
    deepEqual(stack.files(), before);
  });

  // The program of util-linux that gives a command a terminal of its own.
  if (process.platform === "linux" && existsSync("/usr/bin/script")) {
    it("asks before each change in a terminal", async () => {
      const { code, stdout } = await stack.recoverInTerminal("y\nyes\n");
      equal(code, 0, stdout);
      match(stdout, /Cancel the lock\? \[y\/N\][\s\S]*Clear the 3 pending operations\? \[y\/N\]/);
      expectMended();
    });

    for (const [what, typed] of [
      ["no", "n\n"],
      ["nothing", "\n"],
    ] as const)
      it(`changes nothing in a terminal where the answer is ${what}`, async () => {
        const before = stack.files();
        const { code, stdout } = await stack.recoverInTerminal(typed);
        equal(code, 1, stdout);
        match(stdout, /Not mended\. Run it again/);
        deepEqual(stack.files(), before);
      });
  }

  it("tells machines the same, and asks them nothing", async () => {
    // Without --stack it is the one that is selected.
    const seen = JSON.parse((await stack.recoverSelected("--json")).stdout);
    equal(seen.stack, "test");
    deepEqual([seen.mended, seen.done], [false, []]);
    deepEqual(
      seen.found.map(({ kind }: { kind: string }) => kind),
      ["lock", "pending", "pending", "pending"],
    );
    const { code, stdout } = await stack.recover("--json", "--yes");
    const { mended, next } = JSON.parse(stdout);
    deepEqual([code, mended, next], [0, true, "pulumi up --stack test"]);
    expectMended();
  });

  it("never touches a stack that a running process has locked", async () => {
    empty(".attrs");
    const lock = { pid: process.pid, username: "ann", hostname: hostname(), timestamp: new Date() };
    writeFileSync(join(stack.lockFolder, "second.json"), JSON.stringify(lock));
    const before = stack.files();
    const { code, stderr } = await stack.recover("--yes");
    equal(code, 1);
    match(stderr, new RegExp(`locked by ann@.*process ${process.pid}.*is running.*Wait until it ends`));
    deepEqual(stack.files(), before);
  });

  it("says that it cannot see whether a process of another host runs", async () => {
    const lock = { pid: 1, username: "ann", hostname: "elsewhere", timestamp: new Date() };
    writeFileSync(join(stack.lockFolder, "second.json"), JSON.stringify(lock));
    match((await stack.recover()).stdout, /ann@elsewhere, process 1, .*cannot be seen from here/);
    equal((await stack.recover("--yes")).code, 1);
    equal((await stack.recover("--yes", "--force-unlock", "ann@elsewhere")).code, 0);
    expectMended();
  });

  it("mends everything at once, and then `up` heals the rest and nothing is left to mend", async () => {
    const { checkpoint, ...rest } = JSON.parse(readFileSync(stack.stateFile(), "utf8"));
    const { resources, pending_operations } = checkpoint.latest;
    const resource = resources.find(({ urn }: { urn: string }) => nameOf(urn) === "zed");
    pending_operations.push({ type: "deleting", resource });
    writeFileSync(stack.stateFile(".bak"), JSON.stringify({ ...rest, checkpoint }));
    for (const ending of ["", ".attrs", ".bak.attrs"]) empty(ending);
    const mended = await stack.recover("--yes");
    equal(mended.code, 0, mended.stderr);
    match(mended.stdout, /deleting .*::zed: it is still in the state/);
    expectMended();

    const up = await stack.project.up().ended;
    equal(up.code, 0, up.output);
    doesNotMatch(up.output, /pending operations/);
    deepEqual(await members(simulator), ["ann", "bob", "cleo"]);
    equal(stack.project.state().pending, 0);

    const files = stack.files();
    const again = await stack.recover();
    deepEqual([again.code, /Nothing to mend\./.test(again.stdout)], [0, true], again.stdout);
    deepEqual(stack.files(), files);
  });
});

describe("pulumi-twilio-conversations recover, where there is nothing to recover", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "recover-test-"));
  });
  after(() => rmSync(folder, { recursive: true }));
  const env = () => ({ PULUMI_BACKEND_URL: `file://${folder}`, PULUMI_HOME: folder, PULUMI_STACK: "" });

  const cases: [string, string[], NodeJS.ProcessEnv, number, RegExp][] = [
    ["a stack that is not there", ["--stack", "dev"], {}, 1, /there is no stack dev in /],
    ["no project", [], {}, 2, /there is no Pulumi project in .*--cwd/],
    [
      "no backend",
      ["--stack", "dev"],
      { PULUMI_BACKEND_URL: "file:///nowhere/at/all" },
      1,
      /no backend at file:\/\/\/nowhere/,
    ],
    ["a name that is a path", ["--stack", "../dev"], {}, 2, /not the name of a stack/],
    ["a folder that is not there", ["--cwd", "/nowhere/at/all"], {}, 2, /there is no folder/],
    ["an unknown flag", ["--force"], {}, 2, /unknown option '--force'/],
  ];
  for (const [what, args, more, code, message] of cases)
    it(`says so in one clear message: ${what}`, async () => {
      const ran = await recover(withDefaults({ "--cwd": folder }, args), { ...env(), ...more });
      deepEqual([ran.code, ran.stdout], [code, ""]);
      match(ran.stderr, message);
      doesNotMatch(ran.stderr, /\n\s+at /);
    });
});

/** Of backends that were made before Pulumi 3.61. */
function toOldLayout(backend: string): void {
  for (const [from, to] of [
    [join("stacks", "project", "test.json"), join("stacks", "test.json")],
    [join("locks", "organization", "project", "test"), join("locks", "test")],
  ] as const)
    renameSync(join(backend, from), join(backend, to));
  rmSync(join(backend, "meta.yaml"));
}

async function members(simulator: Simulator): Promise<unknown[]> {
  const account = new TwilioAccount(simulator);
  const { participants } = await account.get("/Conversations/desk/Participants?PageSize=100");
  return (participants as { identity: string }[]).map(({ identity }) => identity).sort();
}
