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
 * Runs a program to its end. Forwards a signal that ends this process and waits for the program, so that nothing is
 * left running. A terminal sends Ctrl-C to a whole process group, and a second one makes Pulumi abort, so the program
 * gets a group of its own and each signal once.
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
    // A command that fails early closes its input before reading it.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    return new Promise<Ended>((done, fail) => {
      child.once("error", fail);
      child.once("close", (code) => done({ code: code ?? 1, ...read }));
      // A surviving descendant keeps the output open.
      child.once("exit", () => {
        if (Interruption.isUnderWay) fail(new Interrupted());
      });
    });
  });
}
