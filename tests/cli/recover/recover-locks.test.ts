import { deepEqual, equal, match } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { sightFrom } from "../../../provider/cli/recover/sight";
import { BUILT, run as runProgram } from "../../support/built-command";
import { sized } from "../../support/soak";
import { BackendFolder, GONE, lockText } from "../../unit/cli/recover/folder";
import { state, stateText } from "../../unit/cli/recover/states";
import { FakePulumi } from "../fake-pulumi";
import { recover, recoverInTerminal } from "./killed-stack";

const PENDING = [{ type: "creating" }];
const RIGHT = "ann@elsewhere";
const SAME = `ann@${hostname()}`;
/** As in a container that has the host's name. */
const IN_CONTAINER = ["unshare", "--map-root-user", "--pid", "--fork", "--mount-proc"];

/** Not everybody may, not even everywhere on Linux. */
function canRun([program = "", ...args]: readonly string[]): boolean {
  return spawnSync(program, [...args, "true"]).status === 0;
}

/** What a lock is held by, and what it takes to be cancelled. */
interface Held {
  readonly by: string;
  readonly lock: string;
  /** `yes` for a holder that is proved gone. */
  readonly needs: "yes" | "name" | "nothing will do";
  readonly name: string;
  /** The command line that the command is started by. */
  readonly from?: string[];
}

const HELD: Held[] = [
  {
    by: "a process here that is gone",
    lock: lockText({ pid: GONE }),
    // In a container nobody is.
    needs: sightFrom(tmpdir()).isWhole ? "yes" : "name",
    name: SAME,
  },
  {
    by: "a process here that is alive",
    lock: lockText(),
    needs: "nothing will do",
    name: SAME,
  },
  ...(canRun(IN_CONTAINER)
    ? [
        {
          by: "a process of the same host name in another namespace",
          lock: lockText(),
          needs: "name" as const,
          name: SAME,
          from: IN_CONTAINER,
        },
      ]
    : []),
  { by: "another host", lock: lockText({ hostname: "elsewhere" }), needs: "name", name: RIGHT },
  { by: "nobody, since it was cut", lock: '{"pid":7,"user', needs: "yes", name: "dev" },
  { by: "whom no cut JSON names", lock: "pid: 7\nusername: ann\n", needs: "name", name: "dev" },
  { by: "a process of a number that none has", lock: lockText({ pid: 1.5 }), needs: "name", name: "dev" },
  {
    by: "somebody whose name steers terminals",
    lock: lockText({ username: "Ann \u001b[2J$(x)", hostname: "elsewhere" }),
    needs: "name",
    name: "Ann \\u001b[2J$(x)@elsewhere",
  },
  { by: "whom a form that is not known may name", lock: '{"owner":"ann"}', needs: "name", name: "dev" },
];

const FLAGS: [string, (name: string) => string[], Held["needs"][]][] = [
  ["--yes", () => ["--yes"], ["yes"]],
  ["--yes and another name", () => ["--yes", "--force-unlock", "bob@elsewhere"], ["yes"]],
  ["--yes and the name", (name) => ["--yes", "--force-unlock", name], ["yes", "name"]],
  ["no flag", () => [], []],
  ["--json --yes", () => ["--json", "--yes"], ["yes"]],
  ["the name alone", (name) => ["--force-unlock", name], []],
];
const TRIED = FLAGS.slice(0, sized({ short: 3, full: FLAGS.length }));

describe("pulumi-twilio-conversations recover, on a stack that somebody has locked", () => {
  let folder: BackendFolder;
  beforeEach(() => {
    folder = new BackendFolder();
    folder.put(folder.state, state({ pending: PENDING }));
    folder.put(folder.place.meta, "version: 1\n");
    writeFileSync(join(folder.root, "Pulumi.yaml"), "name: desk\nruntime: nodejs\n");
  });
  afterEach(() => folder.remove());

  const environment = () => ({ PULUMI_BACKEND_URL: `file://${folder.root}` });
  const run = (...args: string[]) => runFrom([], ...args);
  const runFrom = (from: string[], ...args: string[]) => {
    const command = [BUILT, "recover", "--stack", "dev", "--cwd", folder.root, ...args];
    const [program = "", ...rest] = [...from, process.execPath, ...command];
    return runProgram(program, rest, { env: environment() });
  };

  for (const { by, lock, needs, name, from = [] } of HELD)
    for (const [what, flags, enough] of TRIED) {
      const isCancelled = enough.includes(needs);
      it(`${isCancelled ? "cancels" : "leaves"} the lock of ${by}: ${what}`, async () => {
        folder.put(join(folder.place.locks, "run.json"), lock);
        const before = folder.files();
        const { code, stdout, stderr } = await runFrom(from, ...flags(name));
        deepEqual([code, folder.locks().length], isCancelled ? [0, 0] : [1, 1], stdout + stderr);
        if (isCancelled) equal(readFileSync(folder.state, "utf8"), stateText());
        else deepEqual(folder.files(), before);
      });
    }

  // The program of util-linux that gives a command a terminal of its own.
  if (process.platform === "linux" && existsSync("/usr/bin/script"))
    for (const [typed, code] of [
      ["y\nann@elsewhere\ny\n", 0],
      ["y\ny\ny\n", 1],
      ["y\n", 1],
      ["n\nann@elsewhere\n", 1],
    ] as const)
      it(`asks for the name in a terminal: ${JSON.stringify(typed)}`, async () => {
        folder.put(join(folder.place.locks, "run.json"), lockText({ hostname: "elsewhere" }));
        const ran = await recoverInTerminal(["--stack", "dev", "--cwd", folder.root], environment(), typed);
        equal(ran.code, code, ran.stdout);
        match(ran.stdout, /Are you sure that no Pulumi works on this stack/);
        equal(/type ann@elsewhere/.test(ran.stdout), typed.startsWith("y"));
        equal(folder.locks().length, code);
      });

  it("says by which name a lock is cancelled", async () => {
    folder.put(join(folder.place.locks, "run.json"), lockText({ hostname: "elsewhere" }));
    match((await run()).stdout, /cannot be seen from here[\s\S]*--force-unlock ann@elsewhere/);
    match((await run("--yes")).stdout, /not done +lock[\s\S]*--force-unlock ann@elsewhere/);
    deepEqual(JSON.parse((await run("--json")).stdout).forceUnlock, [RIGHT]);
    match(
      (await run("--force-unlock", RIGHT)).stdout,
      /cancels nothing without --yes\.\nNothing was changed/,
    );
    match(
      (await run("--yes", "--force-unlock", "bob@runner")).stdout,
      /--force-unlock bob@runner: no lock here waits for this name\.\n.*\nNot mended\. Run it again with this name\.\n$/,
    );
  });

  // As in a container that is started under a number of its own.
  const STRANGER = ["unshare", "--user", "--map-user=4242"];
  if (canRun(STRANGER))
    it("mends for a user whom the system has no name for", async () => {
      const { code, stdout, stderr } = await runFrom(STRANGER, "--yes");
      deepEqual([code, stderr], [0, ""], stdout);
      equal(readFileSync(folder.state, "utf8"), stateText());
    });

  it("takes the names of several, all of them", async () => {
    for (const one of ["ann", "bob"])
      folder.put(join(folder.place.locks, `${one}.json`), lockText({ username: one, hostname: "elsewhere" }));
    const before = folder.files();
    deepEqual((await run("--yes", "--force-unlock", RIGHT)).code, 1);
    deepEqual(folder.files(), before);
    deepEqual((await run("--yes", "--force-unlock", RIGHT, "bob@elsewhere")).code, 0);
    deepEqual(folder.locks(), []);
  });
});

const EXPORTED = JSON.stringify({
  version: 3,
  deployment: {
    resources: [],
    pending_operations: JSON.parse(stateText({ pending: PENDING })).checkpoint.latest.pending_operations,
  },
});

describe("pulumi-twilio-conversations recover, where nobody sees who has locked a stack", () => {
  const places: [string, string, unknown[]][] = [
    ["a bucket", "s3://states", []],
    ["Pulumi Cloud", "https://api.pulumi.com", [{ name: "dev", updateInProgress: true }]],
  ];
  for (const [place, url, stacks] of places)
    for (const [what, flags, enough] of TRIED) {
      const isCancelled = enough.includes("name");
      it(`${isCancelled ? "cancels" : "leaves"} what may be a lock in ${place}: ${what}`, async () => {
        const pulumi = new FakePulumi({
          whoami: { stdout: JSON.stringify({ user: "ann", url }) },
          "stack export": { stdout: EXPORTED },
          "stack ls": { stdout: JSON.stringify(stacks) },
          cancel: {},
          "stack history": { stdout: "[]" },
          "stack import": {},
        });
        const ran = await recover(
          ["--stack", "dev", "--cwd", pulumi.folder, ...flags("dev")],
          pulumi.environment,
        );
        const changes = pulumi.calls().filter(({ command }) => /^(cancel|stack import)/.test(command));
        pulumi.remove();
        deepEqual([ran.code, changes.length], isCancelled ? [0, 2] : [1, 0], ran.stdout + ran.stderr);
        const isNamed = what === "the name alone";
        const hint = isNamed
          ? /^--force-unlock says whose lock may be cancelled, and cancels nothing without --yes\.$/m
          : /--force-unlock dev|"forceUnlock": \[\s*"dev"/;
        if (!isCancelled) match(ran.stdout, hint);
      });
    }
});
