import { readdirSync, readFileSync, readlinkSync, statfsSync } from "node:fs";
import { hostname } from "node:os";

/** A process with the ID in a lock. */
export interface SeenProcess {
  /** False where it has that ID in a nested namespace, such as a container seen from outside. */
  readonly isHere: boolean;
  readonly hasEnded: boolean;
  /** Known on Linux only. */
  readonly startedMs?: number;
  readonly isPulumi?: boolean;
}

/** What this process can see of others that may lock stacks in a folder. */
export interface Sight {
  readonly hostname: string;
  /** Whether no process with this host's name can be out of sight; only then an unseen one is gone. */
  readonly isWhole: boolean;
  processesOf(pid: number): SeenProcess[];
}

/** Only Linux shows who else shares the host name; a Windows machine and its WSL have the same. */
export function sightFrom(folder: string, platform = process.platform): Sight {
  if (platform !== "linux")
    return {
      hostname: hostname(),
      isWhole: false,
      processesOf: (pid) => (isThere(pid) ? [{ isHere: true, hasEnded: false }] : []),
    };
  return {
    hostname: hostname(),
    isWhole: seesAllNamespaces() && isOnThisMachine(folder),
    processesOf: (pid) => [...here(pid), ...below(pid)],
  };
}

/** The initial PID namespace, above all others (PROC_PID_INIT_INO of the kernel's include/linux/proc_ns.h). */
const FIRST_NAMESPACE = "pid:[4026531836]";

/**
 * A container does not see processes beside it, which may have the same host name. Proc's `hidepid` hides processes
 * too.
 */
function seesAllNamespaces(): boolean {
  const isFirst = quietly(() => readlinkSync("/proc/self/ns/pid")) === FIRST_NAMESPACE;
  return isFirst && quietly(() => readFileSync("/proc/1/status", "utf8")) !== undefined;
}

/** statfs(2) magic numbers of file systems that two machines cannot mount at the same time. */
const LOCAL_FILE_SYSTEMS = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // XFS
  0x9123683e, // Btrfs
  0x01021994, // tmpfs
  0x794c7630, // overlayfs
  0x2fc12fc1, // ZFS
  0xf2f52010, // F2FS
  0xca451a4e, // bcachefs
]);

/** Another machine sharing the folder may have the same name. */
function isOnThisMachine(folder: string): boolean {
  const type = quietly(() => statfsSync(folder).type);
  // Node returns some as negative numbers.
  return type !== undefined && LOCAL_FILE_SYSTEMS.has(type >>> 0);
}

function here(pid: number): SeenProcess[] {
  return isThere(pid) ? [{ isHere: true, hasEnded: false, ...lifeOf(pid) }] : [];
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** `NSpid: 12345 7` is process 7 in a container (proc(5)). */
function below(pid: number): SeenProcess[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((name) => {
    const status = quietly(() => readFileSync(`/proc/${name}/status`, "utf8")) ?? "";
    const [, ...numbers] = /^NSpid:\s*(.*)$/m.exec(status)?.[1]?.split(/\s+/).map(Number) ?? [];
    return numbers.includes(pid) ? [{ isHere: false, hasEnded: false, ...lifeOf(Number(name)) }] : [];
  });
}

/** USER_HZ, Linux's unit of times for programs, is 100 on every platform that Node runs on. */
const TICKS_PER_SECOND = 100;

/** From proc(5). */
function lifeOf(pid: number): Omit<SeenProcess, "isHere"> | undefined {
  return quietly(() => {
    // The second field, the program's name, can hold spaces and brackets.
    const [, name = "", rest = ""] =
      /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    const fields = rest.split(" ");
    const bootedS = Number(/^btime (\d+)$/m.exec(readFileSync("/proc/stat", "utf8"))?.[1]);
    const startedMs = (bootedS + Number(fields[19]) / TICKS_PER_SECOND) * 1000;
    // Matches wrapped names too, as Nix's `.pulumi-wrapped`.
    return { startedMs, hasEnded: fields[0] === "Z" || fields[0] === "X", isPulumi: name.includes("pulumi") };
  });
}

/** A process can end at any moment. */
function quietly<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
