import { spawn } from "node:child_process";
import { Interrupted, Interruption } from "./interruption";

/** How a program ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  readonly cwd: string;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/**
 * Runs a program to its end. A signal that ends this process is passed on to it and waited for, so that it leaves
 * nothing behind. A terminal's Ctrl-C goes to a whole group of processes, and a second one makes Pulumi break off what
 * it does: so the program has a group of its own, and gets each signal once.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env = {}, input = "" }: Circumstances,
): Promise<Ended> {
  return Interruption.guard((started) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      // On Windows it would open a window.
      detached: process.platform !== "win32",
    });
    started(child);
    const read = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", (text: string) => {
        read[name] += text;
      });
    // A command that fails early closes its input before it has read it.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    return new Promise<Ended>((done, fail) => {
      child.once("error", fail);
      child.once("close", (code) => done({ code: code ?? 1, ...read }));
      // What outlives it keeps its output open.
      child.once("exit", () => {
        if (Interruption.isUnderWay) fail(new Interrupted());
      });
    });
  });
}
