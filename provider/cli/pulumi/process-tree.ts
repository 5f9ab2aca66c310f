import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Start time: tells it from a later process with the same ID. */
  readonly started: string;
}

/** The running processes among these, with all their descendants. */
export function treesOf(pids: readonly number[]): Process[] {
  const all = runningProcesses();
  const below = (parent: number): Process[] =>
    all.flatMap((one) => (one.parent === parent ? [one, ...below(one.pid)] : []));
  return pids.flatMap((pid) => [...all.filter((one) => one.pid === pid), ...below(pid)]);
}

/**
 * Kills processes with all their descendants. Pulumi's plugins have process groups of their own, so this follows
 * parents, which are known only while they live.
 */
export function killTrees(processes: readonly Process[]): void {
  if (process.platform === "win32") {
    for (const { pid } of processes)
      quietly(() => execFileSync("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore" }));
    return;
  }
  const pids = stillRunning(processes).map(({ pid }) => pid);
  const stopped = new Set<number>();
  // A process not stopped yet can start more.
  for (let next = pids; next.length > 0; next = pidsBelow(pids).filter((pid) => !stopped.has(pid)))
    for (const pid of next) {
      stopped.add(pid);
      quietly(() => process.kill(pid, "SIGSTOP"));
    }
  for (const pid of stopped) quietly(() => process.kill(pid, "SIGKILL"));
}

function pidsBelow(pids: readonly number[]): number[] {
  return treesOf(pids).map(({ pid }) => pid);
}

function stillRunning(processes: readonly Process[]): Process[] {
  const all = new Map(runningProcesses().map((one) => [one.pid, one]));
  return processes.filter(({ pid, started }) => all.get(pid)?.started === started);
}

/** Reads proc(5), since small images have no `ps`; other systems have it. */
function runningProcesses(): Process[] {
  if (process.platform === "linux")
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const stat = quietly(() => readFileSync(`/proc/${name}/stat`, "utf8"));
        return stat === undefined ? [] : [processIn(stat)];
      });
  const list = () => execFileSync("ps", ["-A", "-o", "pid=,ppid=,lstart="], { encoding: "utf8" });
  return [...(quietly(list) ?? "").matchAll(/^\s*(\d+)\s+(\d+)\s+(.+?)\s*$/gm)].map(
    ([, pid, parent, started = ""]) => ({ pid: Number(pid), parent: Number(parent), started }),
  );
}

/** `pid (name) state parent …`, with the start time as the 22nd field. The name may hold anything, brackets too. */
function processIn(stat: string): Process {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { pid: Number.parseInt(stat, 10), parent: Number(fields[1]), started: fields[19] ?? "" };
}

/** A process can end at any moment. */
function quietly<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
