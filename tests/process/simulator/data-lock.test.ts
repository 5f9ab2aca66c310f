import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataLock } from "../../../simulator/data-lock";
import { Fixture } from "../../contract/sdk/client";

const ROOT = join(__dirname, "../../..");

describe("a simulator's --data", () => {
  let folder: string;
  let dataFile: string;
  let lockFile: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "simulator-")));
    dataFile = join(folder, "data.json");
    lockFile = `${dataFile}.lock`;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const inUse = { name: "UsageError", message: /^--data: .*data\.json is in use by another simulator/ };

  it("is for one at a time: the second is refused, and the first loses nothing", async () => {
    const first = await Fixture.start({ dataFile });
    await first.conversation({ UniqueName: "one" });
    await assert.rejects(Fixture.start({ dataFile }), inUse);
    await first.conversation({ UniqueName: "two" });
    await first.close();
    assert.deepEqual(readdirSync(folder), ["data.json"]);
    const second = await Fixture.start({ dataFile });
    assert.equal(second.simulator.conversations().length, 2);
    await second.close();
  });

  it("is the same by whatever path", async () => {
    const first = await Fixture.start({ dataFile });
    symlinkSync(folder, join(folder, "elsewhere"));
    symlinkSync(dataFile, join(folder, "link.json"));
    for (const path of [join(folder, "elsewhere", "data.json"), join(folder, "link.json")])
      await assert.rejects(
        Fixture.start({ dataFile: path }),
        { name: "UsageError", message: /in use/ },
        path,
      );
    await first.close();
  });

  it("is free again when a simulator could not start", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await once(blocker, "listening");
    const { port } = blocker.address() as AddressInfo;
    await assert.rejects(Fixture.start({ dataFile, port }), { name: "ListenError" });
    blocker.close();
    writeFileSync(dataFile, "{}");
    await assert.rejects(Fixture.start({ dataFile }), /is not a store/);
    assert.deepEqual(readdirSync(folder), ["data.json"]);
  });

  it("is free at once when the simulator of another process was killed", async () => {
    const script = `require("./simulator").startSimulator({ dataFile: ${JSON.stringify(dataFile)} }).then(() => process.send("up"))`;
    const child = spawn(process.execPath, ["--import", "tsx", "-e", script], {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    await once(child, "message");
    await assert.rejects(Fixture.start({ dataFile }), new RegExp(`process ${child.pid}\\b`));
    child.kill("SIGKILL");
    await once(child, "exit");
    await (await Fixture.start({ dataFile })).close();
  });

  const aged = (text: string, seconds: number): void => {
    writeFileSync(lockFile, text);
    const at = Date.now() / 1_000 - seconds;
    utimesSync(lockFile, at, at);
  };
  const elsewhere = JSON.stringify({ place: "another machine", pid: process.pid, token: "x" });
  const gone = (): string => {
    const lock = DataLock.take(dataFile);
    const own = JSON.parse(readFileSync(lockFile, "utf8"));
    lock.release();
    return JSON.stringify({ ...own, pid: 2 ** 30 });
  };
  const locks: [what: string, text: () => string, ageSeconds: number, isHeld: boolean][] = [
    ["of a process that is gone", gone, 0, false],
    ["of another place, which lives", () => elsewhere, 3, true],
    ["of another place, which is silent", () => elsewhere, 60, false],
    ["that is being written", () => "", 0, true],
    ["that nobody has finished", () => "", 60, false],
    ["that is none", () => '{"pid":"\\u001b[31m"}', 3, true],
  ];
  for (const [what, text, ageSeconds, isHeld] of locks)
    it(`${isHeld ? "respects" : "takes over"} a lock ${what}`, () => {
      aged(text(), ageSeconds);
      if (isHeld) {
        assert.throws(() => DataLock.take(dataFile), {
          name: "UsageError",
          message: `--data: ${dataFile} is in use by another simulator: end it, or give another file. If there is none, delete ${lockFile}.`,
        });
        assert.equal(readFileSync(lockFile, "utf8"), text());
      } else DataLock.take(dataFile).release();
    });

  const planted: [what: string, plant: () => void][] = [
    ["a folder", () => mkdirSync(lockFile)],
    ["a link", () => symlinkSync(join(folder, "nowhere"), lockFile)],
    ["a link to an old file", () => symlinkSync(join(folder, "old"), lockFile)],
    ["a pipe, of which reading would never end", () => execFileSync("mkfifo", [lockFile])],
  ];
  for (const [what, plant] of planted)
    it(`leaves ${what} in the lock's place alone`, function () {
      if (process.platform === "win32") this.skip();
      writeFileSync(join(folder, "old"), "{}");
      utimesSync(join(folder, "old"), 1, 1);
      plant();
      const script = `try { require("./simulator/data-lock").DataLock.take(${JSON.stringify(dataFile)}) } catch (error) { console.log(error.message) }`;
      // In a process of its own, which can be ended.
      const options = { cwd: ROOT, timeout: 20_000, encoding: "utf8" } as const;
      const said = execFileSync(process.execPath, ["--import", "tsx", "-e", script], options);
      assert.match(said, /^--data: .*data\.json is in use .*delete .*data\.json\.lock\.\n$/);
      assert.deepEqual(readdirSync(folder), ["data.json.lock", "old"]);
    });

  for (const [what, text, isHeld] of [
    ["is about to remove", () => elsewhere, true],
    ["was killed before it removed", gone, false],
  ] as const)
    it(`${isHeld ? "respects" : "takes over"} a lock that somebody ${what}`, () => {
      const removal = `${lockFile}.removal`;
      writeFileSync(removal, text());
      aged(gone(), 60);
      if (isHeld) assert.throws(() => DataLock.take(dataFile), inUse);
      else DataLock.take(dataFile).release();
      assert.deepEqual(readdirSync(folder), isHeld ? ["data.json.lock", "data.json.lock.removal"] : []);
    });

  it("is not written any more once another has taken it over, and the first says so", async () => {
    const first = await Fixture.start({ dataFile });
    const before = readFileSync(dataFile, "utf8");
    await first.conversation({ UniqueName: "lost" });
    writeFileSync(lockFile, elsewhere);
    const said = await stderrOf(() => first.close());
    assert.match(
      said,
      /^--data: .*data\.json now belongs to another simulator, so nothing is written to it\n$/,
    );
    assert.equal(readFileSync(dataFile, "utf8"), before);
    assert.equal(readFileSync(lockFile, "utf8"), elsewhere);
  });
});

async function stderrOf(act: () => Promise<void>): Promise<string> {
  const { write } = process.stderr;
  let said = "";
  process.stderr.write = (text) => {
    said += text;
    return true;
  };
  try {
    await act();
  } finally {
    process.stderr.write = write;
  }
  return said;
}
