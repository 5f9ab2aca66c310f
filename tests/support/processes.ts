import { readdirSync, readFileSync } from "node:fs";

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** The command line, with spaces between the arguments. */
  readonly command: string;
}

/**
 * Every process that this one has started, and those that they have started. Pulumi's plugins have process groups of
 * their own, so the group tells less than the parents do.
 */
export function descendantsOf(pid: number): Process[] {
  const all = runningProcesses();
  const below = (parent: number): Process[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

/** Those that were started with a variable of this value, whoever their parent is by now. */
export function processesWith(name: string, value: string): Process[] {
  return runningProcesses().filter(({ pid }) => environmentOf(pid).includes(`${name}=${value}`));
}

/** None of one that has ended, though nobody has waited for it. */
function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}

/** The process in which the resources of a stack live: kill it, and the engine loses its provider. */
export function providersBelow(pid: number): Process[] {
  return descendantsOf(pid).filter(({ command }) => /^\S*node\S* .*cmd\/dynamic-provider/.test(command));
}

/** As when a machine goes down: none of them sees another one end, and none is left. */
export function killTree(pid: number): void {
  const stopped = new Set<number>();
  const stop = (one: number) => {
    stopped.add(one);
    signal(one, "SIGSTOP");
  };
  stop(pid);
  // What had not been stopped yet may have started more.
  for (let found = descendantsOf(pid); found.some((one) => !stopped.has(one.pid)); found = descendantsOf(pid))
    for (const one of found) stop(one.pid);
  for (const one of stopped) signal(one, "SIGKILL");
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}

function runningProcesses(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
}

/** None where the process has just ended. */
function readProcess(pid: number): Process[] {
  try {
    // pid (name) state parent …: the name may hold anything, brackets too.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return [{ pid, parent, command }];
  } catch {
    return [];
  }
}
