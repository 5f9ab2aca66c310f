import { deepEqual, equal } from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import { holderOf } from "../../../../provider/cli/recover/holder";
import { lockIn, moment } from "../../../../provider/cli/recover/lock";

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

  it("says when a time was", () => {
    const at = (text: string) => moment(Date.parse("2026-11-23T11:00:00Z"), Date.parse(text));
    equal(at("2026-11-23T11:00:20Z"), "2026-11-23 11:00:00 UTC (just now)");
    equal(at("2026-11-23T11:01:10Z"), "2026-11-23 11:00:00 UTC (1 minute ago)");
    equal(at("2026-11-23T14:01:10Z"), "2026-11-23 11:00:00 UTC (3 hours ago)");
    equal(moment(Number.NaN, 0), "an unknown time");
  });
});

describe("recover: the process that holds a lock", () => {
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
    it("is gone when its number belongs to a process that began later", () =>
      equal(holderOf({ ...own, timestamp: "2001-01-01T00:00:00Z" }), "gone"));

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
