import { deepEqual, equal } from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import {
  type Holder,
  holderOf as holderIn,
  isCut,
  type Lock,
  lockIn,
  moment,
} from "../../../provider/cli/recover/lock";
import { type SeenProcess, sightFrom } from "../../../provider/cli/recover/sight";

import { GONE } from "../../unit/cli/recover/folder";

const own = { pid: process.pid, username: "ann", hostname: hostname(), timestamp: new Date().toISOString() };

describe("recover: a lock", () => {
  it("is read as Pulumi writes it", () =>
    deepEqual(lockIn('{"pid":7,"username":"ann","hostname":"h","timestamp":"2026-11-23T11:48:00.5+01:00"}'), {
      pid: 7,
      username: "ann",
      hostname: "h",
      timestamp: "2026-11-23T11:48:00.5+01:00",
    }));

  it("names nobody when it was cut", () => {
    for (const text of ["", "{", '{"pid":7,"user', "null", "[]", '"x"', '{"pid":7}'])
      equal(lockIn(text), undefined, text);
  });

  it("names nobody where what it says cannot be of Pulumi", () => {
    const numbers = [0, -1, -77_777, 1.5, 2 ** 31, 1e300, "7", [7], null];
    const odd = [
      ...numbers.map((pid) => ({ pid })),
      { username: { a: 1 } },
      { username: 7 },
      { hostname: 7 },
    ];
    for (const parts of odd) {
      const text = JSON.stringify({ ...own, ...parts });
      equal(lockIn(text), undefined, text);
    }
  });

  it("was cut where it is a beginning of what Pulumi writes, and no more", () => {
    const whole = JSON.stringify(own);
    for (let length = 0; length < whole.length; length += 1)
      for (const end of ["", "\0".repeat(whole.length - length)])
        equal(isCut(whole.slice(0, length) + end), true, `${length} of ${whole.length} bytes`);
    for (const text of [
      whole,
      "{}",
      "pid: 7\nusername: ann",
      "PULUMI LOCK v2",
      '{"owner":"ann',
      " ",
      "\u001f\u008b",
    ])
      equal(isCut(text), false, text);
  });

  it("says when a time was", () => {
    const at = (text: string) => moment(Date.parse("2026-11-23T11:00:00Z"), Date.parse(text));
    equal(at("2026-11-23T11:00:20Z"), "2026-11-23 11:00:00 UTC (just now)");
    equal(at("2026-11-23T11:01:10Z"), "2026-11-23 11:00:00 UTC (1 minute ago)");
    equal(at("2026-11-23T14:01:10Z"), "2026-11-23 11:00:00 UTC (3 hours ago)");
    equal(at("2026-11-23T10:59:40Z"), "2026-11-23 11:00:00 UTC (just now)");
    equal(
      at("2026-11-23T08:00:00Z"),
      "2026-11-23 11:00:00 UTC (3 hours ahead of this machine's clock, so one of the two is wrong)",
    );
    equal(moment(Number.NaN, 0), "an unknown time");
  });
});

describe("recover: who holds a lock, by what can be seen from here", () => {
  const lock = { pid: 7, username: "ann", hostname: "desk", timestamp: "2026-11-23T12:00:00Z" };
  const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);
  const here = { isHere: true, hasEnded: false, startedMs: at("11:00:00") };
  const sights: [string, SeenProcess[], boolean, Holder][] = [
    ["nobody of that number", [], true, "gone"],
    ["nobody of that number, of those in sight", [], false, "out of sight"],
    ["one that began before", [here], true, "alive"],
    ["one whose start is not known", [{ isHere: true, hasEnded: false }], true, "alive"],
    ["one that began later", [{ ...here, startedMs: at("12:01:00") }], true, "gone"],
    [
      "one that began later, of those in sight",
      [{ ...here, startedMs: at("12:01:00") }],
      false,
      "out of sight",
    ],
    ["a Pulumi that began before", [{ ...here, isPulumi: true }], true, "alive"],
    [
      "a Pulumi that began later, as if the clock was set meanwhile",
      [{ ...here, isPulumi: true, startedMs: at("12:01:00") }],
      true,
      "in doubt",
    ],
    ["a Pulumi that began later and has ended", [{ ...here, isPulumi: true, hasEnded: true }], true, "gone"],
    ["one that has ended", [{ ...here, hasEnded: true }], true, "gone"],
    ["one that has ended, of those in sight", [{ ...here, hasEnded: true }], false, "out of sight"],
    ["one in a container", [{ ...here, isHere: false }], true, "out of sight"],
    [
      "one that began later, in a container",
      [{ ...here, isHere: false, startedMs: at("13:00:00") }],
      true,
      "gone",
    ],
  ];
  for (const [what, processes, isWhole, holder] of sights)
    it(`sees ${what}: ${holder}`, () => {
      const sight = { isWhole, processesOf: () => processes };
      equal(holderIn(lock, { ...sight, hostname: "desk" }), holder);
      equal(holderIn(lock, { ...sight, hostname: "laptop" }), "on another host");
    });
});

describe("recover: what is in sight", () => {
  it("is whole on no platform whose containers and neighbours nobody can see", () => {
    // A Windows machine and its WSL have one name, and see each other's folders but not each other's processes.
    for (const platform of ["win32", "darwin", "freebsd"] as const) {
      const sight = sightFrom(tmpdir(), platform);
      equal(holderIn(own, sight), "alive", platform);
      equal(holderIn({ ...own, pid: GONE }, sight), "out of sight", platform);
    }
  });
});

describe("recover: the process that holds a lock", () => {
  // As in a first namespace of processes: in a container nobody would be proved gone.
  const sight = { ...sightFrom(tmpdir()), isWhole: true };
  const holderOf = (lock: Lock | undefined) => holderIn(lock, sight);

  it("is alive, on another host, or not known", () => {
    equal(holderOf(own), "alive");
    equal(holderOf({ ...own, hostname: `not-${hostname()}` }), "on another host");
    equal(holderOf(undefined), "unknown");
  });

  it("is gone when it has ended", async () => {
    const child = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
    await once(child, "exit");
    equal(holderOf({ ...own, pid: child.pid ?? 0 }), "gone");
  });

  // Only there is it known when a process began.
  if (process.platform === "linux") {
    it("is out of sight where a process below has its number", async () => {
      // Numbers there are given one after the other: no process here has one so high.
      const script = "echo 3999990 >/proc/sys/kernel/ns_last_pid || exit; sleep 60 & echo $!; wait";
      const container = [
        "--map-root-user",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount-proc",
        "sh",
        "-c",
        script,
      ];
      const child = spawn("unshare", container, { stdio: ["ignore", "pipe", "ignore"] });
      try {
        const [said] = await Promise.race([once(child.stdout, "data"), once(child, "exit")]).catch(() => []);
        const pid = Number(String(said));
        // Not everybody may, not even everywhere on Linux.
        if (!(pid > 3_999_990)) return;
        const lock = { ...own, pid, timestamp: new Date().toISOString() };
        equal(holderOf(lock), "out of sight");
        equal(holderOf({ ...lock, timestamp: "2001-01-01T00:00:00Z" }), "gone");
      } finally {
        child.kill("SIGKILL");
      }
    });

    it("is gone when its number belongs to a process that began later", () =>
      equal(holderOf({ ...own, timestamp: "2001-01-01T00:00:00Z" }), "gone"));

    it("may be alive where it is a Pulumi that began later by a clock that may have been set", async () => {
      const folder = mkdtempSync(join(tmpdir(), "recover-test-"));
      const program = join(folder, "pulumi");
      writeFileSync(program, "#!/bin/sh\nread line\n", { mode: 0o755 });
      const child = spawn(program, { stdio: ["pipe", "ignore", "ignore"] });
      try {
        const pid = child.pid ?? 0;
        await until(() => readFileSync(`/proc/${pid}/comm`, "utf8") === "pulumi\n");
        equal(holderOf({ ...own, pid, timestamp: new Date().toISOString() }), "alive");
        equal(holderOf({ ...own, pid, timestamp: "2001-01-01T00:00:00Z" }), "in doubt");
      } finally {
        child.kill("SIGKILL");
        rmSync(folder, { recursive: true });
      }
    });

    it("is gone when it has ended and nobody has waited for it", async () => {
      // What the shell becomes never waits for the child that the shell has started.
      const parent = spawn("sh", ["-c", "exec 3<&0; cat <&3 & echo $!; exec sleep 60"]);
      try {
        const [pid] = await once(parent.stdout, "data");
        const lock = { ...own, pid: Number(pid), timestamp: new Date().toISOString() };
        await until(() => readFileSync(`/proc/${parent.pid}/comm`, "utf8") === "sleep\n");
        equal(holderOf(lock), "alive");
        parent.stdin.end();
        await until(() => holderOf(lock) !== "alive");
        equal(process.kill(lock.pid, 0), true);
        equal(holderOf(lock), "gone");
      } finally {
        parent.kill("SIGKILL");
      }
    });
  }
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await setTimeout(10);
}
