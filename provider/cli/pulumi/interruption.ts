import type { ChildProcess } from "node:child_process";
import { killTrees, type Process, treesOf } from "./process-tree";

/** A signal ended this process while a program that it had started was running. */
export class Interrupted extends Error {
  override name = "Interrupted";

  constructor() {
    super("it was interrupted.");
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
type Signal = (typeof SIGNALS)[number];

/** `npx` forwards a Ctrl-C that the terminal has already sent to this process. */
const SAME_MS = 300;
/** Docker kills a process 10 s after SIGTERM, GitHub 7.5 s after SIGINT. */
const PATIENCE_MS = 5_000;
/** At the second signal Pulumi ends its plugins and itself, which takes some 30 ms (measured at 3.255.0). */
const LAST_MS = 1_000;
/** How often to look for processes started meanwhile. */
const LOOK_MS = 50;

const running = new Set<ChildProcess>();
const parent = process.ppid;
/** `npx` forwards a SIGTERM to the shell that started this process, and the shell ends without telling us (npm 10). */
const isByScript = process.env["npm_config_user_agent"] !== undefined;
let orphanWatch: NodeJS.Timeout | undefined;
let interruption: Interruption | undefined;

/**
 * Shutdown that the first signal starts. Waits until all started processes have ended, then ends this one by the same
 * signal.
 */
export class Interruption {
  /** By process ID: where Pulumi ends before its plugins, no parent leads to them any more. */
  private readonly seen = new Map<number, Process>();
  private readonly sinceMs = performance.now();
  private readonly patience = setTimeout(() => this.pressOn(this.signal), PATIENCE_MS);
  private readonly looking = setInterval(() => this.look(), LOOK_MS);
  private last: NodeJS.Timeout | undefined;

  private constructor(private readonly signal: Signal) {
    this.look();
    this.pass(signal);
  }

  static get isUnderWay(): boolean {
    return interruption !== undefined;
  }

  /** Runs work that starts a process. */
  static async guard<Result>(work: (started: (child: ChildProcess) => void) => Promise<Result>) {
    if (interruption !== undefined) throw new Interrupted();
    let own: ChildProcess | undefined;
    try {
      return await work((child) => {
        own = child;
        if (running.size === 0) Interruption.listen();
        running.add(child);
      });
    } finally {
      if (own !== undefined && running.delete(own) && running.size === 0) Interruption.settle();
    }
  }

  private static readonly hear = (signal: Signal): void => {
    if (interruption === undefined) interruption = new Interruption(signal);
    else interruption.insist(signal);
  };

  private static listen(): void {
    for (const signal of SIGNALS) process.on(signal, Interruption.hear);
    if (!isByScript) return;
    orphanWatch = setInterval(() => {
      if (process.ppid !== parent && interruption === undefined) Interruption.hear("SIGTERM");
    }, LOOK_MS);
  }

  private static settle(): void {
    if (interruption === undefined) Interruption.unlisten();
    else interruption.end();
  }

  private static unlisten(): void {
    for (const signal of SIGNALS) process.off(signal, Interruption.hear);
    clearInterval(orphanWatch);
  }

  /** A second signal, from the user or a supervisor. */
  private insist(signal: Signal): void {
    if (performance.now() - this.sinceMs > SAME_MS) this.pressOn(signal);
  }

  private pressOn(signal: Signal): void {
    this.look();
    this.last ??= setTimeout(() => this.kill(), LAST_MS);
    this.pass(signal);
  }

  private end(): void {
    clearTimeout(this.patience);
    clearInterval(this.looking);
    clearTimeout(this.last);
    this.kill();
    // End by the signal itself, since a shell's loop continues after an exit code. Wait for pending cleanup first.
    setImmediate(() => {
      Interruption.unlisten();
      process.kill(process.pid, this.signal);
    });
  }

  private look(): void {
    const pids = [...running].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
    for (const one of treesOf(pids)) this.seen.set(one.pid, one);
  }

  private kill(): void {
    killTrees([...this.seen.values()]);
  }

  private pass(signal: Signal): void {
    // On Windows the console has notified every process, and sending a signal would kill.
    if (process.platform !== "win32") for (const child of running) child.kill(signal);
  }
}
