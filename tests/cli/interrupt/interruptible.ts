import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { BUILT } from "../../support/built-command";
import { processesWith } from "../../support/processes";

const MARK = "INTERRUPTED_RUN";
/** No wait takes that long; it ends one that would not end. */
const LONGEST_MS = 20_000;

/** `pulumi-twilio-conversations …` in a process group of its own, as a shell starts it, to be interrupted. */
export class Interruptible {
  private readonly mark = randomUUID();
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown[]>;
  output = "";

  /** Through a shell, as `npx` starts it, where `isByNpx`. */
  constructor(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv, isByNpx = false) {
    const command = [process.execPath, BUILT, ...args];
    const [program = "", ...rest] = isByNpx ? ["sh", "-c", '"$0" "$@"; exit $?', ...command] : command;
    this.child = spawn(program, rest, {
      cwd,
      env: { ...process.env, npm_config_user_agent: isByNpx ? "npm" : undefined, ...env, [MARK]: this.mark },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
      });
    this.ended = once(this.child, "exit");
  }

  /** The command lines of all that has to do with this run and lives. */
  left(): string[] {
    return processesWith(MARK, this.mark).map(({ command }) => command);
  }

  async until(isSo: () => boolean): Promise<void> {
    const sinceMs = performance.now();
    while (!isSo()) {
      if (performance.now() - sinceMs > LONGEST_MS) throw new Error(`waited in vain: ${this.output}`);
      await setTimeout(20);
    }
  }

  /** As a terminal does it: every process of the foreground group is told. */
  pressCtrlC(): void {
    process.kill(-this.pid, "SIGINT");
  }

  /** As a supervisor does it. */
  send(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** The signal that it ended by, and how long that took. */
  async end(): Promise<{ signal: unknown; tookMs: number }> {
    const sinceMs = performance.now();
    const ended = await Promise.race([this.ended, setTimeout(LONGEST_MS)]);
    return { signal: ended?.[1], tookMs: performance.now() - sinceMs };
  }

  /** Whatever a test has not ended. */
  kill(): void {
    for (const { pid } of processesWith(MARK, this.mark)) process.kill(pid, "SIGKILL");
  }

  private get pid(): number {
    if (this.child.pid === undefined) throw new Error("it did not start");
    return this.child.pid;
  }
}
